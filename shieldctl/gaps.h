/* SPDX-License-Identifier: GPL-2.0-only */
/* When shield was not there since the machine started. */
#ifndef SHIELDCTL_GAPS_H
#define SHIELDCTL_GAPS_H

#include <stdbool.h>
#include <stddef.h>

#define GAPS_MOST 64

/**
 * struct gap - a time without shield
 * @from: seconds since 1970
 * @to: the same; 0 if it lasts
 */
struct gap {
	double from;
	double to;
};

/**
 * struct gaps - all that is known of
 * @all: the first begins with the machine
 * @nr: elements of @all
 * @has_log: shield-record keeps a log, so that later ones are known, too
 */
struct gaps {
	struct gap all[GAPS_MOST];
	size_t nr;
	bool has_log;
};

/**
 * gaps_read() - ask the kernel and the log
 * @gaps: result
 */
void gaps_read(struct gaps *gaps);

#endif
