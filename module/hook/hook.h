/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Arms the hooks that a policy needs: all or none.
 */
#ifndef SHIELD_HOOK_HOOK_H
#define SHIELD_HOOK_HOOK_H

#include <linux/types.h>

/**
 * shield_hook_init() - look up every hooked function
 *
 * Context: process; sleeps.
 * Return: 0, or -ENOMEM.
 */
int shield_hook_init(void);

/**
 * shield_hook_needed() - hooks that a policy needs
 * @rights: rights that its rules deny or watch; 0 for a policy without rules;
 *          with SHIELD_WHEN_SEALED also those that a seal needs
 *
 * Return: set of points.
 */
u64 shield_hook_needed(u16 rights);

/**
 * shield_hook_arm() - make sure that every hook of a set is armed
 * @set: points; those already armed are left alone
 * @why: on error, a sentence that names the function and the reason
 * @size: bytes of @why
 *
 * Context: process; sleeps; the load mutex is held.
 * Return: 0; -ENOMEM; -EOPNOTSUPP if one cannot be armed; in either case what
 * was armed before is armed still and nothing else.
 */
int shield_hook_arm(u64 set, char *why, size_t size);

/**
 * shield_hook_disarm_others() - disarm every hook that is not in a set
 * @keep: points that stay
 *
 * Context: process; sleeps; the load mutex is held.
 * Return: 0, or the error of ftrace: some callbacks may still run.
 */
int shield_hook_disarm_others(u64 keep);

/**
 * shield_hook_armed() - hooks armed now
 *
 * Return: set of points.
 */
u64 shield_hook_armed(void);

#endif
