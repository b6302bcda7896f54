/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Programs of the policy that run since before shield did. Trust is given when
 * a program is executed, so these have none until they are restarted.
 */
#ifndef SHIELDCTL_RUNNING_H
#define SHIELDCTL_RUNNING_H

#include "../module/policy/parse.h"

/**
 * struct running - a process that started too early
 * @pid: its number
 * @path: the program, as the policy names it
 */
struct running {
	int pid;
	const char *path;
};

/**
 * running_find() - look for such processes
 * @ast: the policy in force
 * @found: filled in
 * @limit: elements of @found
 *
 * Compares start times with the creation of shield's directory in securityfs,
 * by the clock: when that was set in between, processes that started around
 * the loading may be missed or named wrongly.
 *
 * Return: how many there are, perhaps more than @limit.
 */
size_t running_find(const struct shield_ast *ast, struct running *found,
		    size_t limit);

#endif
