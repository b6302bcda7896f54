/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Records on their way from hooks to the worker.
 */
#ifndef SHIELD_EVENT_RING_H
#define SHIELD_EVENT_RING_H

#include "event/record.h"

/**
 * shield_ring_put() - number a record and queue it
 * @record: gets its number; copied
 *
 * Whoever floods cannot take the last quarter, which is for what is_first.
 *
 * Context: any but NMI; does not sleep.
 * Return: true; false if there was no room, which is counted as lost and
 * leaves a gap in the numbers.
 */
bool shield_ring_put(struct shield_record *record);

/**
 * shield_ring_get() - take the oldest record
 * @record: result
 *
 * Context: any but NMI; does not sleep.
 * Return: false if there is none.
 */
bool shield_ring_get(struct shield_record *record);

/**
 * shield_ring_last() - the last number that was given, if nothing is queued
 *
 * Return: number; 0 if there is something in the ring.
 */
u64 shield_ring_last(void);

/**
 * shield_ring_lost() - records that found the ring full
 *
 * Return: exact count since loading.
 */
u64 shield_ring_lost(void);

/**
 * shield_ring_init() - allocate
 *
 * Context: process; sleeps.
 * Return: 0, or -ENOMEM.
 */
int shield_ring_init(void);

/**
 * shield_ring_exit() - free
 *
 * Context: process; sleeps. Nobody puts or gets any more.
 */
void shield_ring_exit(void);

#endif
