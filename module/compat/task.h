/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a kernel may be built without: audit's login user, control groups.
 */
#ifndef SHIELD_COMPAT_TASK_H
#define SHIELD_COMPAT_TASK_H

#include <linux/audit.h>
#include <linux/cgroup.h>
#include <linux/sched.h>

/**
 * shield_task_cgroup() - control group of a task in the unified hierarchy
 * @task: task that the caller keeps from being freed
 *
 * Context: under RCU.
 * Return: its id, which is the inode number of its directory; 0 if there are
 * no control groups.
 */
static inline u64 shield_task_cgroup(struct task_struct *task)
{
#ifdef CONFIG_CGROUPS
	return cgroup_id(task_dfl_cgroup(task));
#else
	return 0;
#endif
}

#endif
