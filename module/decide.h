/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Request and policy give a verdict. No allocation, no waiting, no logging.
 */
#ifndef SHIELD_DECIDE_H
#define SHIELD_DECIDE_H

#include <linux/dcache.h>
#include <linux/fs.h>
#include <linux/types.h>

#include "decide_task.h"
#include "object/name.h"
#include "object/superblock.h"
#include "object/tree.h"
#include "policy/active.h"
#include "weigh.h"

/**
 * shield_decide_may_hold() - quick look whether an inode could be protected
 * @policy: policy in force
 * @inode: file
 * @slot: slot of its super block, or SHIELD_NO_SLOT
 *
 * Context: hooks, preemption off.
 * Return: false if no rule concerns the inode.
 */
static __always_inline bool
shield_decide_may_hold(const struct shield_policy *policy,
		       const struct inode *inode, int slot)
{
	return slot >= 0 && shield_index_may_hold(&policy->index, inode->i_ino);
}

/**
 * shield_decide_may_name() - quick look whether a name could be protected
 * @policy: policy in force
 * @dentry: name
 * @slot: slot of its super block, or SHIELD_NO_SLOT
 *
 * This and shield_decide_may_hold() are what an open for writing costs on a
 * guarded file system.
 *
 * Context: hooks, preemption off.
 * Return: false if no rule concerns the name or a tree that holds it.
 */
static __always_inline bool
shield_decide_may_name(const struct shield_policy *policy,
		       const struct dentry *dentry, int slot)
{
	const struct inode *dir;

	if (slot < 0)
		return false;
	dir = READ_ONCE(READ_ONCE(dentry->d_parent)->d_inode);
	if (unlikely(!dir) || shield_index_may_name(&policy->index, dir->i_ino))
		return true;
	return policy->trees & BIT(slot) &&
	       !shield_tree_is_outside(&policy->index, dir);
}

/**
 * shield_decide_may_be_in_tree() - may a recursive rule hold a dentry?
 * @policy: policy in force
 * @dentry: dentry
 * @slot: slot of its super block
 *
 * Context: hooks, preemption off.
 * Return: false if its directory was just found outside all trees.
 */
static inline bool
shield_decide_may_be_in_tree(const struct shield_policy *policy,
			     const struct dentry *dentry, int slot)
{
	const struct dentry *parent = READ_ONCE(dentry->d_parent);
	const struct inode *dir = READ_ONCE(parent->d_inode);

	return policy->trees & BIT(slot) &&
	       !(dir && shield_tree_is_outside(&policy->index, dir));
}

/**
 * shield_decide() - judge a request by the current task
 * @policy: policy in force
 * @request: request
 * @verdict: result
 *
 * A file that is found under a protected name and is not known yet becomes
 * known.
 *
 * Context: hooks, preemption off.
 */
void shield_decide(struct shield_policy *policy,
		   const struct shield_request *request,
		   struct shield_verdict *verdict);

/**
 * enum shield_width - what a request may mean that does not say it
 * @SHIELD_SOME_MOUNT: a mount that a rule's path leads over
 * @SHIELD_SOME_FILE: a file of the file system
 * @SHIELD_SOME_APPENDED: one of those that somebody may append to and not write
 * @SHIELD_SOME_ENTRY: an entry of the directory
 * @SHIELD_EVERY_FILE: all files of the file system, and nothing is changed: what
 *                     rules deny is told and not denied
 */
enum shield_width {
	SHIELD_SOME_MOUNT,
	SHIELD_SOME_FILE,
	SHIELD_SOME_APPENDED,
	SHIELD_SOME_ENTRY,
	SHIELD_EVERY_FILE,
};

/**
 * shield_decide_wide() - judge a request that does not say which file it means
 * @policy: policy in force
 * @request: what is wanted; its inode is of the file system, or the directory
 * @width: every rule about one of these must allow it
 * @verdict: result
 *
 * Context: hooks, preemption off.
 */
void shield_decide_wide(struct shield_policy *policy,
			const struct shield_request *request,
			enum shield_width width,
			struct shield_verdict *verdict);

/**
 * shield_decide_for() - judge a request by another task
 * @policy: policy in force
 * @task: task, which the caller keeps from being freed
 * @request: request
 * @verdict: result
 *
 * Context: any but NMI, preemption off.
 */
void shield_decide_for(struct shield_policy *policy,
		       const struct task_struct *task,
		       const struct shield_request *request,
		       struct shield_verdict *verdict);

/**
 * shield_decide_is_guarded() - is a file certainly under `deny modify`?
 * @policy: policy in force
 * @inode: file
 * @dentry: name by which it was opened
 *
 * Description: For who is in no group, and where in doubt not.
 *
 * Context: hooks, preemption off.
 * Return: true if so.
 */
bool shield_decide_is_guarded(struct shield_policy *policy, struct inode *inode,
			      const struct dentry *dentry);

/**
 * shield_decide_arrival() - a file is about to come under a name
 * @policy: policy in force
 * @request: the file, and the name that it will have; the act was allowed
 * @verdict: result: denied if the file could not be entered
 *
 * Enters the file for every rule of the name, before it can be opened there.
 *
 * Context: hooks, preemption off; the directory's i_rwsem is held.
 */
void shield_decide_arrival(struct shield_policy *policy,
			   const struct shield_request *request,
			   struct shield_verdict *verdict);

#endif
