/* SPDX-License-Identifier: GPL-2.0-only */
/* Writing JSON (RFC 8259). */
#ifndef SHIELDCTL_JSON_H
#define SHIELDCTL_JSON_H

#include <stdbool.h>
#include <stdio.h>

/**
 * struct json - a document that is being written
 * @out: where to
 * @is_line: write all of it on one line
 * @depth: open objects and arrays
 * @has_items: of each of them, whether a comma must come next
 */
struct json {
	FILE *out;
	bool is_line;
	unsigned int depth;
	bool has_items[8];
};

/**
 * json_open() - begin an object or array
 * @json: document
 * @key: its key, NULL in an array and at the top
 * @bracket: '{' or '['
 */
void json_open(struct json *json, const char *key, char bracket);

/**
 * json_close() - end an object or array
 * @json: document
 * @bracket: '}' or ']'; the last one ends the line too
 */
void json_close(struct json *json, char bracket);

/**
 * json_string() - write a string
 * @json: document
 * @key: NULL in an array
 * @value: bytes that are not UTF-8 become U+FFFD; NULL is written as null
 */
void json_string(struct json *json, const char *key, const char *value);

/**
 * json_number() - write a number
 * @json: document
 * @key: NULL in an array
 * @value: the number
 */
void json_number(struct json *json, const char *key, unsigned long long value);

/**
 * json_bool() - write true or false
 * @json: document
 * @key: NULL in an array
 * @value: which
 */
void json_bool(struct json *json, const char *key, bool value);

#endif
