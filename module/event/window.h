/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How often the same may be told: windows of objects and rights.
 *
 * A window opens with the first event of an object, a right and a rule, which
 * is always told. `ratelimit_burst` events later it suppresses, until the
 * worker closes it after `ratelimit_interval_ms` and tells how many. What is
 * suppressed never reaches the ring, so that a flood of one object cannot take
 * another's place there.
 */
#ifndef SHIELD_EVENT_WINDOW_H
#define SHIELD_EVENT_WINDOW_H

#include <linux/percpu.h>
#include <linux/types.h>

#include "event/event.h"
#include "params.h"

/* Windows open at once; the last one is for all that finds no other. */
#define SHIELD_WINDOWS 257

/**
 * struct shield_window_key - what makes two events the same
 * @sb: file system
 * @object: inode number, or directory and name of what does not exist
 * @rule: line and policy
 * @what: rights and kind; 0 in a window that is closed
 */
struct shield_window_key {
	u64 sb;
	u64 object;
	u64 rule;
	u64 what;
};

/**
 * struct shield_window - one window
 * @key: what it is about
 * @number: of all windows ever opened, so that a reused one is told apart
 * @told: events let through
 * @since: jiffies at which it opened
 */
struct shield_window {
	struct shield_window_key key;
	u64 number;
	unsigned int told;
	unsigned long since;
};

/**
 * struct shield_window_end - a window that was closed
 * @window: which; its index is free to be used again
 * @number: its number
 * @rights: mask of enum shield_right
 * @kind: enum shield_kind
 * @line: line of the rule
 * @suppressed: events that it kept back
 */
struct shield_window_end {
	u16 window;
	u64 number;
	u16 rights;
	u8 kind;
	u32 line;
	u64 suppressed;
};

extern u64 __percpu *shield_window_suppressed;
extern struct shield_window shield_windows[SHIELD_WINDOWS];

/**
 * shield_window_is_full() - has a window let through all that it may?
 * @window: window
 *
 * Context: preemption off.
 * Return: true if one event more is to be suppressed.
 */
static __always_inline bool
shield_window_is_full(const struct shield_window *window)
{
	return READ_ONCE(window->told) >= shield_params_burst();
}

/**
 * shield_window_suppress() - count an event that is not told
 * @window: window, which was looked at in the same section
 *
 * Context: preemption off since @window was found open.
 */
static __always_inline void
shield_window_suppress(const struct shield_window *window)
{
	this_cpu_inc(shield_window_suppressed[window - shield_windows]);
}

/**
 * shield_window_cell() - what shield_window_suppress() adds to on this CPU
 * @window: window
 *
 * Context: preemption off.
 * Return: the counter.
 */
static inline u64 *shield_window_cell(const struct shield_window *window)
{
	return this_cpu_ptr(shield_window_suppressed) +
	       (window - shield_windows);
}

/**
 * shield_window_find() - the window of a happening
 * @happening: happening
 *
 * Context: preemption off, which keeps a window from being used for something
 * else.
 * Return: a window, or NULL if none is open.
 */
struct shield_window *
shield_window_find(const struct shield_happening *happening);

/**
 * shield_window_admit() - may this be told?
 * @happening: happening
 * @is_first: set if it is the first of its window
 *
 * Opens a window if there is none. What may not is counted.
 *
 * Context: any but NMI; preemption off; does not sleep.
 * Return: index of the window, or -1 if it is suppressed.
 */
int shield_window_admit(const struct shield_happening *happening,
			bool *is_first);

/**
 * shield_window_close() - close windows that are over
 * @all: those that are not over, too
 * @tell: called for each that suppressed anything
 *
 * Context: the deliver worker, or after it ended; sleeps.
 */
void shield_window_close(bool all,
			 void (*tell)(const struct shield_window_end *end));

/**
 * shield_window_any() - is any window open?
 *
 * Return: false if there is nothing to close.
 */
bool shield_window_any(void);

/**
 * shield_window_suppressed_all() - events that were not told
 *
 * Return: exact sum since loading.
 */
u64 shield_window_suppressed_all(void);

/**
 * shield_window_init() - allocate
 *
 * Context: process; sleeps.
 * Return: 0, or -ENOMEM.
 */
int shield_window_init(void);

/**
 * shield_window_exit() - free
 *
 * Context: process; sleeps. Nobody tells any more.
 */
void shield_window_exit(void);

#endif
