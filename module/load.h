/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One policy write: text to force, or nothing at all.
 */
#ifndef SHIELD_LOAD_H
#define SHIELD_LOAD_H

#include "policy/notes.h"
#include "policy/parse.h"

/**
 * shield_load() - put a policy in force
 * @text: policy text, or a signed manifest of one, kvmalloc()ed; taken over,
 *        whatever is returned
 * @len: its bytes
 * @notes: notices are added here; may be NULL
 * @error: filled in if an error is returned
 * @lenient: do not refuse it because somebody maps a file that it protects
 *
 * Context: process in init's root and mount namespace; sleeps.
 * Return: 0; -EINVAL, -E2BIG, -EOPNOTSUPP, -EBUSY, -ENOMEM or what admit.h
 * returns, in which case the policy that was in force is in force still.
 */
int shield_load(char *text, size_t len, struct shield_notes *notes,
		struct shield_error *error, bool lenient);

/**
 * shield_load_init() - say how to go back to an earlier policy
 *
 * Context: before anything is loaded.
 */
void shield_load_init(void);

/**
 * shield_load_confirm() - the policy in force may stay
 * @number: its generation
 *
 * Context: process; sleeps.
 * Return: 0; -ENOENT if none waits for that; -ESTALE if another one does.
 */
int shield_load_confirm(u64 number);

/**
 * shield_load_builtin() - put the built-in policy in force
 *
 * Context: as shield_load().
 * Return: as shield_load(); an error is told in the kernel log.
 */
int shield_load_builtin(void);

/**
 * shield_unload() - no policy, no hook
 *
 * Description: Waits until it has succeeded: code that a callback may still run in must
 * not go away.
 *
 * Context: process; sleeps.
 */
void shield_unload(void);

/**
 * struct shield_standing - what is in force
 * @name: name of the policy
 * @generation: number of the policy in force
 * @since: when the last one was, in seconds since boot
 * @rules: its rules, without those that only carry a program
 * @programs: program files
 * @objects: protected inodes
 * @names: protected names
 * @needed: hooks that it needs
 * @armed: hooks that are armed
 */
struct shield_standing {
	char name[SHIELD_MAX_NAME + 1];
	u64 generation;
	u64 since;
	u32 rules;
	u32 programs;
	u32 objects;
	u32 names;
	unsigned int needed;
	unsigned int armed;
};

/**
 * shield_load_standing() - describe what is in force
 * @standing: result
 *
 * Context: process; does not wait for a load.
 */
void shield_load_standing(struct shield_standing *standing);

#endif
