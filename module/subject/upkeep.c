// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which programs a maintenance window names, for as long as it is open.
 */
#include "subject/upkeep.h"

#include <linux/compiler.h>
#include <linux/kernel.h>
#include <linux/ktime.h>
#include <linux/math64.h>
#include <linux/timekeeping.h>

#include "subject/programs.h"

/* Protects: writes to all below by shield_policy_mutex; hooks read without. */
static u32 number;
static u32 newest;
static u64 until;
static DECLARE_BITMAP(named, SHIELD_MAX_PROGRAMS);
static char note[40];

u32 shield_upkeep_joins(u16 program)
{
	/* Pairs with the release of who opens it: the set belongs to it. */
	u32 window = smp_load_acquire(&number);

	if (likely(!window) || !shield_upkeep_lasts(window))
		return 0;
	return test_bit(program, named) ? window : 0;
}

bool shield_upkeep_lasts(u32 window)
{
	return window && window == READ_ONCE(number) &&
	       ktime_get_boot_fast_ns() < READ_ONCE(until);
}

const char *shield_upkeep_note(void)
{
	return note;
}

u32 shield_upkeep_left(void)
{
	u64 now = ktime_get_boottime_ns(), end = READ_ONCE(until);

	if (!READ_ONCE(number) || now >= end)
		return 0;
	return div_u64(end - now - 1, NSEC_PER_SEC) + 1;
}

void shield_upkeep_open(const unsigned long *programs, u32 seconds, u64 serial)
{
	unsigned int program;

	bitmap_copy(named, programs, SHIELD_MAX_PROGRAMS);
	for_each_set_bit(program, named, SHIELD_MAX_PROGRAMS)
		shield_program_get(program);
	scnprintf(note, sizeof(note), "serial %llu", serial);
	WRITE_ONCE(until,
		   ktime_get_boottime_ns() + (u64)seconds * NSEC_PER_SEC);
	/* Pairs with the acquire in shield_upkeep_joins(). */
	smp_store_release(&number, ++newest);
}

bool shield_upkeep_close(void)
{
	unsigned int program;

	if (!number)
		return false;
	WRITE_ONCE(number, 0);
	for_each_set_bit(program, named, SHIELD_MAX_PROGRAMS)
		shield_program_put(program);
	return true;
}
