/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The ftrace backend: puts callbacks at function entries.
 */
#ifndef SHIELD_HOOK_FTRACE_H
#define SHIELD_HOOK_FTRACE_H

#include <linux/types.h>

/**
 * shield_ftrace_is_dead() - has ftrace switched itself off?
 *
 * Description: It does so when it finds its own tables wrong, until the machine
 * restarts. What it hooks then stays hooked, and nothing else will be.
 *
 * Context: process; sleeps; the load mutex is held.
 * Return: true if so.
 */
bool shield_ftrace_is_dead(void);

/**
 * shield_ftrace_try() - may it be changed where these functions go on?
 * @set: points, as bits of shield_points[]
 * @culprit: set to the point that may not
 *
 * Description: For a backend whose way of asking makes the kernel warn.
 *
 * Context: process; sleeps, for a grace period of RCU tasks; the load mutex is
 * held.
 * Return: 0; -EBUSY if somebody else does, as a livepatch; what
 * register_ftrace_function() returns.
 */
int shield_ftrace_try(u64 set, unsigned int *culprit);

#endif
