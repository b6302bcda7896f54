// SPDX-License-Identifier: GPL-2.0-only
/*
 * Looks again at rules whose path has changed.
 *
 * A hook sees a rename before it is done. What it enters is pending: the act
 * may still fail. The worker waits until the act is over, looks where the path
 * leads now, confirms the entry or drops it.
 */
#include "policy/settle.h"

#include <linux/atomic.h>
#include <linux/jiffies.h>
#include <linux/sched.h>
#include <linux/workqueue.h>

#include "compat/home.h"
#include "object/holder.h"
#include "object/object.h"
#include "object/superblock.h"
#include "policy/compile.h"

static void settle_all(struct work_struct *work);
static DECLARE_WORK(worker, settle_all);

/* Until rules are looked at again for which there was no memory. */
#define AGAIN HZ
static DECLARE_DELAYED_WORK(memory_worker, settle_all);

/*
 * A hook sees a mount before it is done, which may take a disk's time. So the
 * paths, all of them, are looked at after one, two, four and eight seconds.
 */
#define MOUNT_LOOKS 4
static void settle_mounted(struct work_struct *work);
static DECLARE_DELAYED_WORK(mount_worker, settle_mounted);
static atomic_t mount_looks;

/* Who guards what is held: hooks, which are not known here. */
static void (*guard_held)(void);

void shield_settle_init(void (*guard)(void))
{
	guard_held = guard;
}

static void look_again(struct shield_rule *rule)
{
	WRITE_ONCE(rule->unsettled, true);
	schedule_delayed_work(&memory_worker, AGAIN);
}

/*
 * If something has @moved, what is the program and what was it has to be told
 * apart, also where no entry is pending.
 */
static void settle(struct shield_policy *policy, u32 number, bool moved)
{
	bool is_program = policy->rules[number].program != SHIELD_NO_PROGRAM;
	struct shield_key found;
	const char *why;
	u32 before;
	int error;

	WRITE_ONCE(policy->rules[number].unsettled, false);
	/*
	 * An arrival that is not counted yet makes the rule unsettled anew. Pairs
	 * with the atomic increment by which it is counted before that.
	 */
	smp_mb();
	before = shield_object_arrivals();
	/* An error leaves the pending entry in force: too much, not too little. */
	error = shield_compile_place(policy, number, &found, &why);
	if (error == -ENOMEM)
		look_again(&policy->rules[number]);
	if (error < 0)
		return;
	/* A load looks by itself when all paths were followed. */
	if (moved && shield_holder_any())
		guard_held();
	if (READ_ONCE(policy->index.nr_pending) || (moved && is_program))
		shield_object_settle(&policy->index, number, before,
				     error ? NULL : &found);
}

static void settle_unsettled(void)
{
	struct shield_policy *policy;
	u32 i;

	mutex_lock(&shield_policy_mutex);
	policy = shield_policy_locked();
	for (i = 0; policy && i < policy->nr_rules; i++) {
		if (READ_ONCE(policy->rules[i].unsettled))
			settle(policy, i, true);
		cond_resched();
	}
	mutex_unlock(&shield_policy_mutex);
}

static void settle_all(struct work_struct *work)
{
	shield_call_as_init(settle_unsettled);
}

static void settle_mounting(void)
{
	int left = atomic_dec_return(&mount_looks);
	struct shield_policy *policy;
	u32 i;

	mutex_lock(&shield_policy_mutex);
	policy = shield_policy_locked();
	for (i = 0; policy && i < policy->nr_rules; i++) {
		settle(policy, i, true);
		cond_resched();
	}
	mutex_unlock(&shield_policy_mutex);
	if (left > 0)
		schedule_delayed_work(&mount_worker,
				      HZ << (MOUNT_LOOKS - left));
}

static void settle_mounted(struct work_struct *work)
{
	shield_call_as_init(settle_mounting);
}

void shield_settle_mounts(void)
{
	atomic_set(&mount_looks, MOUNT_LOOKS);
	schedule_delayed_work(&mount_worker, HZ);
}

void shield_settle_later(void)
{
	schedule_work(&worker);
}

void shield_settle_now(void)
{
	struct shield_policy *policy = shield_policy_locked();
	u32 i;

	for (i = 0; policy && i < policy->nr_rules; i++) {
		settle(policy, i, false);
		cond_resched();
	}
	/* The walk has waited for the directories on the way, not in the trees. */
	if (policy)
		shield_superblock_outwait_renames(policy->trees);
}

void shield_settle_exit(void)
{
	cancel_work_sync(&worker);
	cancel_delayed_work_sync(&mount_worker);
	cancel_delayed_work_sync(&memory_worker);
}
