/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Every limit of a policy, in one place. docs/policy.md repeats this table;
 * the tests load a policy at each limit and one past it.
 */
#ifndef SHIELD_POLICY_LIMITS_H
#define SHIELD_POLICY_LIMITS_H

/* Bytes of one policy text, that is of one write(). */
#define SHIELD_MAX_TEXT (16U << 20)

/* Bytes of one path without its terminating NUL (PATH_MAX - 1). */
#define SHIELD_MAX_PATH 4095U

/* Bytes of one path component (NAME_MAX). */
#define SHIELD_MAX_COMPONENT 255U

/* Bytes of a policy's or program group's name. */
#define SHIELD_MAX_NAME 63U

/* Program groups (`program NAME …`): one bit each in a u64. */
#define SHIELD_MAX_GROUPS 64U

/* Program files over all groups. */
#define SHIELD_MAX_PROGRAMS 1024U

/* protect and watch lines. */
#define SHIELD_MAX_RULES 65536U

/* `allow RIGHTS to PROGRAMS` clauses of one rule. */
#define SHIELD_MAX_GRANTS 4U

#endif
