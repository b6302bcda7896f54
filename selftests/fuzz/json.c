// SPDX-License-Identifier: GPL-2.0-only
/*
 * JSON as shieldctl and shield-record write it: whatever the strings, it is
 * JSON, and says what was to be said.
 */
#include "../../shieldctl/json.h"
#include "fuzz.h"
#include "json_check.h"

/* Deeper is nothing that we write. */
#define DEEPEST 7

/* Writes a value, or what a byte of the input says is to be done. */
static void write_item(struct json *json, struct input *input, char *brackets)
{
	const unsigned int what = take_number(input, 1);
	char *key = brackets[json->depth] == '{' ? take_line(input) : NULL;
	char *string;

	switch (what % 6) {
	case 0:
	case 1:
		if (json->depth == DEEPEST)
			break;
		brackets[json->depth + 1] = what % 6 ? '{' : '[';
		json_open(json, key, brackets[json->depth + 1]);
		break;
	case 2:
		if (json->depth > 1)
			json_close(json,
				   brackets[json->depth] == '{' ? '}' : ']');
		break;
	case 3:
		json_number(json, key, take_number(input, 8));
		break;
	case 4:
		json_bool(json, key, what & 64);
		break;
	default:
		string = what & 64 ? NULL : take_line(input);
		json_string(json, key, string);
		free(string);
	}
	free(key);
}

static void check_document(struct input input)
{
	struct json json = { .is_line = take_number(&input, 1) & 1 };
	char brackets[DEEPEST + 1] = { 0 }, *text;
	size_t len;

	json.out = open_memstream(&text, &len);
	brackets[1] = '{';
	json_open(&json, NULL, '{');
	while (input.left)
		write_item(&json, &input, brackets);
	while (json.depth)
		json_close(&json, brackets[json.depth] == '{' ? '}' : ']');
	fclose(json.out);
	insist(json_is_valid(text, len));
	insist(!json.is_line || memchr(text, '\n', len) == text + len - 1);
	free(text);
}

static void check_string(const uint8_t *data, size_t size)
{
	char *string = copy_string(data, size), *text;
	struct json json = { 0 };
	size_t len;

	json.out = open_memstream(&text, &len);
	json_string(&json, NULL, string);
	putc('\n', json.out);
	fclose(json.out);
	insist(json_is_valid(text, len) && json_says(text, string));
	free(text);
	free(string);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	check_document((struct input){ data, size });
	check_string(data, size);
	return 0;
}
