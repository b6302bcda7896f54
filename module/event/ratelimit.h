/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How often the log may be told the same: per object and right.
 */
#ifndef SHIELD_EVENT_RATELIMIT_H
#define SHIELD_EVENT_RATELIMIT_H

#include "event/record.h"

/**
 * struct shield_allowance - one object and right, and its window
 * @like: the last record counted here: names object and right
 * @since: jiffies at which the window began; the element is free while
 *         @printed is 0
 * @printed: lines in this window
 * @suppressed: records in this window that became no line
 */
struct shield_allowance {
	struct shield_record like;
	unsigned long since;
	unsigned int printed;
	u64 suppressed;
};

/**
 * shield_ratelimit_allow() - may this record become a line?
 * @record: record
 * @closed: set to a copy of an allowance that had to be closed to make room
 *          or because its window was over, and that suppressed something
 *
 * The first record of an object and right always may.
 *
 * Context: the deliver worker only.
 * Return: true if it may; @closed->suppressed is 0 if nothing is to be told.
 */
bool shield_ratelimit_allow(const struct shield_record *record,
			    struct shield_allowance *closed);

/**
 * shield_ratelimit_close() - find a window that is over and suppressed some
 * @closed: set to a copy of it
 * @all: take windows that are not over, too
 *
 * Context: the deliver worker, or after it ended.
 * Return: false if there is none.
 */
bool shield_ratelimit_close(struct shield_allowance *closed, bool all);

/**
 * shield_ratelimit_waiting() - is any suppressed record still to be told?
 *
 * Context: the deliver worker only.
 * Return: true if so.
 */
bool shield_ratelimit_waiting(void);

#endif
