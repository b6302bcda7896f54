// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a task is trusted with.
 */
#include "decide_task.h"

#include "object/name.h"
#include "object/object.h"
#include "object/superblock.h"
#include "subject/upkeep.h"

/*
 * A task that a signal killed writes its core where others told it to: with
 * that, it acts for them.
 */
static bool is_dying(void)
{
	return current->flags & (PF_SIGNALED | PF_DUMPCORE | PF_EXITING);
}

/* In a maintenance window or not: it may be trusted later than it maps. */
u64 shield_decide_strict(const struct shield_policy *policy,
			 const struct shield_subject *subject)
{
	u64 groups;

	if (subject->program >= SHIELD_MAX_PROGRAMS)
		return 0;
	groups = policy->groups_of[subject->program] & policy->strict;
	return subject->confined ? groups & policy->any_namespace : groups;
}

static u64 groups_of_subject(const struct shield_policy *policy,
			     struct shield_subject subject)
{
	u64 groups;

	if (subject.program >= SHIELD_MAX_PROGRAMS)
		return 0;
	groups = policy->groups_of[subject.program];
	if (groups & policy->windowed && !shield_upkeep_lasts(subject.window))
		groups &= ~policy->windowed;
	if (!subject.strict)
		groups &= ~policy->strict;
	return subject.confined ? groups & policy->any_namespace : groups;
}

u64 shield_decide_groups(const struct shield_policy *policy)
{
	if (is_dying())
		return 0;
	return groups_of_subject(policy, shield_tag_read(current));
}

u64 shield_decide_groups_of(const struct shield_policy *policy,
			    const struct task_struct *task)
{
	return groups_of_subject(policy, shield_tag_read(task));
}

/*
 * Once its path leads to another file, a program is not the program any more,
 * under whatever name it is still found. Nor is one that has no name.
 */
static bool find_program(const struct shield_policy *policy,
			 const struct shield_key *key, u16 *program)
{
	struct shield_object *object;
	bool former = false;
	u16 found;

	object = shield_object_first(&policy->index, key);
	for (; object; object = shield_object_next(object)) {
		found = policy->rules[object->rule].program;
		if (object->role != SHIELD_TARGET || found == SHIELD_NO_PROGRAM)
			continue;
		if (!READ_ONCE(object->former)) {
			*program = found;
			return true;
		}
		former = true;
	}
	return former;
}

u16 shield_decide_program(const struct shield_policy *policy,
			  const struct inode *inode,
			  const struct dentry *dentry)
{
	int slot = shield_superblock_slot(inode->i_sb);
	const struct shield_name *name = NULL;
	struct shield_component component;
	struct shield_key key;
	u16 program = SHIELD_NO_PROGRAM;

	if (slot < 0 || !inode->i_nlink ||
	    !shield_superblock_is_original(inode->i_sb))
		return program;
	key = shield_object_key(inode, slot);
	if (find_program(policy, &key, &program) ||
	    dentry->d_sb != inode->i_sb ||
	    !shield_name_may_be_in(&policy->index, dentry) ||
	    shield_component_read(dentry, slot, &component))
		return program;
	while (program == SHIELD_NO_PROGRAM &&
	       (name = shield_name_next(&policy->index, &component, name)))
		if (!name->awaited)
			program = policy->rules[name->rule].program;
	return program;
}

/* The first that is there for a program, or as many as there are. */
static u32 rule_of(const struct shield_policy *policy, u16 program)
{
	u32 i = 0;

	while (i < policy->nr_rules && policy->rules[i].program != program)
		i++;
	return i;
}

const char *shield_decide_path(const struct shield_policy *policy, u16 program)
{
	u32 rule = rule_of(policy, program);

	return rule < policy->nr_rules ? policy->rules[rule].path : "";
}

/*
 * Process 1 says for everybody what is mounted where, and where paths begin,
 * also those of the next policy.
 */
static bool rules_mounts(const struct shield_policy *policy,
			 const struct task_struct *task, u64 groups,
			 u32 *number)
{
	const struct shield_rule *rule = policy->rules;
	u32 i;

	if (task->tgid != 1)
		return false;
	for (i = 0; i < policy->nr_rules; i++, rule++) {
		if (rule->watch || !(rule->rights & SHIELD_MOUNT) ||
		    (rule->except | rule->mounters) & groups)
			continue;
		*number = i;
		return true;
	}
	return false;
}

bool shield_decide_control(const struct shield_policy *policy,
			   const struct task_struct *task,
			   const struct task_struct *by, u32 *number)
{
	struct shield_subject subject = shield_tag_read(task);
	u64 has = groups_of_subject(policy, shield_tag_read(by));

	if (rules_mounts(policy, task, has, number))
		return false;
	if (!(groups_of_subject(policy, subject) & ~has))
		return true;
	*number = rule_of(policy, subject.program);
	if (*number == policy->nr_rules)
		*number = 0;
	return false;
}
