// SPDX-License-Identifier: GPL-2.0-only
#include "text.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "shieldctl.h"

static void die_without_memory(void)
{
	fputs("shieldctl: out of memory\n", stderr);
	exit(STATUS_SYSTEM);
}

void *allocate(size_t size)
{
	void *block = calloc(1, size);

	if (!block)
		die_without_memory();
	return block;
}

void text_append(struct text *text, const char *data, size_t len)
{
	char *grown = realloc(text->data, text->len + len + 1);

	if (!grown)
		die_without_memory();
	if (len)
		memcpy(grown + text->len, data, len);
	text->data = grown;
	text->len += len;
	text->data[text->len] = '\0';
}

void text_cut(struct text *text, size_t from, size_t to)
{
	memmove(text->data + from, text->data + to, text->len - to + 1);
	text->len -= to - from;
}

int text_read(struct text *text, int fd, size_t limit)
{
	const size_t chunk = 65536;
	char *buffer = allocate(chunk);
	size_t total = 0;
	ssize_t got;
	int ret = 0;

	for (;;) {
		/* The position of a policy file belongs to its write(). */
		got = pread(fd, buffer, chunk, total);
		if (got < 0 && errno == ESPIPE)
			got = read(fd, buffer, chunk);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			ret = -errno;
		if (got <= 0)
			break;
		total += got;
		if (total > limit) {
			ret = -EFBIG;
			break;
		}
		text_append(text, buffer, got);
	}
	free(buffer);
	return ret;
}

void text_free(struct text *text)
{
	free(text->data);
	text->data = NULL;
	text->len = 0;
}
