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

#endif
