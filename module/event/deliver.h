/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The worker that tells the kernel log.
 */
#ifndef SHIELD_EVENT_DELIVER_H
#define SHIELD_EVENT_DELIVER_H

/**
 * shield_deliver_soon() - there is something in the ring
 *
 * Context: any but NMI; does not sleep.
 */
void shield_deliver_soon(void);

/**
 * shield_deliver_exit() - tell the rest and stop
 *
 * Context: process; sleeps. Nobody puts into the ring any more.
 */
void shield_deliver_exit(void);

#endif
