/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The policy in force, behind the one RCU pointer.
 */
#ifndef SHIELD_POLICY_ACTIVE_H
#define SHIELD_POLICY_ACTIVE_H

#include <linux/mutex.h>
#include <linux/rcupdate.h>
#include <linux/types.h>

#include "object/crossing.h"
#include "object/index.h"
#include "policy/parse.h"
#include "subject/programs.h"

/**
 * struct shield_rule - one rule, ready to be weighed
 * @path: as written, unescaped
 * @except: program groups that it does not concern
 * @grants: what named groups may do all the same
 * @rights: denied or watched
 * @program: program that @path is, or SHIELD_NO_PROGRAM
 * @nr_grants: used elements of @grants
 * @watch: reports, never denies
 * @append_only: somebody may append to the file and not write it
 * @recursive: everything below, too
 * @prefix: longer names, not the path itself
 * @trees: file systems (bit per slot) on which its tree begins
 * @slots: file systems (bit per slot) with a file or name that it is about
 * @crosses: its path leads over a mount other than that of the root
 * @unsettled: a hook entered a pending object; the settle worker looks
 * @mounters: groups that may mount and unmount on the way
 * @line: line of the policy's text; 0 if the rule protects a program file
 *        that no line protects
 * @column: where the path stands in that line
 */
struct shield_rule {
	const char *path;
	u64 except;
	struct shield_grant grants[SHIELD_MAX_GRANTS];
	u16 rights;
	u16 program;
	u8 nr_grants;
	bool watch;
	bool append_only;
	bool recursive;
	bool prefix;
	bool crosses;
	bool unsettled;
	u64 mounters;
	u32 trees;
	u32 slots;
	u32 line;
	u32 column;
};

/**
 * struct shield_policy - a policy; constant but for its index once published
 * @index: protected inodes and names
 * @crossings: mounts on the way to them
 * @rules: rules
 * @groups_of: for each registered program, the groups it is in
 * @any_namespace: groups that are trusted outside init's namespaces, too
 * @windowed: groups that are trusted only in a maintenance window
 * @strict: groups that are trusted only with code that is guarded
 * @adopt: line of the text by which running programs are adopted, or 0
 * @groups: names of the groups
 * @nr_groups: elements of @groups
 * @trees: guarded file systems (bit per slot) that have a recursive rule, or one
 *         about a prefix
 * @rights: all rights that a rule denies or watches
 * @needs: enum shield_when that its rules have
 * @generation: counts loads
 * @nr_rules: elements of @rules, without the one behind them
 * @nr_lines: rules that stand in the text
 * @nr_programs: program files named
 * @name: its name, "" if it has none
 * @text: the text it was loaded from
 * @len: bytes of @text
 * @arena: syntax tree that @rules and @name point into
 */
struct shield_policy {
	struct shield_index index;
	struct shield_crossings crossings;
	struct shield_rule *rules;
	u64 groups_of[SHIELD_MAX_PROGRAMS];
	u64 any_namespace;
	u64 windowed;
	u64 strict;
	u32 adopt;
	const struct shield_ast_group *groups;
	u32 nr_groups;
	u32 trees;
	u16 rights;
	u16 needs;
	u64 generation;
	u32 nr_rules;
	u32 nr_lines;
	u32 nr_programs;
	const char *name;
	char *text;
	size_t len;
	void *arena;
};

/* Held by whoever makes, publishes or retires a policy. Outermost. */
extern struct mutex shield_policy_mutex;

extern struct shield_policy __rcu *shield_policy_active;

/**
 * shield_policy_read() - the policy in force, for a hook
 *
 * Context: preemption off, which is the RCU section of every hook.
 * Return: the policy, or NULL if none was loaded.
 */
static __always_inline struct shield_policy *shield_policy_read(void)
{
	return rcu_dereference_sched(shield_policy_active);
}

/**
 * shield_policy_locked() - the policy in force, for who may change it
 *
 * Context: shield_policy_mutex is held.
 * Return: the policy, or NULL.
 */
static inline struct shield_policy *shield_policy_locked(void)
{
	return rcu_dereference_protected(shield_policy_active,
					 lockdep_is_held(&shield_policy_mutex));
}

/**
 * shield_policy_scratch_rule() - the rule that denies everything
 * @policy: policy
 *
 * Description: It stands behind all others, and nothing but the file that hooks
 * are tried on is under it.
 *
 * Return: its number.
 */
static inline u32 shield_policy_scratch_rule(const struct shield_policy *policy)
{
	return policy->nr_rules;
}

/**
 * shield_policy_publish() - put a policy in force
 * @policy: policy, or NULL for none
 *
 * Returns when no hook can still see the old one.
 *
 * Context: process; sleeps; shield_policy_mutex is held.
 * Return: the old policy, which the caller frees; or NULL.
 */
struct shield_policy *shield_policy_publish(struct shield_policy *policy);

/**
 * shield_policy_free() - free a policy that is not in force
 * @policy: policy, or NULL
 *
 * Context: process; sleeps.
 */
void shield_policy_free(struct shield_policy *policy);

#endif
