/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where process 1 is. Kernel threads used to share its root; since 7.3 theirs
 * is empty.
 */
#ifndef SHIELD_COMPAT_HOME_H
#define SHIELD_COMPAT_HOME_H

#include <linux/fs_struct.h>
#include <linux/sched.h>
#include <linux/sched/task.h>

/**
 * shield_init_fs() - root and working directory of process 1
 *
 * Return: shared with process 1, which may change it at any time.
 */
static inline const struct fs_struct *shield_init_fs(void)
{
#ifdef SHIELD_HAS_userspace_init_fs
	return userspace_init_fs;
#else
	/* Process 1 is created with CLONE_FS: both change root together. */
	return init_task.fs;
#endif
}

/**
 * shield_call_as_init() - walk paths in a kernel thread as process 1 would
 * @call: what to do
 *
 * Context: a kernel thread.
 */
static inline void shield_call_as_init(void (*call)(void))
{
#ifdef SHIELD_HAS_userspace_init_fs
	scoped_with_init_fs() call();
#else
	call();
#endif
}

#endif
