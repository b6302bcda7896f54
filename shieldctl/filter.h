/* SPDX-License-Identifier: GPL-2.0-only */
/* Which events somebody wants to see. */
#ifndef SHIELDCTL_FILTER_H
#define SHIELDCTL_FILTER_H

#include "event.h"

/**
 * struct filter - all that is set must hold
 * @path: the object is this, or below; NULL for any
 * @program: path of the program or name of the thread; NULL for any
 * @verdict: kind; NULL for any
 * @rights: one of these at least; 0 for any
 * @since: seconds since 1970
 */
struct filter {
	const char *path;
	const char *program;
	const char *verdict;
	u16 rights;
	double since;
};

/**
 * filter_since() - understand a time
 * @argument: "90s", "10m", "2h", "3d" ago, or seconds since 1970 behind "@"
 * @since: result
 *
 * Return: false if it is none.
 */
bool filter_since(const char *argument, double *since);

/**
 * filter_passes() - is this one to be seen?
 * @filter: filter
 * @event: event; that some were lost is always to be seen
 *
 * Return: true if so.
 */
bool filter_passes(const struct filter *filter, const struct event *event);

#endif
