/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Counting instructions by the time stamp counter of a VM that counts them.
 */
#ifndef SHIELD_BENCH_COUNT_H
#define SHIELD_BENCH_COUNT_H

/* Instructions of one round, and of reading the counter. */
unsigned long long count(void (*once)(void));

/* Instructions of a loop that should be 20,000,000. */
unsigned long long count_loop(void);

#endif
