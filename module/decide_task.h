/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a task is trusted with.
 */
#ifndef SHIELD_DECIDE_TASK_H
#define SHIELD_DECIDE_TASK_H

#include <linux/dcache.h>
#include <linux/fs.h>
#include <linux/sched.h>

#include "policy/active.h"
#include "subject/tag.h"

/**
 * shield_decide_control() - may one task take control of another?
 * @policy: policy in force
 * @task: the task to be controlled
 * @by: the task that would control it
 * @number: if not, the rule that names the program which @task runs, or one
 *          that denies mounts
 *
 * Context: hooks, preemption off.
 * Return: false if @by would gain the trust of a program, or rule over mounts,
 * which process 1 does for all.
 */
bool shield_decide_control(const struct shield_policy *policy,
			   const struct task_struct *task,
			   const struct task_struct *by, u32 *number);

/**
 * shield_decide_groups() - program groups that the current task is in
 * @policy: policy in force
 *
 * Context: hooks, preemption off.
 * Return: mask of groups; 0 for a task that is dying.
 */
u64 shield_decide_groups(const struct shield_policy *policy);

/**
 * shield_decide_groups_of() - program groups that a task is in
 * @policy: policy in force
 * @task: task, which the caller keeps from being freed
 *
 * Context: any but NMI, preemption off.
 * Return: mask of groups.
 */
u64 shield_decide_groups_of(const struct shield_policy *policy,
			    const struct task_struct *task);

/**
 * shield_decide_strict() - does the policy call a program strict?
 * @policy: policy
 * @subject: who runs it; whether its own `strict` is set does not matter
 *
 * Context: any.
 * Return: the groups that it is in and that are strict; 0 if not.
 */
u64 shield_decide_strict(const struct shield_policy *policy,
			 const struct shield_subject *subject);

/**
 * shield_decide_path() - where a trusted program is
 * @policy: policy
 * @program: its number
 *
 * Context: any. The policy owns the text.
 * Return: the path by which the policy names it first; "" if it does not.
 */
const char *shield_decide_path(const struct shield_policy *policy, u16 program);

/**
 * shield_decide_program() - which trusted program is in a file
 * @policy: policy in force
 * @inode: file that is being executed
 * @dentry: its name
 *
 * Context: hooks, preemption off.
 * Return: the program's number, or SHIELD_NO_PROGRAM.
 */
u16 shield_decide_program(const struct shield_policy *policy,
			  const struct inode *inode,
			  const struct dentry *dentry);

#endif
