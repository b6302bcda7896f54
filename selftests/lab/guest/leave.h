/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How process 1 ends QEMU with a status that no kernel that panics gives: by the
 * device isa-debug-exit. A machine without ports has none, and switches itself off.
 */
#ifndef SHIELD_LAB_LEAVE_H
#define SHIELD_LAB_LEAVE_H

#include <stdbool.h>

#ifdef __x86_64__

#include <sys/io.h>

#define DEBUG_EXIT_PORT 0xf4

/* A kernel that is locked down lets nobody use ports: ask before a test does that. */
static inline bool leave_prepare(void)
{
	return !ioperm(DEBUG_EXIT_PORT, 1, 1);
}

/* For those that process 1 starts. */
static inline void leave_forbid(void)
{
	ioperm(DEBUG_EXIT_PORT, 1, 0);
}

static inline void leave(void)
{
	outb(0, DEBUG_EXIT_PORT);
}

#else

static inline bool leave_prepare(void)
{
	return false;
}

static inline void leave_forbid(void)
{
}

static inline void leave(void)
{
}

#endif

#endif
