// SPDX-License-Identifier: GPL-2.0-only
/*
 * How often the log may be told the same.
 *
 * A table of windows, one per object and right, in which a flood of one object
 * cannot use up the allowance of another. When more than fit are open at once
 * the oldest is closed, with its count told.
 */
#include "event/ratelimit.h"

#include <linux/jiffies.h>
#include <linux/kernel.h>

#include "params.h"

#define TABLE_SIZE 128

/* Used by the deliver worker alone, which never runs twice at once. */
static struct shield_allowance table[TABLE_SIZE];

static bool is_same(const struct shield_record *a,
		    const struct shield_record *b)
{
	return a->ino == b->ino && a->dev == b->dev && a->rights == b->rights &&
	       a->kind == b->kind && (a->ino || !strcmp(a->name, b->name));
}

static bool is_over(const struct shield_allowance *allowance)
{
	unsigned long window = msecs_to_jiffies(shield_params_interval_ms());

	return time_after_eq(jiffies, allowance->since + window);
}

static struct shield_allowance *find(const struct shield_record *record)
{
	struct shield_allowance *oldest = &table[0];
	unsigned int i;

	for (i = 0; i < TABLE_SIZE; i++)
		if (table[i].printed && is_same(&table[i].like, record))
			return &table[i];
	for (i = 0; i < TABLE_SIZE; i++) {
		if (!table[i].printed)
			return &table[i];
		if (time_before(table[i].since, oldest->since))
			oldest = &table[i];
	}
	return oldest;
}

static void reopen(struct shield_allowance *allowance,
		   const struct shield_record *record)
{
	allowance->like = *record;
	allowance->since = jiffies;
	allowance->printed = 0;
	allowance->suppressed = 0;
}

bool shield_ratelimit_allow(const struct shield_record *record,
			    struct shield_allowance *closed)
{
	struct shield_allowance *allowance = find(record);

	closed->suppressed = 0;
	if (!allowance->printed || !is_same(&allowance->like, record) ||
	    is_over(allowance)) {
		*closed = *allowance;
		reopen(allowance, record);
	}
	if (allowance->printed < shield_params_burst()) {
		allowance->printed++;
		return true;
	}
	allowance->suppressed++;
	return false;
}

bool shield_ratelimit_close(struct shield_allowance *closed, bool all)
{
	unsigned int i;

	for (i = 0; i < TABLE_SIZE; i++) {
		if (!table[i].suppressed || !(all || is_over(&table[i])))
			continue;
		*closed = table[i];
		table[i].printed = 0;
		table[i].suppressed = 0;
		return true;
	}
	return false;
}

bool shield_ratelimit_waiting(void)
{
	unsigned int i;

	for (i = 0; i < TABLE_SIZE; i++)
		if (table[i].suppressed)
			return true;
	return false;
}
