/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which programs a maintenance window names, for as long as it is open.
 *
 * A task joins the window when it executes such a program. It carries the
 * window's number, and no two windows have the same: so what was trusted in one
 * is not trusted in the next.
 */
#ifndef SHIELD_SUBJECT_UPKEEP_H
#define SHIELD_SUBJECT_UPKEEP_H

#include <linux/bitmap.h>
#include <linux/types.h>

#include "policy/limits.h"

/**
 * shield_upkeep_joins() - does who executes a program join a window?
 * @program: number of the program
 *
 * Context: any but NMI, preemption off.
 * Return: number of the window; 0 if none is open, or it does not name this.
 */
u32 shield_upkeep_joins(u16 program);

/**
 * shield_upkeep_lasts() - is a window still open?
 * @window: its number, or 0
 *
 * Description: By CLOCK_BOOTTIME, which nobody can set and which goes on while
 * the machine sleeps.
 *
 * Context: any but NMI.
 * Return: true if so.
 */
bool shield_upkeep_lasts(u32 window);

/**
 * shield_upkeep_note() - which window is or was open, in words
 *
 * Context: any.
 * Return: a string that the next window changes; it stays terminated.
 */
const char *shield_upkeep_note(void);

/**
 * shield_upkeep_left() - how long the window is still open
 *
 * Context: any.
 * Return: seconds, at least 1; 0 if none is open.
 */
u32 shield_upkeep_left(void);

/**
 * shield_upkeep_open() - open a window
 * @programs: set of numbers of programs, which the caller has references on
 * @seconds: for how long
 * @serial: number of its token
 *
 * Context: process; shield_policy_mutex is held; none is open.
 */
void shield_upkeep_open(const unsigned long *programs, u32 seconds, u64 serial);

/**
 * shield_upkeep_close() - close the window, if one is open
 *
 * Context: process; shield_policy_mutex is held.
 * Return: true if none has closed it before.
 */
bool shield_upkeep_close(void);

#endif
