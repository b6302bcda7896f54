/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One event as it lies in the ring: numbers and small copies.
 */
#ifndef SHIELD_EVENT_RECORD_H
#define SHIELD_EVENT_RECORD_H

#include <linux/sched.h>
#include <linux/types.h>

#include "event/event.h"

/* Longer paths lose their beginning, longer notes and rules their end. */
#define SHIELD_RECORD_PATH 256
#define SHIELD_RECORD_PROGRAM 160
#define SHIELD_RECORD_RULE 128
#define SHIELD_RECORD_NOTE 96

/**
 * struct shield_trail - where a file is in its file system
 * @dev: the file system's device number
 * @at: where in the text the path begins; the text ends with a NUL
 * @is_cut: its beginning did not fit
 */
struct shield_trail {
	dev_t dev;
	u16 at;
	bool is_cut;
};

/**
 * struct shield_record - one event
 * @seq: its number; counts events that were admitted, lost ones included
 * @mono_ns: CLOCK_MONOTONIC
 * @real_ns: CLOCK_REALTIME
 * @generation: policy
 * @ino: inode number, or 0
 * @cgroup: id of the task's cgroup (v2), or 0
 * @count: for SHIELD_SUPPRESSED, how many
 * @opened: number of the window that admitted it
 * @hook: name of the hooked function
 * @line: line of the rule
 * @dev: device number of the object's file system, or 0
 * @pid: thread, as the initial namespace sees it
 * @tgid: process
 * @ppid: its parent
 * @uid: its real user in the initial user namespace
 * @loginuid: who logged in, or (uid_t)-1
 * @window: index of the window that admitted it
 * @rights: mask of enum shield_right
 * @kind: enum shield_kind
 * @of: for SHIELD_SUPPRESSED, the kind that was suppressed
 * @is_first: it is the first of its window
 * @file: how @path is to be read
 * @exe: how @program is to be read
 * @comm: name of the task
 * @rule: path of the rule
 * @note: a few words more, or ""
 * @path: the object, seen from the root of its file system; "" if unknown
 * @program: the task's program, seen from the root of its file system
 */
struct shield_record {
	u64 seq;
	u64 mono_ns;
	u64 real_ns;
	u64 generation;
	u64 ino;
	u64 cgroup;
	u64 count;
	u64 opened;
	const char *hook;
	u32 line;
	dev_t dev;
	pid_t pid;
	pid_t tgid;
	pid_t ppid;
	uid_t uid;
	uid_t loginuid;
	u16 window;
	u16 rights;
	u8 kind;
	u8 of;
	bool is_first;
	struct shield_trail file;
	struct shield_trail exe;
	char comm[TASK_COMM_LEN];
	char rule[SHIELD_RECORD_RULE];
	char note[SHIELD_RECORD_NOTE];
	char path[SHIELD_RECORD_PATH];
	char program[SHIELD_RECORD_PROGRAM];
};

#endif
