/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The last events as lines, for whoever reads them.
 */
#ifndef SHIELD_EVENT_HISTORY_H
#define SHIELD_EVENT_HISTORY_H

#include <linux/types.h>
#include <linux/wait.h>

/* Woken for each line, and when the history ends. */
extern struct wait_queue_head shield_history_wait;

/**
 * shield_history_add() - append a line, at the cost of the oldest
 * @seq: number of the event; more than of all before
 * @line: its text
 * @len: bytes of @line, below SHIELD_LINE_SIZE
 *
 * Context: the deliver worker; sleeps.
 */
void shield_history_add(u64 seq, const char *line, size_t len);

/**
 * shield_history_reach() - all up to a number is over
 * @seq: number of the last event, for which there may be no line; or 0
 *
 * Context: the deliver worker; sleeps.
 */
void shield_history_reach(u64 seq);

/**
 * shield_history_get() - copy a line
 * @seq: the first number that is wanted; set to the number that was found, or
 *       if there is none, to the next that may come
 * @line: of SHIELD_LINE_SIZE bytes
 *
 * Context: process; sleeps.
 * Return: bytes of the first line whose number is at least @seq; 0 if there is
 * none yet.
 */
size_t shield_history_get(u64 *seq, char *line);

/**
 * shield_history_first() - number of the oldest line
 *
 * Return: the number; that of the next event if there is no line.
 */
u64 shield_history_first(void);

/**
 * shield_history_next() - what the next event will at least be numbered
 *
 * Return: the number.
 */
u64 shield_history_next(void);

/**
 * shield_history_init() - allocate
 *
 * Context: process; sleeps.
 * Return: 0, or -ENOMEM.
 */
int shield_history_init(void);

/**
 * shield_history_exit() - free
 *
 * Context: process; sleeps. Nobody adds or gets any more.
 */
void shield_history_exit(void);

#endif
