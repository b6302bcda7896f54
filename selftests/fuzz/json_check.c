// SPDX-License-Identifier: GPL-2.0-only
#include "json_check.h"

#include <stdlib.h>
#include <string.h>

/**
 * struct reader - a text
 * @at: next byte
 * @end: behind the last
 */
struct reader {
	const char *at;
	const char *end;
};

static bool take(struct reader *reader, const char *word)
{
	size_t len = strlen(word);

	if ((size_t)(reader->end - reader->at) < len ||
	    memcmp(reader->at, word, len))
		return false;
	reader->at += len;
	return true;
}

static void skip_blanks(struct reader *reader)
{
	while (reader->at < reader->end &&
	       (*reader->at == ' ' || *reader->at == '\n'))
		reader->at++;
}

/* Takes a character of UTF-8 (RFC 3629), by what number it would stand for. */
static bool take_character(struct reader *reader)
{
	static const unsigned int least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	unsigned char first = *reader->at++;
	unsigned int len = first < 0x80	    ? 1 :
			   first >> 5 == 6  ? 2 :
			   first >> 4 == 14 ? 3 :
			   first >> 3 == 30 ? 4 :
					      0;
	unsigned int number = len == 1 ? first : first & (0x7f >> len), i;

	if (!len)
		return false;
	for (i = 1; i < len; i++) {
		if (reader->at == reader->end || (*reader->at & 0xc0) != 0x80)
			return false;
		number = number << 6 | (*reader->at++ & 0x3f);
	}
	return number >= least[len] && number <= 0x10ffff &&
	       (number < 0xd800 || number > 0xdfff);
}

static bool take_escape(struct reader *reader)
{
	int i;

	if (reader->at == reader->end)
		return false;
	if (*reader->at != 'u')
		return strchr("\"\\/bfnrt", *reader->at++);
	reader->at++;
	for (i = 0; i < 4; i++)
		if (reader->at == reader->end ||
		    !strchr("0123456789abcdef", *reader->at++))
			return false;
	return true;
}

static bool take_string(struct reader *reader)
{
	if (!take(reader, "\""))
		return false;
	while (reader->at < reader->end && *reader->at != '"') {
		if ((unsigned char)*reader->at < ' ')
			return false;
		if (take(reader, "\\") ? !take_escape(reader) :
					 !take_character(reader))
			return false;
	}
	return take(reader, "\"");
}

static bool take_number(struct reader *reader)
{
	const char *from = reader->at;

	while (reader->at < reader->end && *reader->at >= '0' &&
	       *reader->at <= '9')
		reader->at++;
	return reader->at > from && (*from != '0' || reader->at == from + 1);
}

static bool take_value(struct reader *reader);

static bool take_items(struct reader *reader, bool is_object, const char *last)
{
	skip_blanks(reader);
	if (take(reader, last))
		return true;
	do {
		skip_blanks(reader);
		if (is_object && (!take_string(reader) || !take(reader, ": ")))
			return false;
		if (!take_value(reader))
			return false;
		skip_blanks(reader);
	} while (take(reader, ","));
	return take(reader, last);
}

static bool take_value(struct reader *reader)
{
	if (take(reader, "{"))
		return take_items(reader, true, "}");
	if (take(reader, "["))
		return take_items(reader, false, "]");
	return take(reader, "true") || take(reader, "false") ||
	       take(reader, "null") || take_number(reader) ||
	       take_string(reader);
}

bool json_is_valid(const char *text, size_t len)
{
	struct reader reader = { text, text + len };

	return take_value(&reader) && take(&reader, "\n") &&
	       reader.at == reader.end;
}

static bool says_escaped(const char **json, const char **string)
{
	unsigned int number;

	if (**json != 'u')
		return *(*json)++ == *(*string)++;
	number = strtoul((char[]){ (*json)[1], (*json)[2], (*json)[3],
				   (*json)[4], '\0' },
			 NULL, 16);
	*json += 5;
	if (number < 0x80)
		return number == (unsigned char)*(*string)++;
	return number == 0xfffd && (unsigned char)*(*string)++ >= 0x80;
}

bool json_says(const char *json, const char *string)
{
	if (*json++ != '"')
		return false;
	while (*json != '"') {
		if (*json == '\\') {
			json++;
			if (!says_escaped(&json, &string))
				return false;
		} else if (*json++ != *string++) {
			return false;
		}
	}
	return !*string;
}
