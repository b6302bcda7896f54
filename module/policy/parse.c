// SPDX-License-Identifier: GPL-2.0-only
#include "parser.h"

#include "near.h"

/* Where the parts of an arena begin; the strings come last. */
struct layout {
	size_t programs;
	size_t groups;
	size_t strings;
	size_t size;
};

static size_t at_most(size_t value, size_t limit)
{
	return value < limit ? value : limit;
}

static size_t count_lines(const char *text, size_t len)
{
	const char *end = text + len;
	size_t lines = 1;

	while (text < end && (text = memchr(text, '\n', end - text))) {
		text++;
		lines++;
	}
	return lines;
}

/*
 * A rule has its own line, a path or name at least one byte and a separator.
 * So nothing outgrows its part before it outgrows its limit. The two bytes are
 * for the NUL of a word that ends the text and for an empty policy name.
 */
static struct layout arrange(const char *text, size_t len)
{
	size_t rules = at_most(count_lines(text, len), SHIELD_MAX_RULES);
	size_t programs = at_most(len / 2 + 1, SHIELD_MAX_PROGRAMS);
	size_t groups = at_most(len / 2 + 1, SHIELD_MAX_GROUPS);
	struct layout layout;

	layout.programs = rules * sizeof(struct shield_ast_rule);
	layout.groups =
		layout.programs + programs * sizeof(struct shield_ast_program);
	layout.strings =
		layout.groups + groups * sizeof(struct shield_ast_group);
	layout.size = layout.strings + len + 2;
	return layout;
}

size_t shield_parse_arena_size(const char *text, size_t len)
{
	return arrange(text, len).size;
}

int shield_parse_check_name(struct shield_parser *parser,
			    const struct shield_word *word)
{
	char shown[SHIELD_SHOWN];
	size_t i;

	for (i = 0; i < word->len; i++) {
		char c = word->text[i];

		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		    (c >= '0' && c <= '9') || c == '_' || c == '-')
			continue;
		return shield_lex_fail(
			&parser->lexer, &word->pos, -EINVAL,
			"'%s' is no name: names are made of letters, digits, '_' and '-'",
			shield_lex_show(word, shown));
	}
	if (word->len > SHIELD_MAX_NAME)
		return shield_lex_fail(
			&parser->lexer, &word->pos, -E2BIG,
			"this name has %zu bytes: the limit is %u", word->len,
			SHIELD_MAX_NAME);
	return 0;
}

static int expect_end(struct shield_parser *parser, const char *statement)
{
	char shown[SHIELD_SHOWN];
	struct shield_word word;
	int ret;

	ret = shield_lex_word(&parser->lexer, &word);
	if (ret || !word.len)
		return ret;
	return shield_lex_fail(&parser->lexer, &word.pos, -EINVAL,
			       "'%s' is too much here: '%s' takes one word",
			       shield_lex_show(&word, shown), statement);
}

static int parse_version(struct shield_parser *parser)
{
	char shown[SHIELD_SHOWN];
	struct shield_word word;
	int ret;

	ret = shield_lex_word(&parser->lexer, &word);
	if (ret)
		return ret;
	if (!word.len)
		return shield_lex_fail(
			&parser->lexer, &word.pos, -EINVAL,
			"the version is missing: write 'shield 1'");
	if (!shield_lex_is(&word, "1"))
		return shield_lex_fail(
			&parser->lexer, &word.pos, -EINVAL,
			"version '%s' is not known here: this shield understands 'shield 1'",
			shield_lex_show(&word, shown));
	parser->has_version = true;
	parser->has_name = false;
	return expect_end(parser, "shield");
}

static int parse_name(struct shield_parser *parser,
		      const struct shield_pos *pos)
{
	struct shield_word word;
	int ret;

	if (parser->has_name)
		return shield_lex_fail(
			&parser->lexer, pos, -EINVAL,
			"a second 'name': a policy has one, remove this line");
	ret = shield_lex_word(&parser->lexer, &word);
	if (ret)
		return ret;
	if (!word.len)
		return shield_lex_fail(
			&parser->lexer, &word.pos, -EINVAL,
			"the name is missing: write 'name NAME'");
	ret = shield_parse_check_name(parser, &word);
	if (ret)
		return ret;

	parser->has_name = true;
	if (!*parser->ast->name) {
		parser->ast->name = parser->strings;
		memcpy(parser->strings, word.text, word.len);
		parser->strings += word.len;
		*parser->strings++ = '\0';
	}
	return expect_end(parser, "name");
}

/* Files that are put together may each have the line. */
static int parse_adopt(struct shield_parser *parser,
		       const struct shield_pos *pos)
{
	struct shield_word word;
	int ret;

	ret = shield_lex_word(&parser->lexer, &word);
	if (ret)
		return ret;
	if (!shield_lex_is(&word, "running"))
		return shield_lex_fail(&parser->lexer, &word.pos, -EINVAL,
				       "'adopt' must be followed by 'running'");
	if (!parser->ast->adopt)
		parser->ast->adopt = pos->line;
	return expect_end(parser, "adopt");
}

static int fail_statement(struct shield_parser *parser,
			  const struct shield_word *word)
{
	static const char *const statements[] = {
		"shield", "name", "adopt", "program", "protect", "watch",
	};
	char shown[SHIELD_SHOWN];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(statements); i++)
		if (shield_near_is(word->text, word->len, statements[i]))
			return shield_lex_fail(
				&parser->lexer, &word->pos, -EINVAL,
				"'%s' begins no statement: did you mean '%s'?",
				shield_lex_show(word, shown), statements[i]);
	return shield_lex_fail(
		&parser->lexer, &word->pos, -EINVAL,
		"'%s' begins no statement: a line is one of shield, name, adopt, program, protect, watch, or a # comment",
		shield_lex_show(word, shown));
}

static int parse_statement(struct shield_parser *parser,
			   const struct shield_word *word)
{
	if (shield_lex_is(word, "shield"))
		return parse_version(parser);
	if (!parser->has_version)
		return shield_lex_fail(
			&parser->lexer, &word->pos, -EINVAL,
			"a policy begins with the line 'shield 1': put it first");
	if (shield_lex_is(word, "name"))
		return parse_name(parser, &word->pos);
	if (shield_lex_is(word, "adopt"))
		return parse_adopt(parser, &word->pos);
	if (shield_lex_is(word, "program"))
		return shield_parse_program(parser, &word->pos);
	if (shield_lex_is(word, "protect"))
		return shield_parse_rule(parser, &word->pos, false);
	if (shield_lex_is(word, "watch"))
		return shield_parse_rule(parser, &word->pos, true);
	return fail_statement(parser, word);
}

static int parse_lines(struct shield_parser *parser)
{
	struct shield_word word;
	int ret;

	do {
		ret = shield_lex_word(&parser->lexer, &word);
		if (!ret && word.len)
			ret = parse_statement(parser, &word);
		if (ret)
			return ret;
	} while (shield_lex_next_line(&parser->lexer));
	return 0;
}

int shield_parse(const char *text, size_t len, void *arena,
		 struct shield_ast *ast, struct shield_error *error)
{
	const struct layout layout = arrange(text, len);
	const struct shield_pos whole = { 0 };
	struct shield_parser parser = {
		.ast = ast,
		.strings = arena + layout.strings,
	};
	int ret;

	shield_lex_start(&parser.lexer, text, len, error);
	if (len > SHIELD_MAX_TEXT)
		return shield_lex_fail(
			&parser.lexer, &whole, -E2BIG,
			"the text has %zu bytes: the limit is %u", len,
			SHIELD_MAX_TEXT);

	*ast = (struct shield_ast){
		.name = parser.strings,
		.rules = arena,
		.programs = arena + layout.programs,
		.groups = arena + layout.groups,
	};
	*parser.strings++ = '\0';

	ret = parse_lines(&parser);
	if (ret)
		return ret;
	if (!parser.has_version)
		return shield_lex_fail(
			&parser.lexer, &whole, -EINVAL,
			"there is no statement in this text: a policy begins with the line 'shield 1'");
	return shield_parse_check_groups(&parser);
}
