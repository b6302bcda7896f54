/* SPDX-License-Identifier: GPL-2.0-only */
/* Changing the text of a policy a line at a time; all else stays as it is. */
#ifndef SHIELDCTL_EDIT_H
#define SHIELDCTL_EDIT_H

#include "policy.h"
#include "text.h"

/**
 * edit_absolute() - a path as a policy wants it
 * @path: from the command line, perhaps relative or with `//`, `.` and `..`
 *
 * Symbolic links are followed only where `..` makes that necessary.
 *
 * Return: a string to be freed, NULL after saying on stderr what failed.
 */
char *edit_absolute(const char *path);

/**
 * edit_drop() - take the protect lines of a path out of a text
 * @text: a policy
 * @path: normalised
 *
 * Return: how many lines went.
 */
size_t edit_drop(struct text *text, const char *path);

/**
 * edit_drop_known() - take out added lines whose rule the policy already has
 * @policy: parsed, the lines were added as its last file, a rule each;
 *          its tree is not valid any more if a line goes
 *
 * Return: how many new rules remain.
 */
size_t edit_drop_known(struct policy *policy);

/**
 * edit_find_cover() - a rule that protects a path without naming it
 * @ast: policy
 * @path: normalised
 *
 * Return: a recursive or prefix rule, or NULL.
 */
const struct shield_ast_rule *edit_find_cover(const struct shield_ast *ast,
					      const char *path);

#endif
