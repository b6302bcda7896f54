/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Records on their way from hooks to the worker.
 */
#ifndef SHIELD_EVENT_RING_H
#define SHIELD_EVENT_RING_H

#include "event/record.h"

/**
 * shield_ring_put() - queue a record
 * @record: copied
 *
 * Context: any but NMI; does not sleep.
 * Return: true; false if the ring was full, which is counted as lost.
 */
bool shield_ring_put(const struct shield_record *record);

/**
 * shield_ring_get() - take the oldest record
 * @record: result
 *
 * Context: any but NMI; does not sleep.
 * Return: false if there is none.
 */
bool shield_ring_get(struct shield_record *record);

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
