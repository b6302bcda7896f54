/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How often what happened: counters of each CPU, exact.
 */
#ifndef SHIELD_EVENT_COUNT_H
#define SHIELD_EVENT_COUNT_H

#include <linux/types.h>

#include "event/event.h"
#include "policy/rights.h"

/* Names of hooks and parts of shield that tell; more share the last row. */
#define SHIELD_MAX_TELLERS 96

/**
 * shield_count() - count one happening
 * @happening: borrowed
 *
 * Context: any but NMI; preemption off.
 */
void shield_count(const struct shield_happening *happening);

/**
 * shield_count_cells() - the counters of this CPU that a happening adds to
 * @happening: with one right
 * @by_hook: set to the counter of its hook and kind
 * @by_right: set to the counter of its right and kind
 *
 * For who counts the same again and again.
 *
 * Context: preemption off.
 */
void shield_count_cells(const struct shield_happening *happening, u64 **by_hook,
			u64 **by_right);

/**
 * shield_count_of_hook() - read a counter
 * @teller: number, below shield_count_tellers()
 * @kind: kind
 *
 * Return: exact sum over all CPUs since loading.
 */
u64 shield_count_of_hook(unsigned int teller, enum shield_kind kind);

/**
 * shield_count_of_right() - read a counter
 * @bit: number of a right
 * @kind: kind
 *
 * Return: exact sum over all CPUs since loading.
 */
u64 shield_count_of_right(unsigned int bit, enum shield_kind kind);

/**
 * shield_count_tellers() - names that were counted
 *
 * Return: their number.
 */
unsigned int shield_count_tellers(void);

/**
 * shield_count_teller() - name of a hook or part of shield
 * @teller: number
 *
 * Return: the name.
 */
const char *shield_count_teller(unsigned int teller);

/**
 * shield_count_init() - allocate
 *
 * Context: process; sleeps.
 * Return: 0, or -ENOMEM.
 */
int shield_count_init(void);

/**
 * shield_count_exit() - free
 *
 * Context: process; sleeps. Nobody counts any more.
 */
void shield_count_exit(void);

#endif
