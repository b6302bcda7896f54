/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * From a hook's arguments to its answer: decide, tell, obey `enforce`.
 */
#ifndef SHIELD_HOOK_JUDGE_H
#define SHIELD_HOOK_JUDGE_H

#include <linux/preempt.h>
#include <linux/types.h>

#include "decide.h"
#include "decide_code.h"
#include "policy/active.h"

struct dentry;
struct inode;
struct path;
struct task_struct;

/* Set while a rule denies or watches read or exec: opens for reading count. */
extern bool shield_judge_reads;

/* The hook that has last denied something about the file hooks are tried on. */
extern const char *shield_judge_tried;

/**
 * shield_judge_begin() - enter the RCU section of a hook
 *
 * Description: Preemption off, not rcu_read_lock(): the latter is a call on Debian's
 * kernels, and synchronize_rcu() waits for both.
 *
 * Return: the policy in force, or NULL; shield_judge_end() must follow.
 */
static __always_inline struct shield_policy *shield_judge_begin(void)
{
	preempt_disable_notrace();
	return shield_policy_read();
}

/* Leave the RCU section of a hook. */
static __always_inline void shield_judge_end(void)
{
	preempt_enable_notrace();
}

/**
 * shield_judge() - judge one wish of the current task
 * @policy: what shield_judge_begin() returned
 * @hook: name of the hooked function, for the event
 * @inode: the file; NULL if it does not exist yet
 * @dentry: its name; NULL if only the inode matters
 * @rights: what is wanted, mask of enum shield_right
 *
 * Each denial is an event and a count before it is an answer.
 *
 * Context: between begin and end.
 * Return: 0, or -EACCES.
 */
long shield_judge(struct shield_policy *policy, const char *hook,
		  struct inode *inode, const struct dentry *dentry, u16 rights);

/**
 * shield_judge_concerned() - judge what a rule may concern
 * @policy: policy in force
 * @hook: name of the hooked function, for the event
 * @inode: the file; NULL if it does not exist yet
 * @dentry: its name; NULL if only the inode matters
 * @rights: what is wanted, mask of enum shield_right
 *
 * As shield_judge(), for who has had the quick look already.
 *
 * Context: between begin and end.
 * Return: 0, or -EACCES.
 */
long shield_judge_concerned(struct shield_policy *policy, const char *hook,
			    struct inode *inode, const struct dentry *dentry,
			    u16 rights);

/**
 * shield_judge_wide() - judge a wish that does not say which file it means
 * @policy: what shield_judge_begin() returned
 * @hook: name of the hooked function, for the event
 * @at: on the file system, or the directory
 * @rights: what is wanted, mask of enum shield_right
 * @width: what it may mean
 *
 * Context: between begin and end.
 * Return: 0, or -EACCES.
 */
long shield_judge_wide(struct shield_policy *policy, const char *hook,
		       const struct path *at, u16 rights,
		       enum shield_width width);

/**
 * shield_judge_arrival() - a file is about to come under a name
 * @policy: what shield_judge_begin() returned
 * @hook: name of the hooked function, for the event
 * @inode: the file
 * @dentry: the name
 *
 * Context: between begin and end; the act itself was allowed.
 * Return: 0, or -EACCES if there is no memory to protect the file.
 */
long shield_judge_arrival(struct shield_policy *policy, const char *hook,
			  struct inode *inode, const struct dentry *dentry);

/**
 * shield_judge_control() - judge that one task takes control of another
 * @policy: what shield_judge_begin() returned
 * @hook: name of the hooked function, for the event
 * @task: the task to be controlled
 * @by: the task that would control it
 *
 * Context: between begin and end.
 * Return: 0, or -EACCES.
 */
long shield_judge_control(struct shield_policy *policy, const char *hook,
			  const struct task_struct *task,
			  const struct task_struct *by);

/**
 * shield_judge_code() - judge what the current task wants to execute
 * @policy: what shield_judge_begin() returned
 * @hook: name of the hooked function, for the event
 * @code: memory
 *
 * Description: Only a task that runs a strict program is denied anything.
 *
 * Context: between begin and end.
 * Return: 0, or -EACCES.
 */
long shield_judge_code(struct shield_policy *policy, const char *hook,
		       const struct shield_code *code);

#endif
