/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A file of our own to try hooks on.
 */
#ifndef SHIELD_HOOK_SCRATCH_H
#define SHIELD_HOOK_SCRATCH_H

#include "policy/active.h"

/**
 * shield_scratch_init() - make the file, on a mount of its own
 *
 * Context: process; sleeps.
 * Return: 0, -ENOMEM, or the error of the mount.
 */
int shield_scratch_init(void);

/**
 * shield_scratch_exit() - take file and mount away
 *
 * Context: process; sleeps. Nobody tries hooks any more.
 */
void shield_scratch_exit(void);

/**
 * shield_scratch_lend() - let a policy deny everything about the file
 * @policy: policy in force
 *
 * Context: process; sleeps; shield_policy_mutex is held.
 * Return: 0; -ENOMEM; -ENOSPC if too many file systems are guarded.
 */
int shield_scratch_lend(struct shield_policy *policy);

/**
 * shield_scratch_return() - the file is nobody's business again
 * @policy: policy that it was lent to
 *
 * Context: process; sleeps; shield_policy_mutex is held.
 */
void shield_scratch_return(struct shield_policy *policy);

/**
 * shield_scratch_open() - open it for writing
 *
 * Context: process; sleeps.
 * Return: -ENXIO where nobody denies it, or the error of whoever does.
 */
int shield_scratch_open(void);

/**
 * shield_scratch_truncate() - truncate it by path
 *
 * Context: process; sleeps.
 * Return: 0, or the error of whoever denies it.
 */
int shield_scratch_truncate(void);

#endif
