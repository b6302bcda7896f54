// SPDX-License-Identifier: GPL-2.0-only
/*
 * Protected inodes that are held.
 */
#include "object/holder.h"

#include <linux/delay.h>
#include <linux/fs.h>
#include <linux/spinlock.h>

/**
 * struct holding - one element of the table
 * @inode: no reference: whoever makes it held keeps it in memory, and the hook
 *         on its end takes it out. Dereferenced only under the lock
 * @rule: rule that protects it
 * @is_old: noted under the policy before, and not yet under this one
 */
struct holding {
	struct inode *inode;
	u32 rule;
	bool is_old;
};

/* Protects: writes to all below, and what the inodes are. Raw: taken in hooks. Innermost. */
static DEFINE_RAW_SPINLOCK(held_lock);
static struct holding table[SHIELD_MAX_HELD];
static unsigned int nr_held;
/* Some inode found no room: ever since the last whole look, and since it began. */
static bool is_overfull, has_missed;

static struct holding *find(const struct inode *inode)
{
	unsigned int i;

	lockdep_assert_held(&held_lock);
	for (i = 0; i < nr_held; i++)
		if (table[i].inode == inode)
			return &table[i];
	return NULL;
}

static void add(struct inode *inode, u32 rule)
{
	lockdep_assert_held(&held_lock);
	if (nr_held == SHIELD_MAX_HELD) {
		WRITE_ONCE(is_overfull, true);
		has_missed = true;
		return;
	}
	table[nr_held].rule = rule;
	table[nr_held].is_old = false;
	/* Pairs with the acquire in shield_holder_is_held(): who was here moved. */
	smp_store_release(&table[nr_held].inode, inode);
	/* Pairs with the other one there: what is counted stands. */
	smp_store_release(&nr_held, nr_held + 1);
}

/* Whoever reads without the lock finds the last one twice rather than never. */
static void take_out(struct holding *holding)
{
	lockdep_assert_held(&held_lock);
	holding->rule = table[nr_held - 1].rule;
	holding->is_old = table[nr_held - 1].is_old;
	WRITE_ONCE(holding->inode, table[nr_held - 1].inode);
	/* Pairs with the acquire in shield_holder_is_held(). */
	smp_store_release(&nr_held, nr_held - 1);
}

/* The number of a rule means nothing under another policy. */
static void renew(struct holding *holding, u32 rule)
{
	lockdep_assert_held(&held_lock);
	if (holding->is_old)
		holding->rule = rule;
	holding->is_old = false;
}

bool shield_holder_note(struct inode *inode, u32 rule)
{
	struct holding *holding;
	unsigned long flags;

	/*
	 * The entry that protects the inode stands before the count is read.
	 * Pairs with the atomic increment by an open that reads the entry next.
	 */
	smp_mb();
	if (!inode_is_open_for_write(inode))
		return false;
	raw_spin_lock_irqsave(&held_lock, flags);
	holding = find(inode);
	if (holding)
		renew(holding, rule);
	else
		add(inode, rule);
	raw_spin_unlock_irqrestore(&held_lock, flags);
	return true;
}

static void drop_unheld(void)
{
	unsigned int i = nr_held;

	while (i--)
		if (!inode_is_open_for_write(table[i].inode))
			take_out(&table[i]);
}

/* An open ends soon; whoever sleeps in one is taken for a holder. */
#define OPEN_US 100
#define OPENS 64

void shield_holder_outwait_opens(void)
{
	unsigned long flags;
	unsigned int i;

	for (i = 0; i < OPENS && READ_ONCE(nr_held); i++) {
		usleep_range(OPEN_US, 2 * OPEN_US);
		raw_spin_lock_irqsave(&held_lock, flags);
		drop_unheld();
		raw_spin_unlock_irqrestore(&held_lock, flags);
	}
}

bool shield_holder_any(void)
{
	return READ_ONCE(nr_held) || READ_ONCE(is_overfull);
}

bool shield_holder_begin_look(void)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&held_lock, flags);
	has_missed = false;
	raw_spin_unlock_irqrestore(&held_lock, flags);
	return READ_ONCE(is_overfull);
}

void shield_holder_end_look(void)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&held_lock, flags);
	if (!has_missed)
		WRITE_ONCE(is_overfull, false);
	raw_spin_unlock_irqrestore(&held_lock, flags);
}

bool shield_holder_is_held(const struct inode *inode)
{
	/* Pairs with the releases in add() and take_out(): it stands, or has moved. */
	unsigned int i = smp_load_acquire(&nr_held);

	if (READ_ONCE(is_overfull))
		return true;
	while (i--)
		/* Pairs with the release in add(): the same. */
		if (smp_load_acquire(&table[i].inode) == inode)
			return true;
	return false;
}

unsigned int shield_holder_read(struct shield_held *held)
{
	unsigned long flags;
	unsigned int i, nr;

	raw_spin_lock_irqsave(&held_lock, flags);
	drop_unheld();
	nr = nr_held;
	for (i = 0; i < nr; i++) {
		struct inode *inode = table[i].inode;

		held[i] = (struct shield_held){
			.inode = inode,
			.rule = table[i].rule,
			.ino = inode->i_ino,
			.writers = atomic_read(&inode->i_writecount),
			.mapped = mapping_writably_mapped(inode->i_mapping),
		};
	}
	raw_spin_unlock_irqrestore(&held_lock, flags);
	return nr;
}

int shield_holder_writers(void)
{
	unsigned long flags;
	unsigned int i;
	int sum = 0;

	raw_spin_lock_irqsave(&held_lock, flags);
	for (i = 0; i < nr_held; i++)
		sum += atomic_read(&table[i].inode->i_writecount);
	raw_spin_unlock_irqrestore(&held_lock, flags);
	return sum;
}

bool shield_holder_release(const struct inode *inode, int writers)
{
	struct holding *holding;
	unsigned long flags;
	bool is_released;

	raw_spin_lock_irqsave(&held_lock, flags);
	holding = find(inode);
	is_released = !holding ||
		      atomic_read(&holding->inode->i_writecount) <= writers;
	if (holding && is_released)
		take_out(holding);
	raw_spin_unlock_irqrestore(&held_lock, flags);
	return is_released;
}

void shield_holder_gone(const struct inode *inode)
{
	struct holding *holding;
	unsigned long flags;

	raw_spin_lock_irqsave(&held_lock, flags);
	holding = find(inode);
	if (holding)
		take_out(holding);
	raw_spin_unlock_irqrestore(&held_lock, flags);
}

void shield_holder_age(void)
{
	unsigned long flags;
	unsigned int i;

	raw_spin_lock_irqsave(&held_lock, flags);
	for (i = 0; i < nr_held; i++)
		table[i].is_old = true;
	raw_spin_unlock_irqrestore(&held_lock, flags);
}

void shield_holder_drop_old(void)
{
	unsigned long flags;
	unsigned int i;

	raw_spin_lock_irqsave(&held_lock, flags);
	i = nr_held;
	while (i--)
		if (table[i].is_old)
			take_out(&table[i]);
	raw_spin_unlock_irqrestore(&held_lock, flags);
}

void shield_holder_forget(void)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&held_lock, flags);
	WRITE_ONCE(nr_held, 0);
	WRITE_ONCE(is_overfull, false);
	raw_spin_unlock_irqrestore(&held_lock, flags);
}
