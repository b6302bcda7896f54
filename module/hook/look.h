/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One look at all tasks, for who holds what is protected.
 */
#ifndef SHIELD_HOOK_LOOK_H
#define SHIELD_HOOK_LOOK_H

#include "hook/finds.h"
#include "object/holder.h"
#include "policy/active.h"
#include "policy/holders.h"

/**
 * struct shield_look - what was seen
 * @policy: policy in force
 * @finds: open files that may write something protected
 * @is_first: for what is held and not yet known to be
 * @is_second: looking again whether they are where they were
 * @held: what is held
 * @nr_held: elements of @held
 * @holders: the report
 */
struct shield_look {
	struct shield_policy *policy;
	struct shield_finds finds;
	bool is_first;
	bool is_second;
	struct shield_held held[SHIELD_MAX_HELD];
	unsigned int nr_held;
	struct shield_holders holders;
};

/**
 * shield_look_at_all() - look at all tasks
 * @policy: policy in force
 * @is_first: it has just come into force
 *
 * What turns out to be held by nobody who may not is held no more. Whoever
 * holds something and was not known to becomes an event.
 *
 * Context: process; sleeps; shield_policy_mutex is held.
 * Return: what was seen, for shield_look_end(); NULL without memory.
 */
struct shield_look *shield_look_at_all(struct shield_policy *policy,
				       bool is_first);

/**
 * shield_look_mapping() - is something mapped by who may not write it?
 * @look: what was seen
 * @holder: result: the first one
 *
 * Return: true if so.
 */
bool shield_look_mapping(const struct shield_look *look,
			 struct shield_holder *holder);

/**
 * shield_look_end() - let go what was seen
 * @look: from shield_look_at_all()
 *
 * Context: process; sleeps.
 */
void shield_look_end(struct shield_look *look);

#endif
