/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where the kernel's functions are that shield hooks, and what stands there.
 */
#ifndef SHIELD_HOOK_SITE_H
#define SHIELD_HOOK_SITE_H

#include <linux/types.h>

/**
 * shield_site_init() - find the address of every point
 *
 * Context: process; sleeps. Once, before any other function here.
 * Return: 0, or -ENOMEM.
 */
int shield_site_init(void);

/**
 * shield_site_address() - where a point is
 * @point: point
 *
 * Return: address of the instruction that ftrace patches; 0 if this kernel
 * does not have the function.
 */
unsigned long shield_site_address(unsigned int point);

/**
 * shield_site_missing() - points whose function this kernel does not have
 *
 * Return: set of points.
 */
u64 shield_site_missing(void);

/**
 * shield_site_calls() - does the function begin with a call?
 * @point: point, not missing
 *
 * Waits while the kernel changes the instruction.
 *
 * Context: process; sleeps.
 * Return: false if not, which is so for a function that nobody hooks by ftrace.
 */
bool shield_site_calls(unsigned int point);

#endif
