// SPDX-License-Identifier: GPL-2.0-only
#include "parser.h"

/* Drop the last component of the @len bytes at @path, if there is one. */
static size_t parent_length(const char *path, size_t len)
{
	while (len && path[--len] != '/')
		;
	return len;
}

/*
 * Rewrites an absolute path without empty, `.` and `..` components and without
 * a slash at its end, in place. Return: the new length.
 */
static size_t normalise(char *path, size_t len)
{
	size_t from = 0, to = 0, part;

	while (from < len) {
		for (part = ++from; from < len && path[from] != '/'; from++)
			;
		if (from == part)
			continue;
		if (from - part == 1 && path[part] == '.')
			continue;
		if (from - part == 2 && path[part] == '.' &&
		    path[part + 1] == '.') {
			to = parent_length(path, to);
			continue;
		}
		path[to++] = '/';
		memmove(path + to, path + part, from - part);
		to += from - part;
	}
	if (!to)
		path[to++] = '/';
	return to;
}

static int check_lengths(struct shield_parser *parser,
			 const struct shield_word *word, const char *path,
			 size_t len)
{
	size_t slash = 0, i;

	if (len > SHIELD_MAX_PATH)
		return shield_lex_fail(
			&parser->lexer, &word->pos, -E2BIG,
			"this path has %zu bytes: the limit is %u", len,
			SHIELD_MAX_PATH);
	for (i = 1; i <= len; i++) {
		if (i < len && path[i] != '/')
			continue;
		if (i - slash - 1 > SHIELD_MAX_COMPONENT)
			return shield_lex_fail(
				&parser->lexer, &word->pos, -E2BIG,
				"a component of this path has %zu bytes: the limit is %u",
				i - slash - 1, SHIELD_MAX_COMPONENT);
		slash = i;
	}
	return 0;
}

static int check_normal(struct shield_parser *parser,
			const struct shield_word *word, char *path, size_t len)
{
	struct shield_word normal = { .text = path };
	char shown[SHIELD_SHOWN];

	normal.len = normalise(path, len);
	if (normal.len == len)
		return 0;
	return shield_lex_fail(
		&parser->lexer, &word->pos, -EINVAL,
		"this path is not in its shortest form, without '//', '.', '..' or a '/' at the end: write %s",
		shield_lex_show(&normal, shown));
}

int shield_parse_path(struct shield_parser *parser,
		      const struct shield_word *word, const char **path)
{
	char *copy = parser->strings;
	char shown[SHIELD_SHOWN];
	size_t len;
	int ret;

	ret = shield_lex_unescape(&parser->lexer, word, copy, &len);
	if (ret)
		return ret;
	if (!len || *copy != '/')
		return shield_lex_fail(&parser->lexer, &word->pos, -EINVAL,
				       "'%s' is no path: paths begin with '/'",
				       shield_lex_show(word, shown));
	ret = check_normal(parser, word, copy, len);
	if (!ret)
		ret = check_lengths(parser, word, copy, len);
	if (ret)
		return ret;

	copy[len] = '\0';
	parser->strings += len + 1;
	*path = copy;
	return 0;
}
