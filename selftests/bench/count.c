// SPDX-License-Identifier: GPL-2.0-only
#include "count.h"

#include <stdlib.h>
#include <x86intrin.h>

#define WARM_UP 100
#define ROUNDS 401 /* odd, so that the median is a figure that occurred */
#define TURNS 3

static int ascending(const void *a, const void *b)
{
	unsigned long long x = *(const unsigned long long *)a;
	unsigned long long y = *(const unsigned long long *)b;

	return (x > y) - (x < y);
}

static unsigned long long median_of(void (*once)(void))
{
	static unsigned long long costs[ROUNDS];
	unsigned int i;

	for (i = 0; i < WARM_UP; i++)
		once();
	for (i = 0; i < ROUNDS; i++) {
		unsigned long long before = __rdtsc();

		once();
		costs[i] = __rdtsc() - before;
	}
	qsort(costs, ROUNDS, sizeof(*costs), ascending);
	return costs[ROUNDS / 2];
}

/*
 * Interrupts fall into few rounds, so the median does not see them. What lasts
 * longer, such as work put off at boot, falls into one turn of several, of
 * which the one with the least median counts.
 */
unsigned long long count(void (*once)(void))
{
	unsigned long long cost, least = -1ULL;
	int i;

	for (i = 0; i < TURNS; i++) {
		cost = median_of(once);
		if (cost < least)
			least = cost;
	}
	return least;
}

static unsigned long long cost_of_loop(unsigned long turns)
{
	unsigned long long before = __rdtsc();

	asm volatile("1:\n\t"
		     "dec %0\n\t"
		     "jnz 1b"
		     : "+r"(turns));
	return __rdtsc() - before;
}

/*
 * Is the counter's unit one instruction? Two of them a turn. The least of some
 * tries, because work that was put off at boot may fall into one.
 */
unsigned long long count_loop(void)
{
	unsigned long long cost, least = -1ULL;
	int i;

	for (i = 0; i < 5; i++) {
		cost = cost_of_loop(10000000);
		if (cost < least)
			least = cost;
	}
	return least;
}
