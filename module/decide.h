/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Request and policy give a verdict. No allocation, no waiting, no logging.
 */
#ifndef SHIELD_DECIDE_H
#define SHIELD_DECIDE_H

#include <linux/dcache.h>
#include <linux/fs.h>
#include <linux/types.h>

#include "object/name.h"
#include "object/superblock.h"
#include "object/tree.h"
#include "policy/active.h"

/**
 * struct shield_request - what a task wants to do to one file
 * @inode: the file; NULL if it does not exist yet
 * @dentry: its name; NULL if the name does not matter
 * @rights: what is wanted, mask of enum shield_right
 */
struct shield_request {
	struct inode *inode;
	const struct dentry *dentry;
	u16 rights;
};

/**
 * struct shield_verdict - the answer, and why
 * @denied: rights that a rule denies
 * @watched: rights that a rule watches
 * @known: some rule concerns the file at all
 * @is_lasting: the file's own entries deny it to whoever is trusted with
 *              nothing, and will until the index drops an entry
 * @unsettled: a rule is to be looked at again; call shield_settle_later()
 * @mounting: the same, once a mount is done; call shield_settle_mounts()
 * @rule: the first rule that denied, or else that watched, or else that
 *        concerned the file
 * @component: name and directory, if @has_component
 * @has_component: the name was read
 */
struct shield_verdict {
	u16 denied;
	u16 watched;
	bool known;
	bool is_lasting;
	bool unsettled;
	bool mounting;
	u32 rule;
	bool has_component;
	struct shield_component component;
};

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
	       !shield_tree_is_outside(&policy->index, dir, slot);
}

/**
 * shield_decide_has_names() - may the directory of a dentry hold rules' names?
 * @policy: policy in force
 * @dentry: dentry
 *
 * Context: hooks, preemption off.
 * Return: false if certainly not.
 */
static inline bool shield_decide_has_names(const struct shield_policy *policy,
					   const struct dentry *dentry)
{
	const struct dentry *parent = READ_ONCE(dentry->d_parent);
	const struct inode *dir = READ_ONCE(parent->d_inode);

	return dir && shield_index_may_name(&policy->index, dir->i_ino);
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
	       !(dir && shield_tree_is_outside(&policy->index, dir, slot));
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
 * shield_decide_crossings() - a mount goes, and nobody can say which
 * @policy: policy in force
 * @request: what is wanted, and where
 * @verdict: result: every rule whose path leads over a mount must allow
 *
 * Context: hooks, preemption off.
 */
void shield_decide_crossings(struct shield_policy *policy,
			     const struct shield_request *request,
			     struct shield_verdict *verdict);

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

/**
 * shield_decide_control() - may one task take control of another?
 * @policy: policy in force
 * @task: the task to be controlled
 * @by: the task that would control it
 * @number: if not, the rule that names the program which @task runs
 *
 * Context: hooks, preemption off.
 * Return: false if @by would gain the trust of a program.
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
