/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The worker that completes records and gives them to the sinks.
 */
#ifndef SHIELD_EVENT_DELIVER_H
#define SHIELD_EVENT_DELIVER_H

#include <linux/types.h>

/**
 * enum shield_sink - where an event is told, besides the tracepoint
 * @SHIELD_SINK_EVENTS: the file `events`
 * @SHIELD_SINK_LOG: the kernel log
 * @SHIELD_SINK_AUDIT: audit
 * @SHIELD_SINK_AUDIT_FAILED: audit took none
 * @SHIELD_NR_SINKS: number of sinks
 */
enum shield_sink {
	SHIELD_SINK_EVENTS,
	SHIELD_SINK_LOG,
	SHIELD_SINK_AUDIT,
	SHIELD_SINK_AUDIT_FAILED,
	SHIELD_NR_SINKS,
};

/**
 * shield_deliver_soon() - there is something in the ring
 *
 * Context: any but NMI; does not sleep.
 */
void shield_deliver_soon(void);

/**
 * shield_deliver_count() - events that a sink was given
 * @sink: which
 *
 * Return: exact count since loading.
 */
u64 shield_deliver_count(enum shield_sink sink);

/**
 * shield_deliver_init() - allocate
 *
 * Context: process; sleeps.
 * Return: 0, or -ENOMEM.
 */
int shield_deliver_init(void);

/**
 * shield_deliver_exit() - tell the rest, stop, free
 *
 * Context: process; sleeps. Nobody puts into the ring any more.
 */
void shield_deliver_exit(void);

#endif
