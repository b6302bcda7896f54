/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What was just denied, is denied again.
 *
 * Whoever is denied may try again without end. While the same file is denied
 * the same by its own entries, and its events are suppressed, the answer is
 * given and counted without deciding and telling anew.
 */
#ifndef SHIELD_HOOK_AGAIN_H
#define SHIELD_HOOK_AGAIN_H

#include "decide.h"
#include "event/event.h"

struct inode;

/**
 * shield_again() - is this a denial that was just given, and is not told?
 * @policy: policy in force
 * @hook: name of the hooked function
 * @inode: file
 * @rights: what is wanted, mask of enum shield_right
 *
 * Counts it if so.
 *
 * Context: hooks, preemption off.
 * Return: true if it is denied; false if it has to be judged.
 */
bool shield_again(const struct shield_policy *policy, const char *hook,
		  const struct inode *inode, u16 rights);

/**
 * shield_again_remember() - this was denied
 * @policy: policy in force
 * @request: request, with a file; verdict is_lasting
 * @drops: the index's drops before the decision
 * @happening: what was told of it, with one right
 *
 * Context: hooks, preemption off.
 */
void shield_again_remember(const struct shield_policy *policy,
			   const struct shield_request *request, u64 drops,
			   const struct shield_happening *happening);

#endif
