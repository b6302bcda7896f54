/* SPDX-License-Identifier: GPL-2.0-only */
/* Counting by name, most frequent first. */
#ifndef SHIELDCTL_TALLY_H
#define SHIELDCTL_TALLY_H

#include <stddef.h>

/**
 * struct tally_entry - one name
 * @name: owned
 * @count: how often
 */
struct tally_entry {
	char *name;
	unsigned long long count;
};

/**
 * struct tally - names and counts
 * @entries: owned
 * @nr: elements of @entries
 */
struct tally {
	struct tally_entry *entries;
	size_t nr;
};

/**
 * tally_add() - count a name
 * @tally: zeroed at first
 * @name: copied; "" is not counted
 * @count: how often
 */
void tally_add(struct tally *tally, const char *name, unsigned long long count);

/**
 * tally_sort() - most frequent first
 * @tally: tally
 */
void tally_sort(struct tally *tally);

/**
 * tally_free() - give it back
 * @tally: empty afterwards
 */
void tally_free(struct tally *tally);

#endif
