// SPDX-License-Identifier: GPL-2.0-only
#include "parser.h"

#include "near.h"

static int fail_right(struct shield_parser *parser,
		      const struct shield_word *word)
{
	char shown[SHIELD_SHOWN];
	size_t i;

	shield_lex_show(word, shown);
	for (i = 0; i < SHIELD_NR_RIGHT_NAMES; i++)
		if (shield_near_is(word->text, word->len,
				   shield_right_names[i].name))
			return shield_lex_fail(
				&parser->lexer, &word->pos, -EINVAL,
				"'%s' is no right: did you mean '%s'?", shown,
				shield_right_names[i].name);
	return shield_lex_fail(
		&parser->lexer, &word->pos, -EINVAL,
		"'%s' is no right: there are read write append exec remove create link attr mount, modify and all",
		shown);
}

/*
 * Parses a list of rights each of which must have something in common with
 * @among: allowing what is not denied is a misunderstanding worth telling.
 */
static int parse_rights(struct shield_parser *parser, struct shield_word list,
			u16 among, u16 *rights)
{
	struct shield_word item;
	char shown[SHIELD_SHOWN];
	u16 right;
	int ret;

	*rights = 0;
	if (!list.len)
		return shield_lex_fail(
			&parser->lexer, &list.pos, -EINVAL,
			"the rights are missing: write for example 'modify' or 'write,remove'");
	while (list.len) {
		ret = shield_lex_next_item(&parser->lexer, &list, &item);
		if (ret)
			return ret;
		right = shield_rights_from_name(item.text, item.len);
		if (!right)
			return fail_right(parser, &item);
		if (!(right & among))
			return shield_lex_fail(
				&parser->lexer, &item.pos, -EINVAL,
				"'%s' is not denied by this rule, so it cannot be allowed: remove it",
				shield_lex_show(&item, shown));
		*rights |= right & among;
	}
	return 0;
}

/* Parses a list of rights that is the next word. */
static int parse_next_rights(struct shield_parser *parser, u16 among,
			     u16 *rights)
{
	struct shield_word list;
	int ret;

	ret = shield_lex_word(&parser->lexer, &list);
	if (ret)
		return ret;
	return parse_rights(parser, list, among, rights);
}

static int parse_next_groups(struct shield_parser *parser, u64 *groups)
{
	struct shield_word list;
	int ret;

	ret = shield_lex_word(&parser->lexer, &list);
	if (ret)
		return ret;
	return shield_parse_groups(parser, list, groups);
}

/* `allow RIGHTS` without `to`: nobody is denied these rights any more. */
static int allow_everyone(struct shield_parser *parser,
			  struct shield_ast_rule *rule, u16 rights,
			  const struct shield_pos *pos)
{
	u8 i;

	rule->rights &= ~rights;
	if (!rule->rights)
		return shield_lex_fail(
			&parser->lexer, pos, -EINVAL,
			"with this 'allow' the rule denies nothing: remove the line, or use 'watch'");
	for (i = 0; i < rule->nr_grants; i++) {
		rule->grants[i].rights &= rule->rights;
		if (!rule->grants[i].rights)
			return shield_lex_fail(
				&parser->lexer, pos, -EINVAL,
				"this allows everyone what an 'allow ... to' before allows to some: remove one of them");
	}
	return 0;
}

static int allow_groups(struct shield_parser *parser,
			struct shield_ast_rule *rule, u16 rights,
			const struct shield_pos *pos)
{
	struct shield_grant *grant = &rule->grants[rule->nr_grants];

	if (rule->nr_grants == SHIELD_MAX_GRANTS)
		return shield_lex_fail(
			&parser->lexer, pos, -E2BIG,
			"a rule takes at most %u 'allow ... to': put groups with the same rights together",
			SHIELD_MAX_GRANTS);
	rule->nr_grants++;
	grant->rights = rights;
	return parse_next_groups(parser, &grant->groups);
}

/* Parses what follows `allow`; @word is its position and then the next word. */
static int parse_allow(struct shield_parser *parser,
		       struct shield_ast_rule *rule, struct shield_word *word)
{
	const struct shield_pos pos = word->pos;
	u16 rights;
	int ret;

	ret = parse_next_rights(parser, rule->rights, &rights);
	if (ret)
		return ret;
	ret = shield_lex_word(&parser->lexer, word);
	if (ret)
		return ret;
	if (!shield_lex_is(word, "to"))
		return allow_everyone(parser, rule, rights, &pos);
	ret = allow_groups(parser, rule, rights, &pos);
	if (ret)
		return ret;
	return shield_lex_word(&parser->lexer, word);
}

/* Parses the rest of the line behind the rights; @word is its first word. */
static int parse_exceptions(struct shield_parser *parser,
			    struct shield_ast_rule *rule,
			    struct shield_word *word)
{
	char shown[SHIELD_SHOWN];
	int ret;

	while (!rule->watch && shield_lex_is(word, "allow")) {
		ret = parse_allow(parser, rule, word);
		if (ret)
			return ret;
	}
	if (shield_lex_is(word, "except")) {
		ret = parse_next_groups(parser, &rule->except);
		if (!ret)
			ret = shield_lex_word(&parser->lexer, word);
		if (ret)
			return ret;
		if (word->len)
			return shield_lex_fail(
				&parser->lexer, &word->pos, -EINVAL,
				"'%s' stands behind 'except GROUP,GROUP', which ends a rule: move it before",
				shield_lex_show(word, shown));
	}
	if (!word->len)
		return 0;
	return shield_lex_fail(
		&parser->lexer, &word->pos, -EINVAL,
		"'%s' is not understood here: after the rights there may be %s'except GROUPS'",
		shield_lex_show(word, shown),
		rule->watch ? "" :
			      "'allow RIGHTS', 'allow RIGHTS to GROUPS' and ");
}

static int parse_watched(struct shield_parser *parser,
			 struct shield_ast_rule *rule, struct shield_word *word)
{
	if (shield_lex_is(word, "deny"))
		return shield_lex_fail(
			&parser->lexer, &word->pos, -EINVAL,
			"'watch' denies nothing: remove the word 'deny', or use 'protect'");
	return parse_rights(parser, *word, SHIELD_ALL, &rule->rights);
}

static int parse_denied(struct shield_parser *parser,
			struct shield_ast_rule *rule, struct shield_word *word)
{
	char shown[SHIELD_SHOWN];

	if (shield_lex_is(word, "deny"))
		return parse_next_rights(parser, SHIELD_ALL, &rule->rights);
	if (!word->len)
		return shield_lex_fail(
			&parser->lexer, &word->pos, -EINVAL,
			"the rule does not say what it denies: add for example 'deny modify'");
	return shield_lex_fail(
		&parser->lexer, &word->pos, -EINVAL,
		"'%s' is not understood here: after the path comes 'recursive', 'prefix' or 'deny RIGHTS'",
		shield_lex_show(word, shown));
}

/* Parses `recursive` or `prefix`; @word is the word behind the path. */
static int parse_reach(struct shield_parser *parser,
		       struct shield_ast_rule *rule, struct shield_word *word)
{
	int ret;

	rule->recursive = shield_lex_is(word, "recursive");
	rule->prefix = shield_lex_is(word, "prefix");
	if (!rule->recursive && !rule->prefix)
		return 0;
	ret = shield_lex_word(&parser->lexer, word);
	if (ret)
		return ret;
	if (!shield_lex_is(word, "recursive") && !shield_lex_is(word, "prefix"))
		return 0;
	return shield_lex_fail(
		&parser->lexer, &word->pos, -EINVAL,
		"a rule is 'recursive' or 'prefix', once: write two rules if both are meant");
}

static int parse_rule_path(struct shield_parser *parser,
			   struct shield_ast_rule *rule)
{
	struct shield_word word;
	int ret;

	ret = shield_lex_word(&parser->lexer, &word);
	if (ret)
		return ret;
	rule->path_pos = word.pos;
	if (!word.len)
		return shield_lex_fail(
			&parser->lexer, &word.pos, -EINVAL,
			"the path is missing: write '%s PATH ...'",
			rule->watch ? "watch" : "protect");
	ret = shield_parse_path(parser, &word, &rule->path);
	if (ret)
		return ret;
	if (rule->path[1])
		return 0;
	return shield_lex_fail(
		&parser->lexer, &word.pos, -EINVAL,
		"'/' as a whole cannot be guarded: the system could not run; name the directories below it");
}

int shield_parse_rule(struct shield_parser *parser,
		      const struct shield_pos *pos, bool watch)
{
	struct shield_ast *ast = parser->ast;
	struct shield_ast_rule *rule = &ast->rules[ast->nr_rules];
	struct shield_word word;
	int ret;

	if (ast->nr_rules == SHIELD_MAX_RULES)
		return shield_lex_fail(&parser->lexer, pos, -E2BIG,
				       "this would be rule %u: the limit is %u",
				       SHIELD_MAX_RULES + 1, SHIELD_MAX_RULES);
	*rule = (struct shield_ast_rule){ .watch = watch, .pos = *pos };

	ret = parse_rule_path(parser, rule);
	if (!ret)
		ret = shield_lex_word(&parser->lexer, &word);
	if (!ret)
		ret = parse_reach(parser, rule, &word);
	if (!ret)
		ret = watch ? parse_watched(parser, rule, &word) :
			      parse_denied(parser, rule, &word);
	if (!ret)
		ret = shield_lex_word(&parser->lexer, &word);
	if (!ret)
		ret = parse_exceptions(parser, rule, &word);
	if (!ret)
		ast->nr_rules++;
	return ret;
}
