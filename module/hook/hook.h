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
 * Description: What hooks them is settled here, by the parameter `backend`.
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
 * shield_hook_witnesses() - hooks that deny nothing, and keep the tables true
 *
 * Description: A super block may be entered while these are armed: it is told
 * when that one ends.
 *
 * Return: set of points; part of what any policy with rules needs.
 */
u64 shield_hook_witnesses(void);

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
 * Return: 0, or the error of the backend: some callbacks may still run.
 */
int shield_hook_disarm_others(u64 keep);

/**
 * shield_hook_armed() - hooks armed now
 *
 * Return: set of points.
 */
u64 shield_hook_armed(void);

/**
 * shield_hook_stands() - is an armed hook still where it was put?
 * @point: point that is armed
 *
 * Context: process; sleeps; the load mutex is held.
 * Return: false if the kernel does not call it any more.
 */
bool shield_hook_stands(unsigned int point);

/**
 * shield_hook_backend() - what hooks the functions
 *
 * Return: "ftrace" or "kprobe".
 */
const char *shield_hook_backend(void);

#endif
