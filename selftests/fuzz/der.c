// SPDX-License-Identifier: GPL-2.0-only
/*
 * DER as shieldctl writes it: OpenSSL reads the same elements from it.
 *
 * The bytes are elements, one in the other, of which the first is the innermost.
 */
#include "../../shieldctl/der.h"

#include <openssl/asn1.h>

#include "fuzz.h"

#define DEEPEST 8

static const unsigned char tags[] = { DER_INTEGER,     DER_OCTETS,
				      DER_NULL,	       DER_SEQUENCE,
				      DER_SET,	       DER_CONTEXT_0,
				      DER_CONTEXT_0_OF };

/* Takes the next element; what it holds is set. */
static const unsigned char *read_element(const struct text *text, size_t from,
					 unsigned char tag, long *len)
{
	const unsigned char *at = (unsigned char *)text->data + from;
	int read_tag, class, constructed;

	constructed =
		ASN1_get_object(&at, len, &read_tag, &class, text->len - from);
	insist(!(constructed & 0x81));
	insist((unsigned char)(read_tag | class | constructed) == tag);
	return at;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input input = { data, size };
	unsigned char kinds[DEEPEST];
	const unsigned char *at;
	struct text text = { 0 };
	size_t content, depth = 0, from = 0;
	long len;

	/* Lengths are written in another way from 128 on, from 256 on, … */
	content = take_number(&input, 2);
	if (content < 0xff00)
		content %= 400;
	while (input.left && depth < DEEPEST)
		kinds[depth++] = tags[take_number(&input, 1) % sizeof(tags)];
	if (!depth)
		return 0;
	/* What is left, and zeroes behind it, is the innermost content. */
	if (content < input.left)
		content = input.left;
	at = memcpy(allocate(content + 1), input.left ? input.at : data,
		    input.left);
	der_append(&text, kinds[0], at, content);
	for (size = 1; size < depth; size++)
		der_wrap(&text, kinds[size]);
	while (size--) {
		const unsigned char *held =
			read_element(&text, from, kinds[size], &len);

		from = (char *)held - text.data;
		insist(from + len == text.len);
	}
	insist((size_t)len == content && !memcmp(text.data + from, at, len));
	text_free(&text);
	free((void *)at);
	return 0;
}
