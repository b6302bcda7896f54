/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Memory for hooks, which must not allocate.
 *
 * A pool holds elements of one size that a hook takes without sleeping; a
 * worker fills it up again. Where that is too slow the allocator is asked, but
 * for PREEMPT_RT, where it may sleep. No memory is an error that the caller
 * turns into a denial, never a wait.
 */
#ifndef SHIELD_POOL_H
#define SHIELD_POOL_H

#include <linux/spinlock_types.h>
#include <linux/types.h>
#include <linux/workqueue.h>

/**
 * struct shield_pool - elements ready to be taken
 * @lock: Protects: @free, @nr. Innermost; raw, because hooks run with
 *        preemption off also on PREEMPT_RT
 * @free: single list through the first word of each free element
 * @nr: its length
 * @full: elements kept ready
 * @size: bytes of one element
 * @refill: worker that fills up to @full; owned by the pool
 */
struct shield_pool {
	raw_spinlock_t lock;
	void *free;
	unsigned int nr;
	unsigned int full;
	size_t size;
	struct work_struct refill;
};

/**
 * shield_pool_init() - fill a pool
 * @pool: pool
 * @size: bytes of an element
 * @full: how many to keep ready
 *
 * Context: process; sleeps.
 * Return: 0, or -ENOMEM, after which the pool needs no exit.
 */
int shield_pool_init(struct shield_pool *pool, size_t size, unsigned int full);

/**
 * shield_pool_exit() - free what the pool holds
 * @pool: pool that nobody takes from any more
 *
 * Context: process; sleeps.
 */
void shield_pool_exit(struct shield_pool *pool);

/**
 * shield_pool_take() - take one zeroed element
 * @pool: pool
 *
 * The element is kmalloc()ed memory that the caller owns and kfree()s.
 *
 * Context: any but NMI; does not sleep.
 * Return: the element, or NULL if the pool ran dry.
 */
void *shield_pool_take(struct shield_pool *pool);

#endif
