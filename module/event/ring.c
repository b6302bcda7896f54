// SPDX-License-Identifier: GPL-2.0-only
/*
 * Records on their way from hooks to the worker.
 */
#include "event/ring.h"

#include <linux/mm.h>
#include <linux/spinlock.h>

#define RING_SIZE 1024

/* Kept for what is the first of its kind: as many as there are windows. */
#define RESERVE 256

/* Protects: all below. Raw: taken in hooks. Innermost. */
static DEFINE_RAW_SPINLOCK(ring_lock);
static struct shield_record *ring;
static unsigned int first, used;
static u64 lost, last;

bool shield_ring_put(struct shield_record *record)
{
	unsigned int size = record->is_first ? RING_SIZE : RING_SIZE - RESERVE;
	unsigned long flags;
	bool has_room;

	raw_spin_lock_irqsave(&ring_lock, flags);
	record->seq = ++last;
	has_room = used < size;
	if (has_room)
		ring[(first + used++) % RING_SIZE] = *record;
	else
		lost++;
	raw_spin_unlock_irqrestore(&ring_lock, flags);
	return has_room;
}

bool shield_ring_get(struct shield_record *record)
{
	unsigned long flags;
	bool any;

	raw_spin_lock_irqsave(&ring_lock, flags);
	any = used;
	if (any) {
		*record = ring[first];
		first = (first + 1) % RING_SIZE;
		used--;
	}
	raw_spin_unlock_irqrestore(&ring_lock, flags);
	return any;
}

u64 shield_ring_last(void)
{
	unsigned long flags;
	u64 number;

	raw_spin_lock_irqsave(&ring_lock, flags);
	number = used ? 0 : last;
	raw_spin_unlock_irqrestore(&ring_lock, flags);
	return number;
}

u64 shield_ring_lost(void)
{
	unsigned long flags;
	u64 count;

	raw_spin_lock_irqsave(&ring_lock, flags);
	count = lost;
	raw_spin_unlock_irqrestore(&ring_lock, flags);
	return count;
}

int shield_ring_init(void)
{
	ring = kvcalloc(RING_SIZE, sizeof(*ring), GFP_KERNEL);
	return ring ? 0 : -ENOMEM;
}

void shield_ring_exit(void)
{
	kvfree(ring);
	ring = NULL;
}
