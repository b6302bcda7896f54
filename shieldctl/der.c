// SPDX-License-Identifier: GPL-2.0-only
#include "der.h"

static void append_length(struct text *out, size_t len)
{
	unsigned char bytes[1 + sizeof(len)], *at = bytes + sizeof(bytes);
	size_t nr = 0, left = len;

	do {
		*--at = left & 0xff;
		nr++;
		left >>= 8;
	} while (left);
	if (len >= 0x80)
		*--at = 0x80 | nr++;
	text_append(out, (char *)at, nr);
}

void der_append(struct text *out, unsigned char tag, const void *content,
		size_t len)
{
	text_append(out, (char *)&tag, 1);
	append_length(out, len);
	if (len)
		text_append(out, content, len);
}

void der_wrap(struct text *out, unsigned char tag)
{
	struct text content = *out;

	*out = (struct text){ 0 };
	der_append(out, tag, content.data, content.len);
	text_free(&content);
}
