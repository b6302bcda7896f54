/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a kernel may be built without: audit's login user, control groups. And
 * what one that checks its locks does not let modules use.
 */
#ifndef SHIELD_COMPAT_TASK_H
#define SHIELD_COMPAT_TASK_H

#include <linux/audit.h>
#include <linux/cgroup.h>
#include <linux/rculist.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>

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

/**
 * shield_for_each_thread() - for_each_process_thread()
 * @process: the thread's process
 * @thread: the thread
 *
 * With PROVE_RCU_LIST, that of <linux/sched/signal.h> asks whether
 * tasklist_lock is held, which no module can.
 *
 * Context: under RCU. "break" leaves only the process.
 */
#define shield_for_each_thread(process, thread) \
	for_each_process(process)               \
		list_for_each_entry_rcu(        \
			thread, &(process)->signal->thread_head, thread_node)

#endif
