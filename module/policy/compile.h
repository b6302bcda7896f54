/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Syntax tree to policy: paths become objects and names.
 */
#ifndef SHIELD_POLICY_COMPILE_H
#define SHIELD_POLICY_COMPILE_H

#include "policy/active.h"
#include "policy/notes.h"

/**
 * shield_compile() - make a policy of a text
 * @text: policy text, kvmalloc()ed; the policy owns it if 0 is returned
 * @len: its bytes
 * @policy: result; not in force, to be freed by shield_policy_free()
 * @ready: called when the text is one of rules, before file systems on their
 *         ways are guarded. Returns 0, or an error that it has explained
 * @notes: notices are added here
 * @error: filled in if an error is returned
 *
 * Context: process, in init's root and mount namespace; sleeps;
 * shield_policy_mutex is held.
 * Return: 0; -EINVAL for a text that is no policy or names an unfit program;
 * -E2BIG past a limit; -EOPNOTSUPP if a path cannot be protected; -ENOMEM; the
 * error of @ready.
 */
int shield_compile(char *text, size_t len, struct shield_policy **policy,
		   int (*ready)(struct shield_error *error),
		   struct shield_notes *notes, struct shield_error *error);

/**
 * shield_compile_place() - find out what the path of one rule leads to
 * @policy: policy, also one in force
 * @number: rule
 * @found: key of the path's target
 * @why: set to the reason if the rule is refused
 *
 * Enters objects and names that the index does not have yet.
 *
 * Context: as shield_compile().
 * Return: 0; 1 if the path leads to nothing yet; or an error.
 */
int shield_compile_place(struct shield_policy *policy, u32 number,
			 struct shield_key *found, const char **why);

#endif
