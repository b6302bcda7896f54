/* SPDX-License-Identifier: GPL-2.0-only */
/* What a policy says of one path, one program and one right. */
#ifndef SHIELDCTL_LOOKUP_H
#define SHIELDCTL_LOOKUP_H

#include <stdbool.h>

#include "../module/policy/parse.h"
#include "../module/policy/rights.h"

/**
 * enum lookup_how - how a rule comes to concern a path
 * @LOOKUP_NOT: it does not
 * @LOOKUP_NAMED: it names the path
 * @LOOKUP_BELOW: recursive, from above
 * @LOOKUP_PREFIX: by the beginning of the name
 * @LOOKUP_LINK: it names another path that leads to the same file
 * @LOOKUP_WAY: the path lies on the way to what it names
 */
enum lookup_how {
	LOOKUP_NOT,
	LOOKUP_NAMED,
	LOOKUP_BELOW,
	LOOKUP_PREFIX,
	LOOKUP_LINK,
	LOOKUP_WAY,
};

/**
 * lookup_how() - does a rule concern a path?
 * @rule: rule
 * @path: normalised
 *
 * Return: how.
 */
enum lookup_how lookup_how(const struct shield_ast_rule *rule,
			   const char *path);

/**
 * lookup_why() - the same in words
 * @how: any but LOOKUP_NOT
 *
 * Return: for example "it names the path".
 */
const char *lookup_why(enum lookup_how how);

/**
 * lookup_groups() - what a program is trusted with
 * @ast: policy
 * @program: its path; NULL for one that is not trusted
 *
 * Return: mask of program groups.
 */
u64 lookup_groups(const struct shield_ast *ast, const char *program);

/**
 * lookup_denied() - what a rule denies to whom
 * @rule: rule
 * @how: how it concerns the path
 * @groups: what the program is trusted with
 *
 * Return: mask of enum shield_right; of a watch, what it reports.
 */
u16 lookup_denied(const struct shield_ast_rule *rule, enum lookup_how how,
		  u64 groups);

/**
 * lookup_is_program() - does the policy guard a path as a program?
 * @ast: policy
 * @path: normalised
 *
 * Return: true if a `program` line names it and no `protect` line does.
 */
bool lookup_is_program(const struct shield_ast *ast, const char *path);

#endif
