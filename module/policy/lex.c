// SPDX-License-Identifier: GPL-2.0-only
#include "lex.h"

static bool is_blank(char byte)
{
	return byte == ' ' || byte == '\t';
}

/* Tabs and line ends are dealt with before; bytes of UTF-8 are welcome. */
static bool is_control(char byte)
{
	unsigned char value = byte;

	return value < 0x20 || value == 0x7f;
}

static bool is_octal(char byte)
{
	return byte >= '0' && byte <= '7';
}

static bool is_line_end(const struct shield_lexer *lexer, const char *at)
{
	if (at == lexer->end || *at == '\n')
		return true;
	return *at == '\r' && (at + 1 == lexer->end || at[1] == '\n');
}

static struct shield_pos position(const struct shield_lexer *lexer,
				  const char *at)
{
	return (struct shield_pos){
		.line = lexer->line,
		.column = at - lexer->line_start + 1,
	};
}

int shield_lex_fail(struct shield_lexer *lexer, const struct shield_pos *pos,
		    int errno_value, const char *format, ...)
{
	struct shield_error *error = lexer->error;
	va_list args;

	error->pos = *pos;
	va_start(args, format);
	vsnprintf(error->message, sizeof(error->message), format, args);
	va_end(args);
	return errno_value;
}

static int fail_at(struct shield_lexer *lexer, const char *at,
		   const char *message)
{
	struct shield_pos pos = position(lexer, at);

	return shield_lex_fail(lexer, &pos, -EINVAL, "%s", message);
}

static int fail_control(struct shield_lexer *lexer, const char *at)
{
	struct shield_pos pos = position(lexer, at);
	unsigned int value = (unsigned char)*at;

	if (!value)
		return shield_lex_fail(lexer, &pos, -EINVAL,
				       "a NUL byte: a policy is plain text");
	return shield_lex_fail(
		lexer, &pos, -EINVAL,
		"control byte 0x%02x: in a path write \\%03o, elsewhere remove it",
		value, value);
}

void shield_lex_start(struct shield_lexer *lexer, const char *text, size_t len,
		      struct shield_error *error)
{
	lexer->at = text;
	lexer->end = text + len;
	lexer->line_start = text;
	lexer->line = 1;
	lexer->error = error;
}

static int skip_comment(struct shield_lexer *lexer)
{
	for (; !is_line_end(lexer, lexer->at); lexer->at++)
		if (*lexer->at != '\t' && is_control(*lexer->at))
			return fail_control(lexer, lexer->at);
	return 0;
}

static int read_bare(struct shield_lexer *lexer)
{
	for (; !is_line_end(lexer, lexer->at); lexer->at++) {
		if (is_blank(*lexer->at))
			return 0;
		if (is_control(*lexer->at))
			return fail_control(lexer, lexer->at);
		if (*lexer->at == '"')
			return fail_at(
				lexer, lexer->at,
				"a quote inside a word: quote the whole path, or write \\042");
	}
	return 0;
}

static int read_quoted(struct shield_lexer *lexer)
{
	const char *open = lexer->at;

	for (lexer->at++; !is_line_end(lexer, lexer->at); lexer->at++) {
		if (*lexer->at == '"')
			break;
		if (*lexer->at != '\t' && is_control(*lexer->at))
			return fail_control(lexer, lexer->at);
		if (*lexer->at == '\\' && !is_line_end(lexer, lexer->at + 1))
			lexer->at++;
	}
	if (is_line_end(lexer, lexer->at))
		return fail_at(
			lexer, open,
			"this quote is not closed on its line: add the second one, or write \\012 for a newline");

	lexer->at++;
	if (!is_line_end(lexer, lexer->at) && !is_blank(*lexer->at))
		return fail_at(
			lexer, lexer->at,
			"the closing quote must be followed by a blank or the end of the line");
	return 0;
}

int shield_lex_word(struct shield_lexer *lexer, struct shield_word *word)
{
	int ret = 0;

	while (!is_line_end(lexer, lexer->at) && is_blank(*lexer->at))
		lexer->at++;

	word->text = lexer->at;
	word->pos = position(lexer, lexer->at);
	word->quoted = false;
	word->len = 0;
	if (is_line_end(lexer, lexer->at))
		return 0;
	if (*lexer->at == '#')
		return skip_comment(lexer);

	word->quoted = *lexer->at == '"';
	ret = word->quoted ? read_quoted(lexer) : read_bare(lexer);
	word->len = lexer->at - word->text;
	return ret;
}

bool shield_lex_next_line(struct shield_lexer *lexer)
{
	if (lexer->at < lexer->end && *lexer->at == '\r')
		lexer->at++;
	if (lexer->at == lexer->end)
		return false;
	lexer->at++;
	lexer->line++;
	lexer->line_start = lexer->at;
	return true;
}

int shield_lex_next_item(struct shield_lexer *lexer, struct shield_word *list,
			 struct shield_word *item)
{
	const char *comma;
	size_t taken;

	if (list->quoted)
		return shield_lex_fail(
			lexer, &list->pos, -EINVAL,
			"only paths are quoted: remove the quotes");

	comma = memchr(list->text, ',', list->len);
	*item = *list;
	if (comma)
		item->len = comma - list->text;
	if (!item->len || (comma && item->len + 1 == list->len))
		return shield_lex_fail(
			lexer, &item->pos, -EINVAL,
			"a list has one comma between two entries and no blanks: a,b,c");

	taken = comma ? item->len + 1 : item->len;
	list->text += taken;
	list->len -= taken;
	list->pos.column += taken;
	return 0;
}

static int fail_escape(struct shield_lexer *lexer,
		       const struct shield_word *word, const char *at)
{
	struct shield_pos pos = word->pos;

	pos.column += at - word->text;
	if (word->quoted)
		return shield_lex_fail(
			lexer, &pos, -EINVAL,
			"unknown escape: between quotes there are \\\", \\\\ and three octal digits from \\001 to \\377");
	return shield_lex_fail(
		lexer, &pos, -EINVAL,
		"unknown escape: write three octal digits from \\001 to \\377 (\\040 is a blank, \\134 a backslash)");
}

/* Bytes of the escape at @at, its meaning in @byte; 0 if it has none. */
static size_t read_escape(const char *at, const char *end, bool quoted,
			  char *byte)
{
	unsigned int value;

	if (end - at >= 2 && quoted && (at[1] == '"' || at[1] == '\\')) {
		*byte = at[1];
		return 2;
	}
	if (end - at < 4 || !is_octal(at[1]) || !is_octal(at[2]) ||
	    !is_octal(at[3]))
		return 0;
	value = (at[1] - '0') << 6 | (at[2] - '0') << 3 | (at[3] - '0');
	*byte = value;
	return value && value <= 0xff ? 4 : 0;
}

int shield_lex_unescape(struct shield_lexer *lexer,
			const struct shield_word *word, char *out, size_t *len)
{
	const char *at = word->text + word->quoted;
	const char *end = word->text + word->len - word->quoted;
	char *start = out;
	size_t taken;

	while (at < end) {
		if (*at != '\\') {
			*out++ = *at++;
			continue;
		}
		taken = read_escape(at, end, word->quoted, out);
		if (!taken)
			return fail_escape(lexer, word, at);
		out++;
		at += taken;
	}
	*len = out - start;
	return 0;
}

bool shield_lex_is(const struct shield_word *word, const char *keyword)
{
	return strlen(keyword) == word->len &&
	       !memcmp(word->text, keyword, word->len);
}

const char *shield_lex_show(const struct shield_word *word, char *shown)
{
	/* Room for one escape, for "..." and for the NUL. */
	const char *limit = shown + (SHIELD_SHOWN - 8);
	char *out = shown;
	size_t i;

	for (i = 0; i < word->len && out < limit; i++) {
		unsigned char byte = word->text[i];

		if (byte < 0x20 || byte >= 0x7f)
			out += snprintf(out, 5, "\\%03o", byte);
		else
			*out++ = byte;
	}
	if (i < word->len) {
		memcpy(out, "...", 3);
		out += 3;
	}
	*out = '\0';
	return shown;
}
