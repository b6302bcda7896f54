// SPDX-License-Identifier: GPL-2.0-only
/*
 * The policy in force.
 */
#include "policy/active.h"

#include <linux/mm.h>
#include <linux/slab.h>

/* Protects: which policy is in force, and everything that leads to it. */
DEFINE_MUTEX(shield_policy_mutex);
struct shield_policy __rcu *shield_policy_active;

struct shield_policy *shield_policy_publish(struct shield_policy *policy)
{
	struct shield_policy *old = shield_policy_locked();

	rcu_assign_pointer(shield_policy_active, policy);
	/* Hooks read with preemption off, which a grace period waits for. */
	synchronize_rcu();
	return old;
}

void shield_policy_free(struct shield_policy *policy)
{
	u32 i;

	if (!policy)
		return;
	for (i = 0; policy->rules && i < policy->nr_rules; i++)
		if (policy->rules[i].program != SHIELD_NO_PROGRAM)
			shield_program_put(policy->rules[i].program);
	shield_index_exit(&policy->index);
	kvfree(policy->rules);
	kvfree(policy->arena);
	kvfree(policy->text);
	kvfree(policy);
}
