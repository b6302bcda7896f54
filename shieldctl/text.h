/* SPDX-License-Identifier: GPL-2.0-only */
/* Bytes in memory that grow. */
#ifndef SHIELDCTL_TEXT_H
#define SHIELDCTL_TEXT_H

#include <stddef.h>

/**
 * struct text - owns its bytes
 * @data: NULL or @len bytes and a NUL behind them; they may hold NULs
 * @len: bytes
 */
struct text {
	char *data;
	size_t len;
};

/**
 * allocate() - malloc() or die
 * @size: bytes
 *
 * Return: zeroed memory to be freed.
 */
void *allocate(size_t size);

/**
 * text_append() - add bytes at the end
 * @text: to grow
 * @data: bytes
 * @len: their number
 */
void text_append(struct text *text, const char *data, size_t len);

/**
 * text_cut() - take bytes out
 * @text: to shrink
 * @from: first byte that goes
 * @to: first byte behind that stays
 */
void text_cut(struct text *text, size_t from, size_t to);

/**
 * text_read() - append what a descriptor gives
 * @text: to grow
 * @fd: read to its end; read from its beginning if it can be positioned
 * @limit: stop and fail behind so many bytes
 *
 * Return: 0 or a negative errno, -EFBIG past the limit.
 */
int text_read(struct text *text, int fd, size_t limit);

/**
 * text_free() - give the bytes back
 * @text: empty afterwards
 */
void text_free(struct text *text);

#endif
