/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The guard on earlier ways in: who holds what the policy in force protects,
 * and the hooks that keep them from writing while there is anybody.
 */
#ifndef SHIELD_HOOK_GUARD_H
#define SHIELD_HOOK_GUARD_H

#include <linux/fcntl.h>
#include <linux/types.h>

#include "policy/active.h"
#include "policy/notes.h"

/**
 * shield_guard_hooks() - hooks that are needed now
 * @policy: policy in force, or about to be
 *
 * Return: set of points: those of the policy, of the guard if it is up, and of a
 * seal.
 */
u64 shield_guard_hooks(const struct shield_policy *policy);

/**
 * shield_guard_begin() - another policy is about to be published
 *
 * Description: What is held under the one before stays so until
 * shield_guard_look().
 *
 * Context: process; shield_policy_mutex is held.
 */
void shield_guard_begin(void);

/**
 * shield_guard_look() - find who holds what the new policy protects
 * @notes: notices are added here; may be NULL
 * @error: filled in if an error is returned
 * @lenient: a shared mapping is no reason to refuse
 *
 * Puts the guard up, or takes it down.
 *
 * Context: process; sleeps; shield_policy_mutex is held; the policy is
 * published and its paths were looked at since.
 * Return: 0; -EBUSY if a file is mapped by somebody who may not write it;
 * -ENOMEM; -EOPNOTSUPP if the guard cannot be armed.
 */
int shield_guard_look(struct shield_notes *notes, struct shield_error *error,
		      bool lenient);

/**
 * shield_guard_look_surely() - the same where there is no way back
 *
 * Description: If that fails, for want of memory, say, the worker tries it until
 * it does not.
 * A shared mapping is told.
 *
 * Context: as for shield_guard_look().
 */
void shield_guard_look_surely(void);

/**
 * shield_guard_later() - a held file has come to be protected
 *
 * Context: any but NMI; does not sleep.
 */
void shield_guard_later(void);

/**
 * shield_guard_exit() - wait for the worker to end
 *
 * Context: process; sleeps; shield_policy_mutex is not held, no policy is in
 * force.
 */
void shield_guard_exit(void);

/**
 * shield_guard_rights() - what somebody needs who writes by a descriptor
 * @flags: its f_flags
 *
 * Return: SHIELD_WRITE or SHIELD_APPEND, as for the open.
 */
static inline u16 shield_guard_rights(unsigned int flags)
{
	return (flags & O_ACCMODE) == O_WRONLY && flags & O_APPEND ?
		       SHIELD_APPEND :
		       SHIELD_WRITE;
}

#endif
