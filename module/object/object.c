// SPDX-License-Identifier: GPL-2.0-only
/*
 * Protected inodes.
 */
#include "object/object.h"

#include <linux/atomic.h>
#include <linux/rculist.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

#include "pool.h"

/* A burst of this many trusted replaces needs no allocation. */
#define POOL_SIZE 512

static struct shield_pool pool;
static atomic_t arrivals;

u32 shield_object_arrivals(void)
{
	return atomic_read(&arrivals);
}

/* 0 means that nothing is pending. */
static u32 next_arrival(void)
{
	u32 number = atomic_inc_return(&arrivals);

	return number ? number : next_arrival();
}

static struct hlist_head *bucket(const struct shield_index *index, u64 ino)
{
	return &index->objects[shield_index_hash(ino) >> index->shift];
}

struct shield_object *shield_object_first(const struct shield_index *index,
					  const struct shield_key *key)
{
	struct shield_object *object;

	if (!shield_index_may_hold(index, key->ino))
		return NULL;
	hlist_for_each_entry_rcu(object, bucket(index, key->ino), node,
				 rcu_read_lock_sched_held())
		if (shield_key_equal(&object->key, key))
			return object;
	return NULL;
}

struct shield_object *shield_object_next(struct shield_object *object)
{
	struct shield_object *next = object;

	hlist_for_each_entry_continue_rcu(next, node)
		if (shield_key_equal(&next->key, &object->key))
			return next;
	return NULL;
}

static struct shield_object *find(struct shield_index *index,
				  const struct shield_key *key, u32 rule,
				  enum shield_role role)
{
	struct shield_object *object;

	lockdep_assert_held(&index->lock);
	hlist_for_each_entry(object, bucket(index, key->ino), node)
		if (shield_key_equal(&object->key, key) &&
		    object->rule == rule && object->role == role)
			return object;
	return NULL;
}

static void set_pending(struct shield_index *index,
			struct shield_object *object, u32 arrival)
{
	lockdep_assert_held(&index->lock);
	index->nr_pending -= object->pending != 0;
	index->nr_pending += arrival != 0;
	WRITE_ONCE(object->pending, arrival);
}

/*
 * Takes over @object unless the file has an entry already. A confirmed entry
 * stays confirmed; one that is pending waits for the newer arrival.
 */
static struct shield_object *insert(struct shield_index *index,
				    struct shield_object *object)
{
	struct shield_object *old;
	unsigned long flags;

	raw_spin_lock_irqsave(&index->lock, flags);
	old = find(index, &object->key, object->rule, object->role);
	if (old) {
		if (old->pending)
			set_pending(index, old, object->pending);
		old->followed |= object->followed;
	} else {
		index->nr_pending += object->pending != 0;
		WRITE_ONCE(*shield_index_filter(
				   index, shield_index_hash(object->key.ino)),
			   1);
		hlist_add_head_rcu(&object->node,
				   bucket(index, object->key.ino));
		WRITE_ONCE(index->nr_objects, index->nr_objects + 1);
	}
	raw_spin_unlock_irqrestore(&index->lock, flags);
	return old ? object : NULL;
}

int shield_object_add(struct shield_index *index, const struct shield_key *key,
		      u32 rule, enum shield_role role)
{
	struct shield_object *object = kzalloc(sizeof(*object), GFP_KERNEL);

	if (!object)
		return -ENOMEM;
	object->key = *key;
	object->rule = rule;
	object->role = role;
	object->followed = true;
	kfree(insert(index, object));
	return 0;
}

static bool is_confirmed(struct shield_index *index,
			 const struct shield_key *key, u32 rule)
{
	struct shield_object *object = shield_object_first(index, key);

	for (; object; object = shield_object_next(object))
		if (object->rule == rule && object->role == SHIELD_TARGET &&
		    !READ_ONCE(object->pending))
			return true;
	return false;
}

int shield_object_enter(struct shield_index *index,
			const struct shield_key *key, u32 rule, bool arrival)
{
	struct shield_object *object;

	if (is_confirmed(index, key, rule))
		return 0;
	object = shield_pool_take(&pool);
	if (!object)
		return -ENOMEM;
	object->key = *key;
	object->rule = rule;
	object->role = SHIELD_TARGET;
	object->pending = arrival ? next_arrival() : 0;
	object = insert(index, object);
	if (object)
		kfree_rcu(object, rcu);
	return 0;
}

static void drop(struct shield_index *index, struct shield_object *object)
{
	set_pending(index, object, 0);
	WRITE_ONCE(index->drops, index->drops + 1);
	hlist_del_rcu(&object->node);
	WRITE_ONCE(index->nr_objects, index->nr_objects - 1);
	kfree_rcu(object, rcu);
}

static bool is_judged(const struct shield_object *object, u32 rule, u32 before)
{
	return object->rule == rule && object->role == SHIELD_TARGET &&
	       (!object->pending || (s32)(before - object->pending) >= 0);
}

static void settle_chain(struct shield_index *index, struct hlist_head *chain,
			 u32 rule, u32 before, const struct shield_key *found)
{
	struct shield_object *object;
	struct hlist_node *next;
	unsigned long flags;

	raw_spin_lock_irqsave(&index->lock, flags);
	hlist_for_each_entry_safe(object, next, chain, node) {
		if (!is_judged(object, rule, before))
			continue;
		if (found && shield_key_equal(&object->key, found)) {
			set_pending(index, object, 0);
			WRITE_ONCE(object->former, false);
			object->followed = true;
		} else if (object->pending) {
			drop(index, object);
		} else if (found) {
			WRITE_ONCE(object->former, true);
		}
	}
	raw_spin_unlock_irqrestore(&index->lock, flags);
}

void shield_object_settle(struct shield_index *index, u32 rule, u32 before,
			  const struct shield_key *found)
{
	size_t i;

	for (i = 0; i < BIT(64 - index->shift); i++) {
		settle_chain(index, &index->objects[i], rule, before, found);
		cond_resched();
	}
}

void shield_object_forget(struct shield_index *index,
			  const struct shield_key *key, bool is_surely_gone)
{
	struct shield_object *object;
	struct hlist_node *next;
	unsigned long flags;

	if (!shield_object_first(index, key))
		return;
	raw_spin_lock_irqsave(&index->lock, flags);
	hlist_for_each_entry_safe(object, next, bucket(index, key->ino), node)
		if (shield_key_equal(&object->key, key) &&
		    (is_surely_gone || !object->followed))
			drop(index, object);
	raw_spin_unlock_irqrestore(&index->lock, flags);
}

int shield_object_init(void)
{
	return shield_pool_init(&pool, sizeof(struct shield_object), POOL_SIZE);
}

void shield_object_exit(void)
{
	shield_pool_exit(&pool);
}
