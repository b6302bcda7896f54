/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The ftrace backend: puts callbacks at function entries.
 */
#ifndef SHIELD_HOOK_FTRACE_H
#define SHIELD_HOOK_FTRACE_H

#include <linux/types.h>

/**
 * shield_ftrace_init() - find the address of every point
 *
 * Context: process; sleeps. Once, before any other function here.
 * Return: 0, or -ENOMEM.
 */
int shield_ftrace_init(void);

/**
 * shield_ftrace_missing() - points whose function this kernel does not have
 *
 * Return: set of points.
 */
u64 shield_ftrace_missing(void);

/**
 * shield_ftrace_armed() - points that are hooked now
 *
 * Return: set of points.
 */
u64 shield_ftrace_armed(void);

/**
 * shield_ftrace_is_call() - does the kernel call a hook?
 * @point: point that is armed
 *
 * Return: true if the instruction at the entry of the function is a call.
 */
bool shield_ftrace_is_call(unsigned int point);

/**
 * shield_ftrace_is_patching() - is the instruction there being changed?
 * @point: point that is armed
 *
 * Return: true if so; ask again a moment later.
 */
bool shield_ftrace_is_patching(unsigned int point);

/**
 * shield_ftrace_is_dead() - has ftrace switched itself off?
 *
 * Description: It does so when it finds its own tables wrong, until the machine
 * restarts.
 *
 * Context: process; sleeps; the load mutex is held.
 * Return: true if so.
 */
bool shield_ftrace_is_dead(void);

/**
 * shield_ftrace_arm() - hook more functions
 * @set: points, none of them missing or armed
 * @culprit: the first point that could not be armed, if an error is returned
 *
 * Context: process; sleeps. The caller serialises arm and disarm.
 * Return: 0; -EBUSY if @culprit is changed by someone else (a livepatch) or
 * kernel.ftrace_enabled is 0; -ENODEV if ftrace is dead. On error none of @set
 * is armed, unless ftrace refuses to disarm, too.
 */
int shield_ftrace_arm(u64 set, unsigned int *culprit);

/**
 * shield_ftrace_disarm() - give functions back
 * @set: points, all of them armed
 *
 * Returns after every task has left callback, trampoline and stub of an
 * ftrace_ops that hooks nothing any more.
 *
 * Context: process; sleeps.
 * Return: 0, or the error of ftrace, in which case callbacks may still run.
 */
int shield_ftrace_disarm(u64 set);

#endif
