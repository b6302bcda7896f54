/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the parts of the parser share. Only policy/parse*.c include it; the
 * interface is parse.h.
 */
#ifndef SHIELD_POLICY_PARSER_H
#define SHIELD_POLICY_PARSER_H

#include "lex.h"
#include "parse.h"
#include "pure.h"

/**
 * struct shield_parser - state of one shield_parse()
 * @lexer: the text
 * @ast: what was understood so far
 * @strings: free room for strings in the arena. Every string comes from a word
 *           of its own with a separator behind it, so there is always enough.
 * @defined: groups that a `program` line has named, as a mask
 * @has_version: a `shield 1` line was seen
 * @has_name: this `shield 1` section has its `name` line
 */
struct shield_parser {
	struct shield_lexer lexer;
	struct shield_ast *ast;
	char *strings;
	u64 defined;
	bool has_version;
	bool has_name;
};

/**
 * shield_parse_check_name() - check the spelling of a policy's or group's name
 * @parser: for its error
 * @word: the name
 *
 * Return: 0; -EINVAL; -E2BIG if it is too long.
 */
int shield_parse_check_name(struct shield_parser *parser,
			    const struct shield_word *word);

/**
 * shield_parse_path() - check a path and store it
 * @parser: state
 * @word: the path as it stands in the text
 * @path: the path without quotes and escapes, in the arena
 *
 * Return: 0; -EINVAL; -E2BIG if it is too long.
 */
int shield_parse_path(struct shield_parser *parser,
		      const struct shield_word *word, const char **path);

/**
 * shield_parse_program() - parse what follows the word `program`
 * @parser: state
 * @pos: where the line begins
 *
 * Return: 0; -EINVAL; -E2BIG.
 */
int shield_parse_program(struct shield_parser *parser,
			 const struct shield_pos *pos);

/**
 * shield_parse_groups() - parse a list of group names
 * @parser: state
 * @list: the list
 * @groups: result, as a mask
 *
 * Groups may be defined later in the text.
 *
 * Return: 0; -EINVAL; -E2BIG.
 */
int shield_parse_groups(struct shield_parser *parser, struct shield_word list,
			u64 *groups);

/**
 * shield_parse_check_groups() - was each used group defined in the end
 * @parser: state behind the text
 *
 * Return: 0 or -EINVAL.
 */
int shield_parse_check_groups(struct shield_parser *parser);

/**
 * shield_parse_rule() - parse what follows the word `protect` or `watch`
 * @parser: state
 * @pos: where the line begins
 * @watch: it is `watch`
 *
 * Return: 0; -EINVAL; -E2BIG.
 */
int shield_parse_rule(struct shield_parser *parser,
		      const struct shield_pos *pos, bool watch);

#endif
