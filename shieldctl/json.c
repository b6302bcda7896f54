// SPDX-License-Identifier: GPL-2.0-only
#include "json.h"

#include <string.h>

/* Bytes of the UTF-8 character at @at, 0 if there is none. */
static size_t character_length(const unsigned char *at)
{
	size_t len, i;

	if (at[0] < 0x80)
		return 1;
	if (at[0] < 0xc2 || at[0] > 0xf4)
		return 0;
	len = at[0] < 0xe0 ? 2 : at[0] < 0xf0 ? 3 : 4;
	for (i = 1; i < len; i++)
		if ((at[i] & 0xc0) != 0x80)
			return 0;
	/* Overlong forms, surrogates, and what lies behind the last plane. */
	if ((at[0] == 0xe0 && at[1] < 0xa0) || (at[0] == 0xed && at[1] > 0x9f))
		return 0;
	if ((at[0] == 0xf0 && at[1] < 0x90) || (at[0] == 0xf4 && at[1] > 0x8f))
		return 0;
	return len;
}

static void write_string(FILE *out, const char *string)
{
	const unsigned char *at = (const unsigned char *)string;
	size_t len;

	putc('"', out);
	for (; *at; at += len ? len : 1) {
		len = character_length(at);
		if (!len)
			fputs("\\ufffd", out);
		else if (*at == '"' || *at == '\\')
			fprintf(out, "\\%c", *at);
		else if (*at < ' ' || *at == 0x7f)
			fprintf(out, "\\u%04x", *at);
		else
			fwrite(at, 1, len, out);
	}
	putc('"', out);
}

static void begin_line(const struct json *json)
{
	if (!json->is_line)
		fprintf(json->out, "\n%*s", (int)(2 * json->depth), "");
}

static void begin_item(struct json *json, const char *key)
{
	if (!json->depth)
		return;
	if (json->has_items[json->depth])
		putc(',', json->out);
	json->has_items[json->depth] = true;
	begin_line(json);
	if (key) {
		write_string(json->out, key);
		fputs(": ", json->out);
	}
}

void json_open(struct json *json, const char *key, char bracket)
{
	begin_item(json, key);
	putc(bracket, json->out);
	json->has_items[++json->depth] = false;
}

void json_close(struct json *json, char bracket)
{
	if (json->has_items[json->depth--])
		begin_line(json);
	putc(bracket, json->out);
	if (!json->depth)
		putc('\n', json->out);
}

void json_string(struct json *json, const char *key, const char *value)
{
	begin_item(json, key);
	if (value)
		write_string(json->out, value);
	else
		fputs("null", json->out);
}

void json_number(struct json *json, const char *key, unsigned long long value)
{
	begin_item(json, key);
	fprintf(json->out, "%llu", value);
}

void json_bool(struct json *json, const char *key, bool value)
{
	begin_item(json, key);
	fputs(value ? "true" : "false", json->out);
}
