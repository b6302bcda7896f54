/* SPDX-License-Identifier: GPL-2.0-only */
/* A reader of JSON (RFC 8259) that shares nothing with what writes it. */
#ifndef SELFTESTS_FUZZ_JSON_CHECK_H
#define SELFTESTS_FUZZ_JSON_CHECK_H

#include <stdbool.h>
#include <stddef.h>

/**
 * json_is_valid() - is a text one JSON value and a newline, all of it UTF-8?
 * @text: bytes
 * @len: their number
 *
 * Return: true if so.
 */
bool json_is_valid(const char *text, size_t len);

/**
 * json_says() - does a JSON string stand for a string?
 * @json: begins with the quote
 * @string: string; of it, a byte that is part of no UTF-8 may stand as U+FFFD
 *
 * Return: true if so.
 */
bool json_says(const char *json, const char *string);

#endif
