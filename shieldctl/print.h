/* SPDX-License-Identifier: GPL-2.0-only */
/* A syntax tree as policy text, as docs/policy.md defines it. */
#ifndef SHIELDCTL_PRINT_H
#define SHIELDCTL_PRINT_H

#include <stdio.h>

#include "../module/policy/parse.h"

/**
 * print_path() - write a path as the policy spells it
 * @out: stream
 * @path: any absolute path; quoted and escaped where that is needed
 */
void print_path(FILE *out, const char *path);

/**
 * print_rights() - write a mask of rights
 * @out: stream
 * @rights: mask of enum shield_right
 */
void print_rights(FILE *out, u16 rights);

/**
 * print_groups() - write a mask of program groups as a comma list
 * @out: stream
 * @ast: whose groups
 * @groups: mask
 */
void print_groups(FILE *out, const struct shield_ast *ast, u64 groups);

/**
 * print_rule() - write a rule as one line, with its newline
 * @out: stream
 * @ast: that the rule is part of
 * @rule: the rule
 */
void print_rule(FILE *out, const struct shield_ast *ast,
		const struct shield_ast_rule *rule);

/**
 * print_policy() - write a whole policy
 * @out: stream
 * @ast: the policy
 *
 * Parsing the output gives an equal tree, except for positions.
 */
void print_policy(FILE *out, const struct shield_ast *ast);

#endif
