// SPDX-License-Identifier: GPL-2.0-only
/*
 * How often what happened.
 *
 * A hook is known by the address of its name. The table from address to row
 * grows only when a name is met for the first time.
 */
#include "event/count.h"

#include <linux/bitops.h>
#include <linux/hash.h>
#include <linux/kernel.h>
#include <linux/percpu.h>
#include <linux/spinlock.h>
#include <linux/string.h>

#define HASH_BITS 8
#define LAST_TELLER (SHIELD_MAX_TELLERS - 1)

/**
 * struct counts - what one CPU has counted
 * @by_hook: per name and kind
 * @by_right: per right and kind
 */
struct counts {
	u64 by_hook[SHIELD_MAX_TELLERS][SHIELD_NR_KINDS];
	u64 by_right[SHIELD_NR_RIGHTS][SHIELD_NR_KINDS];
};

static struct counts __percpu *counts;

/* Protects: writes to all below. Raw: taken in hooks. Innermost. */
static DEFINE_RAW_SPINLOCK(tellers_lock);
static const char *tellers[SHIELD_MAX_TELLERS];
static unsigned int nr_tellers;

/* Open addressing; an address is published after its row. */
static struct {
	const char *name;
	unsigned int row;
} rows[1 << HASH_BITS];
static unsigned int nr_rows;

static_assert(ARRAY_SIZE(rows) >= 2 * SHIELD_MAX_TELLERS);

static unsigned int row_of_text(const char *name)
{
	unsigned int i;

	lockdep_assert_held(&tellers_lock);
	for (i = 0; i < nr_tellers; i++)
		if (!strcmp(tellers[i], name))
			return i;
	if (nr_tellers == LAST_TELLER) {
		tellers[LAST_TELLER] = "other";
		return LAST_TELLER;
	}
	tellers[nr_tellers] = name;
	/* Pairs with the acquire in shield_count_tellers(). */
	smp_store_release(&nr_tellers, nr_tellers + 1);
	return nr_tellers - 1;
}

static unsigned int enter(const char *name)
{
	unsigned int at = hash_ptr(name, HASH_BITS), row;
	unsigned long flags;

	raw_spin_lock_irqsave(&tellers_lock, flags);
	row = row_of_text(name);
	while (rows[at].name && rows[at].name != name)
		at = (at + 1) % ARRAY_SIZE(rows);
	/* Some must stay empty; without a row this is the way of every call. */
	if (!rows[at].name && nr_rows < ARRAY_SIZE(rows) / 2) {
		nr_rows++;
		rows[at].row = row;
		/* Pairs with the acquire in row_of(). */
		smp_store_release(&rows[at].name, name);
	}
	raw_spin_unlock_irqrestore(&tellers_lock, flags);
	return row;
}

static unsigned int row_of(const char *name)
{
	unsigned int at = hash_ptr(name, HASH_BITS);
	const char *there;

	/* Pairs with the release in enter(). */
	while ((there = smp_load_acquire(&rows[at].name))) {
		if (there == name)
			return rows[at].row;
		at = (at + 1) % ARRAY_SIZE(rows);
	}
	return enter(name);
}

void shield_count(const struct shield_happening *happening)
{
	struct counts *mine = this_cpu_ptr(counts);
	unsigned long rights = happening->rights;
	unsigned int bit;

	mine->by_hook[row_of(happening->hook)][happening->kind]++;
	for_each_set_bit(bit, &rights, SHIELD_NR_RIGHTS)
		mine->by_right[bit][happening->kind]++;
}

void shield_count_cells(const struct shield_happening *happening, u64 **by_hook,
			u64 **by_right)
{
	struct counts *mine = this_cpu_ptr(counts);

	*by_hook = &mine->by_hook[row_of(happening->hook)][happening->kind];
	*by_right = &mine->by_right[__ffs(happening->rights)][happening->kind];
}

u64 shield_count_of_hook(unsigned int teller, enum shield_kind kind)
{
	u64 sum = 0;
	int cpu;

	for_each_possible_cpu(cpu)
		sum += READ_ONCE(
			per_cpu_ptr(counts, cpu)->by_hook[teller][kind]);
	return sum;
}

u64 shield_count_of_right(unsigned int bit, enum shield_kind kind)
{
	u64 sum = 0;
	int cpu;

	for_each_possible_cpu(cpu)
		sum += READ_ONCE(per_cpu_ptr(counts, cpu)->by_right[bit][kind]);
	return sum;
}

unsigned int shield_count_tellers(void)
{
	/* Pairs with the release in row_of_text(). */
	unsigned int nr = smp_load_acquire(&nr_tellers);

	return nr == LAST_TELLER ? SHIELD_MAX_TELLERS : nr;
}

const char *shield_count_teller(unsigned int teller)
{
	return tellers[teller] ?: "other";
}

u64 shield_event_count(enum shield_kind kind)
{
	unsigned int nr = shield_count_tellers(), i;
	u64 sum = 0;

	for (i = 0; i < nr; i++)
		sum += shield_count_of_hook(i, kind);
	return sum;
}

int shield_count_init(void)
{
	counts = alloc_percpu(struct counts);
	return counts ? 0 : -ENOMEM;
}

void shield_count_exit(void)
{
	free_percpu(counts);
}
