// SPDX-License-Identifier: GPL-2.0-only
/*
 * Memory for hooks.
 */
#include "pool.h"

#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>

static void *pop(struct shield_pool *pool)
{
	void *element = pool->free;

	lockdep_assert_held(&pool->lock);
	if (element) {
		pool->free = *(void **)element;
		pool->nr--;
	}
	return element;
}

static bool push(struct shield_pool *pool, void *element)
{
	unsigned long flags;
	bool wanted;

	raw_spin_lock_irqsave(&pool->lock, flags);
	wanted = pool->nr < pool->full;
	if (wanted) {
		*(void **)element = pool->free;
		pool->free = element;
		pool->nr++;
	}
	raw_spin_unlock_irqrestore(&pool->lock, flags);
	return wanted;
}

static int fill(struct shield_pool *pool)
{
	while (READ_ONCE(pool->nr) < pool->full) {
		void *element = kzalloc(pool->size, GFP_KERNEL);

		if (!element)
			return -ENOMEM;
		if (!push(pool, element))
			kfree(element);
	}
	return 0;
}

static void refill(struct work_struct *work)
{
	fill(container_of(work, struct shield_pool, refill));
}

int shield_pool_init(struct shield_pool *pool, size_t size, unsigned int full)
{
	int error;

	raw_spin_lock_init(&pool->lock);
	pool->free = NULL;
	pool->nr = 0;
	pool->full = full;
	pool->size = max(size, sizeof(void *));
	INIT_WORK(&pool->refill, refill);
	error = fill(pool);
	if (error)
		shield_pool_exit(pool);
	return error;
}

void shield_pool_exit(struct shield_pool *pool)
{
	void *element;

	cancel_work_sync(&pool->refill);
	while ((element = pool->free)) {
		pool->free = *(void **)element;
		kfree(element);
	}
	pool->nr = 0;
}

void *shield_pool_take(struct shield_pool *pool)
{
	unsigned long flags;
	void *element;
	bool low;

	raw_spin_lock_irqsave(&pool->lock, flags);
	element = pop(pool);
	low = pool->nr < pool->full / 2;
	raw_spin_unlock_irqrestore(&pool->lock, flags);
	/* Ahead of the task that empties it, which may be busy for long. */
	if (low)
		queue_work(system_highpri_wq, &pool->refill);
	if (element)
		*(void **)element = NULL;
	else if (!IS_ENABLED(CONFIG_PREEMPT_RT))
		element = kzalloc(pool->size, GFP_NOWAIT | __GFP_NOWARN);
	return element;
}
