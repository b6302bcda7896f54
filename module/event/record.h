/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One event as it lies in the ring: numbers and small copies.
 */
#ifndef SHIELD_EVENT_RECORD_H
#define SHIELD_EVENT_RECORD_H

#include <linux/sched.h>
#include <linux/types.h>

#include "event/event.h"

/* Longer paths, names and notes are cut. */
#define SHIELD_RECORD_PATH 192
#define SHIELD_RECORD_NAME 64
#define SHIELD_RECORD_NOTE 96

/**
 * struct shield_record - one event
 * @kind: enum shield_kind
 * @rights: mask of enum shield_right
 * @line: line of the rule
 * @generation: policy
 * @ino: inode number, or 0
 * @dev: device number of the file system
 * @hook: name of the hooked function
 * @tgid: process
 * @uid: its real user in the initial user namespace
 * @comm: name of the task
 * @path: path of the rule
 * @name: name that it was reached by, or ""
 * @note: a few words more, or ""
 */
struct shield_record {
	u8 kind;
	u16 rights;
	u32 line;
	u64 generation;
	u64 ino;
	dev_t dev;
	const char *hook;
	pid_t tgid;
	uid_t uid;
	char comm[TASK_COMM_LEN];
	char path[SHIELD_RECORD_PATH];
	char name[SHIELD_RECORD_NAME];
	char note[SHIELD_RECORD_NOTE];
};

#endif
