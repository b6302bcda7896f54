/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What code a strict program may execute.
 */
#ifndef SHIELD_DECIDE_CODE_H
#define SHIELD_DECIDE_CODE_H

#include <linux/fs.h>

#include "policy/active.h"

/**
 * struct shield_code - memory that is to be executed
 * @file: file that is mapped there; NULL for memory of no file
 * @shared: writes by others show in it
 * @writable: it is to be written as well
 * @written: its task has written some of it
 */
struct shield_code {
	const struct file *file;
	bool shared;
	bool writable;
	bool written;
};

/**
 * shield_decide_steady() - is the code what is in its file?
 * @code: what is executed
 *
 * Return: NULL if so, otherwise why not in a few words.
 */
const char *shield_decide_steady(const struct shield_code *code);

/**
 * shield_decide_code() - may a strict program execute this?
 * @policy: policy in force
 * @code: what it wants to execute
 *
 * Context: hooks, preemption off.
 * Return: NULL if it may, otherwise the reason in a few words.
 */
const char *shield_decide_code(struct shield_policy *policy,
			       const struct shield_code *code);

#endif
