/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One rule against one request: what decides which rules concern a request
 * weighs each of them here.
 */
#ifndef SHIELD_WEIGH_H
#define SHIELD_WEIGH_H

#include <linux/dcache.h>
#include <linux/fs.h>

#include "object/name.h"
#include "policy/active.h"

/* Beside rights: what is written was made by the same open(). */
#define SHIELD_FILL BIT(15)

/**
 * struct shield_request - what a task wants to do to one file
 * @inode: the file; NULL if it does not exist yet
 * @dentry: its name; NULL if the name does not matter
 * @rights: what is wanted, mask of enum shield_right; perhaps with SHIELD_FILL
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
 * @lent: rights that a rule would deny but for a maintenance window
 * @lender: the first such rule
 * @known: some rule concerns the file at all
 * @is_lasting: the file's own entries deny it to whoever is trusted with
 *              nothing, and will until the index drops an entry
 * @unsettled: a rule is to be looked at again; call shield_settle_later()
 * @mounting: every rule is, if the act is permitted and once it is done; call
 *            shield_settle_mounts()
 * @held: the file that arrives is open for writing
 * @mapped: it is mapped shared, by somebody who may write there
 * @rule: the first rule that denied, or else that watched, or else that
 *        concerned the file
 * @component: name and directory, if @has_component
 * @has_component: the name was read
 */
struct shield_verdict {
	u16 denied;
	u16 watched;
	u16 lent;
	u32 lender;
	bool known;
	bool is_lasting;
	bool unsettled;
	bool mounting;
	bool held;
	bool mapped;
	u32 rule;
	bool has_component;
	struct shield_component component;
};

/**
 * struct shield_weighing - one request against one policy
 * @policy: policy in force
 * @request: request
 * @verdict: result so far
 * @groups: groups of the current task, if @has_groups
 * @has_groups: they were looked up; only what is protected costs that
 * @is_sure: only rules that are known to concern the file; without it, also
 *           those that could, where nobody can say
 */
struct shield_weighing {
	struct shield_policy *policy;
	const struct shield_request *request;
	struct shield_verdict *verdict;
	u64 groups;
	bool has_groups;
	bool is_sure;
};

/**
 * shield_weigh_begin() - no rule has been weighed
 * @verdict: verdict
 */
void shield_weigh_begin(struct shield_verdict *verdict);

/**
 * shield_weigh() - a rule that concerns the file itself
 * @weighing: request
 * @number: rule
 *
 * Context: hooks, preemption off.
 */
void shield_weigh(struct shield_weighing *weighing, u32 number);

/**
 * shield_weigh_way() - a rule on whose way the file lies
 * @weighing: request
 * @number: rule; if it denies anything, it guards the way
 * @role: what the file is to the rule
 *
 * Context: hooks, preemption off.
 */
void shield_weigh_way(struct shield_weighing *weighing, u32 number,
		      enum shield_role role);

#endif
