/* SPDX-License-Identifier: GPL-2.0-only */
/* The kernel's file stats, and what its last events add to it. */
#ifndef SHIELDCTL_COUNTERS_H
#define SHIELDCTL_COUNTERS_H

#include "event.h"
#include "tally.h"
#include "text.h"

/**
 * struct counter - one line of stats
 * @what: "hook", "right", "sink" or "total"
 * @name: which
 * @kind: kind of event; "" where there is none
 * @count: how often since loading
 */
struct counter {
	const char *what;
	const char *name;
	const char *kind;
	unsigned long long count;
};

/**
 * struct counters - all of them
 * @text: what @all points into
 * @all: in the kernel's order; owned
 * @nr: elements of @all
 */
struct counters {
	struct text text;
	struct counter *all;
	size_t nr;
};

/**
 * counters_read() - read stats
 * @counters: zeroed
 *
 * Return: 0, or a negative errno after saying on stderr what failed.
 */
int counters_read(struct counters *counters);

/**
 * counters_sum() - add up
 * @counters: counters
 * @what: of which lines
 * @name: of these; NULL for all
 * @kind: of these; NULL for all
 *
 * Return: the sum.
 */
unsigned long long counters_sum(const struct counters *counters,
				const char *what, const char *name,
				const char *kind);

/**
 * counters_free() - give them back
 * @counters: empty afterwards
 */
void counters_free(struct counters *counters);

/**
 * struct recent - what the events that the kernel still has are about
 * @objects: paths that were denied, or would be
 * @programs: who was
 * @notes: events that are no verdicts, a line each
 * @windows: those of maintenance windows
 * @lost: events of which nothing more is known
 */
struct recent {
	struct tally objects;
	struct tally programs;
	struct text notes;
	struct text windows;
	unsigned long long lost;
};

/**
 * recent_read() - look through the events that the kernel still has
 * @recent: zeroed
 *
 * Return: 0, or a negative errno after saying on stderr what failed.
 */
int recent_read(struct recent *recent);

/**
 * recent_free() - give it back
 * @recent: empty afterwards
 */
void recent_free(struct recent *recent);

#endif
