/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Programs that policies trust, known beyond the life of one policy.
 *
 * A running task carries the number of its program. What the number is
 * trusted with is the business of the policy in force, so a new policy
 * concerns running programs at once, and none is trusted with what a former
 * policy allowed.
 */
#ifndef SHIELD_SUBJECT_PROGRAMS_H
#define SHIELD_SUBJECT_PROGRAMS_H

#include <linux/types.h>

/* No program: the subject is trusted with nothing. */
#define SHIELD_NO_PROGRAM 0xffff

/**
 * shield_program_intern() - number of a program
 * @path: its path as the policy writes it
 *
 * The caller owns one reference.
 *
 * Context: process; sleeps; shield_policy_mutex is held.
 * Return: number below SHIELD_MAX_PROGRAMS; -ENOMEM; -E2BIG if running tasks
 * and policies use that many others.
 */
int shield_program_intern(const char *path);

/**
 * shield_program_get() - one more reference
 * @program: number that the caller or the policy in force has a reference on
 *
 * Context: any.
 */
void shield_program_get(u16 program);

/**
 * shield_program_put() - drop a reference
 * @program: number
 *
 * Context: any.
 */
void shield_program_put(u16 program);

/**
 * shield_program_exit() - forget all programs
 *
 * Context: process; no references are left.
 */
void shield_program_exit(void);

#endif
