// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which trusted program a task runs.
 */
#include "subject/tag.h"

#include <linux/hashtable.h>
#include <linux/rculist.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

#include "pool.h"
#include "subject/programs.h"

/* Trusted programs are few and short-lived; so is a burst of them. */
#define POOL_SIZE 128
#define TABLE_BITS 8

/**
 * struct tag - trust in one task
 * @node: in the table; RCU
 * @task: compared, never dereferenced; the tag ends before the task does
 * @subject: what it is trusted as
 * @rcu: frees it after readers are gone
 */
struct tag {
	struct hlist_node node;
	const struct task_struct *task;
	struct shield_subject subject;
	struct rcu_head rcu;
};

/* Protects: writes to table and shield_tag_count. Raw: taken in hooks. Innermost. */
static DEFINE_RAW_SPINLOCK(tags_lock);
static DEFINE_HASHTABLE(table, TABLE_BITS);
unsigned int shield_tag_count;
static struct shield_pool pool;

static const struct shield_subject nobody = { .program = SHIELD_NO_PROGRAM };

struct shield_subject shield_tag_read(const struct task_struct *task)
{
	struct tag *tag;

	if (!shield_tag_any())
		return nobody;
	hash_for_each_possible_rcu(table, tag, node, (unsigned long)task,
				   rcu_read_lock_sched_held())
		if (tag->task == task)
			return tag->subject;
	return nobody;
}

static void drop(struct tag *tag)
{
	lockdep_assert_held(&tags_lock);
	hash_del_rcu(&tag->node);
	WRITE_ONCE(shield_tag_count, shield_tag_count - 1);
	shield_program_put(tag->subject.program);
	kfree_rcu(tag, rcu);
}

static void drop_task(const struct task_struct *task)
{
	struct hlist_node *next;
	struct tag *tag;

	lockdep_assert_held(&tags_lock);
	hash_for_each_possible_safe(table, tag, next, node, (unsigned long)task)
		if (tag->task == task)
			drop(tag);
}

static void add(struct tag *tag, const struct task_struct *task,
		const struct shield_subject *subject)
{
	lockdep_assert_held(&tags_lock);
	tag->task = task;
	tag->subject = *subject;
	shield_program_get(subject->program);
	hash_add_rcu(table, &tag->node, (unsigned long)task);
	WRITE_ONCE(shield_tag_count, shield_tag_count + 1);
}

int shield_tag_set(const struct task_struct *task,
		   const struct shield_subject *subject)
{
	struct tag *tag = NULL;
	unsigned long flags;
	bool trusted = subject->program != SHIELD_NO_PROGRAM;

	/* The usual exec, fork and exit: neither had nor gets trust. */
	if (!trusted && !shield_tag_any())
		return 0;
	if (trusted)
		tag = shield_pool_take(&pool);
	raw_spin_lock_irqsave(&tags_lock, flags);
	drop_task(task);
	if (tag)
		add(tag, task, subject);
	raw_spin_unlock_irqrestore(&tags_lock, flags);
	return trusted && !tag ? -ENOMEM : 0;
}

static const struct tag *find(const struct task_struct *task)
{
	const struct tag *tag;

	lockdep_assert_held(&tags_lock);
	hash_for_each_possible(table, tag, node, (unsigned long)task)
		if (tag->task == task)
			return tag;
	return NULL;
}

static bool is_tagged(const struct task_struct *task)
{
	bool tagged;

	preempt_disable_notrace();
	tagged = shield_tag_read(task).program != SHIELD_NO_PROGRAM;
	preempt_enable_notrace();
	return tagged;
}

void shield_tag_inherit(const struct task_struct *child)
{
	struct tag *tag = is_tagged(current) ? shield_pool_take(&pool) : NULL;
	const struct tag *parent;
	unsigned long flags;

	raw_spin_lock_irqsave(&tags_lock, flags);
	drop_task(child);
	parent = find(current);
	if (tag && parent) {
		add(tag, child, &parent->subject);
		tag = NULL;
	}
	raw_spin_unlock_irqrestore(&tags_lock, flags);
	if (tag)
		kfree_rcu(tag, rcu);
}

/* Those of @adoption, or all if it is 0. */
static void drop_all_of(u32 adoption)
{
	struct hlist_node *next;
	unsigned long flags;
	struct tag *tag;
	int i;

	raw_spin_lock_irqsave(&tags_lock, flags);
	hash_for_each_safe(table, i, next, tag, node)
		if (!adoption || tag->subject.adoption == adoption)
			drop(tag);
	raw_spin_unlock_irqrestore(&tags_lock, flags);
}

void shield_tag_revoke(u32 adoption)
{
	drop_all_of(adoption);
}

void shield_tag_relax(bool (*is_strict)(const void *context,
					const struct shield_subject *subject),
		      const void *context)
{
	unsigned long flags;
	struct tag *tag;
	int i;

	raw_spin_lock_irqsave(&tags_lock, flags);
	hash_for_each(table, i, tag, node)
		if (tag->subject.strict && !is_strict(context, &tag->subject))
			WRITE_ONCE(tag->subject.strict, false);
	raw_spin_unlock_irqrestore(&tags_lock, flags);
}

int shield_tag_init(void)
{
	return shield_pool_init(&pool, sizeof(struct tag), POOL_SIZE);
}

void shield_tag_drop_all(void)
{
	drop_all_of(0);
}

void shield_tag_exit(void)
{
	shield_tag_drop_all();
	shield_pool_exit(&pool);
}
