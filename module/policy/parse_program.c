// SPDX-License-Identifier: GPL-2.0-only
#include "parser.h"

#include "near.h"
#include "programs.h"

static bool is_group(const struct shield_ast_group *group,
		     const struct shield_word *word)
{
	/* The first byte decides most of the up to 64 comparisons. */
	return *group->name == *word->text &&
	       !strncmp(group->name, word->text, word->len) &&
	       !group->name[word->len];
}

/*
 * A group exists from its first mention on, so that rules may stand before
 * their programs; shield_parse_check_groups() finds those never defined.
 */
static int find_group(struct shield_parser *parser,
		      const struct shield_word *word, u8 *index)
{
	struct shield_ast *ast = parser->ast;
	struct shield_ast_group *group;
	u32 i;
	int ret;

	for (i = 0; i < ast->nr_groups; i++) {
		if (is_group(&ast->groups[i], word)) {
			*index = i;
			return 0;
		}
	}
	ret = shield_parse_check_name(parser, word);
	if (ret)
		return ret;
	if (i == SHIELD_MAX_GROUPS)
		return shield_lex_fail(
			&parser->lexer, &word->pos, -E2BIG,
			"this would be program group %u: the limit is %u",
			SHIELD_MAX_GROUPS + 1, SHIELD_MAX_GROUPS);

	group = &ast->groups[ast->nr_groups++];
	*group = (struct shield_ast_group){
		.name = parser->strings,
		.pos = word->pos,
	};
	memcpy(parser->strings, word->text, word->len);
	parser->strings += word->len;
	*parser->strings++ = '\0';
	*index = i;
	return 0;
}

int shield_parse_groups(struct shield_parser *parser, struct shield_word list,
			u64 *groups)
{
	struct shield_word item;
	u8 index;
	int ret;

	*groups = 0;
	if (!list.len)
		return shield_lex_fail(
			&parser->lexer, &list.pos, -EINVAL,
			"the program groups are missing: name at least one");
	while (list.len) {
		ret = shield_lex_next_item(&parser->lexer, &list, &item);
		if (!ret)
			ret = find_group(parser, &item, &index);
		if (ret)
			return ret;
		*groups |= BIT_ULL(index);
	}
	return 0;
}

static int fail_undefined(struct shield_parser *parser,
			  const struct shield_ast_group *group)
{
	const struct shield_ast *ast = parser->ast;
	u32 i;

	for (i = 0; i < ast->nr_groups; i++)
		if (parser->defined & BIT_ULL(i) &&
		    shield_near_is(group->name, strlen(group->name),
				   ast->groups[i].name))
			return shield_lex_fail(
				&parser->lexer, &group->pos, -EINVAL,
				"program group '%s' is not defined: did you mean '%s'?",
				group->name, ast->groups[i].name);
	return shield_lex_fail(
		&parser->lexer, &group->pos, -EINVAL,
		"program group '%s' is not defined: add a line 'program %s PATH'",
		group->name, group->name);
}

int shield_parse_check_groups(struct shield_parser *parser)
{
	const struct shield_ast *ast = parser->ast;
	u32 i;

	for (i = 0; i < ast->nr_groups; i++)
		if (!(parser->defined & BIT_ULL(i)))
			return fail_undefined(parser, &ast->groups[i]);
	return 0;
}

static int check_program(struct shield_parser *parser,
			 const struct shield_word *word, const char *path)
{
	const char *basename = strrchr(path, '/') + 1;
	char shown[SHIELD_SHOWN];
	const char *reason;

	if (!*basename)
		return shield_lex_fail(
			&parser->lexer, &word->pos, -EINVAL,
			"'/' is no program: name a program file");
	reason = shield_program_refusal(basename);
	if (!reason)
		return 0;
	return shield_lex_fail(&parser->lexer, &word->pos, -EINVAL,
			       "%s is refused: %s",
			       shield_lex_show(word, shown), reason);
}

static int add_program(struct shield_parser *parser,
		       const struct shield_word *word, u8 group)
{
	struct shield_ast *ast = parser->ast;
	struct shield_ast_program *program = &ast->programs[ast->nr_programs];
	int ret;

	if (ast->nr_programs == SHIELD_MAX_PROGRAMS)
		return shield_lex_fail(
			&parser->lexer, &word->pos, -E2BIG,
			"this would be program file %u: the limit is %u",
			SHIELD_MAX_PROGRAMS + 1, SHIELD_MAX_PROGRAMS);
	program->group = group;
	program->pos = word->pos;
	ret = shield_parse_path(parser, word, &program->path);
	if (!ret)
		ret = check_program(parser, word, program->path);
	if (!ret)
		ast->nr_programs++;
	return ret;
}

/**
 * struct options - words behind the paths of a program line
 * @any_namespace: `namespace any`
 * @window: `window`
 * @strict: `strict`
 */
struct options {
	bool any_namespace;
	bool window;
	bool strict;
};

/* Parses what follows the word `namespace`. */
static int parse_namespace(struct shield_parser *parser)
{
	struct shield_word word;
	int ret;

	ret = shield_lex_word(&parser->lexer, &word);
	if (ret || shield_lex_is(&word, "any"))
		return ret;
	return shield_lex_fail(&parser->lexer, &word.pos, -EINVAL,
			       "'namespace' must be followed by 'any'");
}

/* Reads one option; @is_one tells whether @word begins one. */
static int parse_option(struct shield_parser *parser,
			const struct shield_word *word, struct options *options,
			bool *is_one)
{
	*is_one = true;
	if (shield_lex_is(word, "namespace")) {
		options->any_namespace = true;
		return parse_namespace(parser);
	}
	if (shield_lex_is(word, "window")) {
		options->window = true;
		return 0;
	}
	if (shield_lex_is(word, "strict")) {
		options->strict = true;
		return 0;
	}
	*is_one = false;
	return 0;
}

/* Reads what ends a line, from the first option on. */
static int parse_options(struct shield_parser *parser, struct shield_word *word,
			 struct options *options)
{
	char shown[SHIELD_SHOWN];
	bool is_one;
	int ret;

	while (word->len) {
		ret = parse_option(parser, word, options, &is_one);
		if (ret)
			return ret;
		if (!is_one)
			return shield_lex_fail(
				&parser->lexer, &word->pos, -EINVAL,
				"'%s' stands behind the options of a program line: put the paths before them",
				shield_lex_show(word, shown));
		ret = shield_lex_word(&parser->lexer, word);
		if (ret)
			return ret;
	}
	return 0;
}

static bool begins_options(const struct shield_word *word)
{
	return shield_lex_is(word, "namespace") ||
	       shield_lex_is(word, "window") || shield_lex_is(word, "strict");
}

/* Reads the paths of a line and the options behind them. */
static int parse_paths(struct shield_parser *parser, u8 group,
		       struct options *options)
{
	const u32 nr_before = parser->ast->nr_programs;
	struct shield_word word;
	int ret;

	for (;;) {
		ret = shield_lex_word(&parser->lexer, &word);
		if (ret)
			return ret;
		if (!word.len || begins_options(&word))
			break;
		ret = add_program(parser, &word, group);
		if (ret)
			return ret;
	}
	if (parser->ast->nr_programs == nr_before)
		return shield_lex_fail(
			&parser->lexer, &word.pos, -EINVAL,
			"the program's path is missing: write 'program GROUP PATH'");
	return parse_options(parser, &word, options);
}

static int fail_differing(struct shield_parser *parser,
			  const struct shield_ast_group *group, bool has,
			  const char *option, const struct shield_pos *pos)
{
	return shield_lex_fail(
		&parser->lexer, pos, -EINVAL,
		"line %u defines '%s' %s '%s': all lines of a group must agree",
		group->pos.line, group->name, has ? "with" : "without", option);
}

/*
 * Or-ing the lines together would let a line of one file widen the trust in
 * the programs of another, so all lines of a group must agree.
 */
static int define_group(struct shield_parser *parser, u8 index,
			const struct options *options,
			const struct shield_pos *pos)
{
	struct shield_ast_group *group = &parser->ast->groups[index];

	if (!(parser->defined & BIT_ULL(index))) {
		parser->defined |= BIT_ULL(index);
		group->any_namespace = options->any_namespace;
		group->window = options->window;
		group->strict = options->strict;
		group->pos = *pos;
		return 0;
	}
	if (group->any_namespace != options->any_namespace)
		return fail_differing(parser, group, group->any_namespace,
				      "namespace any", pos);
	if (group->window != options->window)
		return fail_differing(parser, group, group->window, "window",
				      pos);
	if (group->strict != options->strict)
		return fail_differing(parser, group, group->strict, "strict",
				      pos);
	return 0;
}

int shield_parse_program(struct shield_parser *parser,
			 const struct shield_pos *pos)
{
	struct options options = { 0 };
	struct shield_word word;
	u8 index;
	int ret;

	ret = shield_lex_word(&parser->lexer, &word);
	if (ret)
		return ret;
	if (!word.len)
		return shield_lex_fail(
			&parser->lexer, &word.pos, -EINVAL,
			"the program group is missing: write 'program GROUP PATH'");
	ret = find_group(parser, &word, &index);
	if (!ret)
		ret = parse_paths(parser, index, &options);
	if (!ret)
		ret = define_group(parser, index, &options, pos);
	return ret;
}
