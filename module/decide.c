// SPDX-License-Identifier: GPL-2.0-only
/*
 * Request and policy give a verdict.
 */
#include "decide.h"

#include <linux/sched.h>

#include "object/object.h"
#include "subject/tag.h"

/* What would put a path out of reach if it happened to one of its ancestors. */
#define ANCESTOR_RIGHTS (SHIELD_REMOVE | SHIELD_MOUNT)

/**
 * struct weighing - one request against one policy
 * @policy: policy in force
 * @request: request
 * @verdict: result so far
 * @groups: groups of the current task, if @has_groups
 * @has_groups: they were looked up; only what is protected costs that
 */
struct weighing {
	struct shield_policy *policy;
	const struct shield_request *request;
	struct shield_verdict *verdict;
	u64 groups;
	bool has_groups;
};

static u64 groups_of_current(const struct shield_policy *policy)
{
	struct shield_subject subject = shield_tag_read(current);
	u64 groups;

	if (subject.program >= SHIELD_MAX_PROGRAMS)
		return 0;
	groups = policy->groups_of[subject.program];
	return subject.confined ? groups & policy->any_namespace : groups;
}

static u64 groups_of(struct weighing *weighing)
{
	if (!weighing->has_groups) {
		weighing->groups = groups_of_current(weighing->policy);
		weighing->has_groups = true;
	}
	return weighing->groups;
}

static u16 denied_by(const struct shield_rule *rule, u16 wanted, u64 groups)
{
	unsigned int i;

	if (rule->except & groups)
		return 0;
	for (i = 0; i < rule->nr_grants; i++)
		if (rule->grants[i].groups & groups)
			wanted &= ~rule->grants[i].rights;
	return wanted & rule->rights;
}

/* An ancestor is guarded by what its rule denies, whatever that is. */
static u16 denied_ancestor(const struct shield_rule *rule, u16 wanted,
			   u64 groups)
{
	if (rule->watch || !rule->rights || rule->except & groups)
		return 0;
	return wanted & ANCESTOR_RIGHTS;
}

static void weigh(struct weighing *weighing, u32 number, bool ancestor)
{
	const struct shield_rule *rule = &weighing->policy->rules[number];
	struct shield_verdict *verdict = weighing->verdict;
	u16 wanted = weighing->request->rights;
	u64 groups = groups_of(weighing);
	u16 hit;

	hit = ancestor ? denied_ancestor(rule, wanted, groups) :
			 denied_by(rule, wanted, groups);
	if (!ancestor && !verdict->known) {
		verdict->known = true;
		verdict->rule = number;
	}
	if (!hit)
		return;
	if (rule->watch) {
		if (!verdict->denied && !verdict->watched)
			verdict->rule = number;
		verdict->watched |= hit;
		return;
	}
	if (!verdict->denied)
		verdict->rule = number;
	verdict->denied |= hit;
}

static void weigh_inode(struct weighing *weighing, const struct shield_key *key)
{
	struct shield_object *object;

	object = shield_object_first(&weighing->policy->index, key);
	for (; object; object = shield_object_next(object))
		weigh(weighing, object->rule, object->role == SHIELD_ANCESTOR);
}

/*
 * The inode is under a protected name: whoever reaches it by another way from
 * now on finds it, too. An empty pool costs only that; the name still holds.
 */
static void learn(struct weighing *weighing, const struct shield_name *name,
		  const struct shield_key *key)
{
	if (weighing->request->inode)
		shield_object_enter(&weighing->policy->index, key, name->rule,
				    false);
}

/* A directory on the way appears: its rule can be followed further. */
static void await(struct weighing *weighing, const struct shield_name *name)
{
	if (!(weighing->request->rights & SHIELD_CREATE))
		return;
	WRITE_ONCE(weighing->policy->rules[name->rule].unsettled, true);
	weighing->verdict->unsettled = true;
}

static void weigh_name(struct weighing *weighing, const struct shield_key *key)
{
	const struct shield_component *component =
		&weighing->verdict->component;
	const struct shield_name *name = NULL;

	while ((name = shield_name_next(&weighing->policy->index, component,
					name))) {
		if (name->awaited) {
			await(weighing, name);
			continue;
		}
		weigh(weighing, name->rule, false);
		learn(weighing, name, key);
	}
}

/* Nobody can say which rule concerns the file: each that could must allow. */
static void weigh_every(struct weighing *weighing, bool recursive)
{
	u32 i;

	for (i = 0; i < weighing->policy->nr_rules; i++)
		if (weighing->policy->rules[i].recursive == recursive &&
		    !weighing->policy->rules[i].watch)
			weigh(weighing, i, false);
}

static void weigh_trees(struct weighing *weighing, int slot)
{
	struct shield_trees trees;
	unsigned int i;

	shield_tree_find(&weighing->policy->index, weighing->request->dentry,
			 slot, &trees);
	for (i = 0; i < trees.nr; i++)
		weigh(weighing, trees.rules[i], false);
	if (trees.disconnected)
		weigh_every(weighing, true);
}

static bool has_names(const struct shield_policy *policy,
		      const struct dentry *dentry)
{
	const struct dentry *parent = READ_ONCE(dentry->d_parent);
	const struct inode *dir = READ_ONCE(parent->d_inode);

	return dir && shield_index_may_name(&policy->index, dir->i_ino);
}

static void weigh_dentry(struct weighing *weighing,
			 const struct shield_key *key, int slot)
{
	const struct dentry *dentry = weighing->request->dentry;
	struct shield_verdict *verdict = weighing->verdict;

	if (IS_ENABLED(CONFIG_SHIELD_CONTROL_WITHOUT_NAMES))
		return;
	if (has_names(weighing->policy, dentry)) {
		switch (shield_component_read(dentry, slot,
					      &verdict->component)) {
		case 0:
			verdict->has_component = true;
			weigh_name(weighing, key);
			break;
		case -EAGAIN:
			weigh_every(weighing, false);
			break;
		}
	}
	if (weighing->policy->trees & BIT(slot))
		weigh_trees(weighing, slot);
}

void shield_decide(struct shield_policy *policy,
		   const struct shield_request *request,
		   struct shield_verdict *verdict)
{
	struct weighing weighing = {
		.policy = policy,
		.request = request,
		.verdict = verdict,
	};
	const struct dentry *dentry = request->dentry;
	const struct inode *inode = request->inode;
	struct shield_key key = {};
	int slot;

	verdict->denied = 0;
	verdict->watched = 0;
	verdict->known = false;
	verdict->unsettled = false;
	verdict->has_component = false;
	slot = shield_superblock_slot(inode ? inode->i_sb : dentry->d_sb);
	verdict->slot = slot;
	if (slot < 0)
		return;
	if (inode) {
		key = shield_object_key(inode, slot);
		weigh_inode(&weighing, &key);
	}
	/* On a stacked file system the name is another file system's. */
	if (dentry && (!inode || dentry->d_sb == inode->i_sb))
		weigh_dentry(&weighing, &key, slot);
}

/*
 * The path of such a rule leads to one file, so that the settle worker can
 * look whether the file has arrived.
 */
static bool can_settle(const struct shield_rule *rule)
{
	return !rule->prefix && !rule->recursive;
}

static int enter(struct shield_policy *policy, const struct shield_key *key,
		 u32 number)
{
	struct shield_rule *rule = &policy->rules[number];
	int error;

	error = shield_object_enter(&policy->index, key, number,
				    can_settle(rule));
	if (!error && can_settle(rule))
		WRITE_ONCE(rule->unsettled, true);
	return error;
}

/* The number of rules entered, or an error. */
static int enter_names(struct shield_policy *policy,
		       const struct shield_key *key,
		       const struct shield_component *component)
{
	const struct shield_name *name = NULL;
	int error, entered = 0;

	while ((name = shield_name_next(&policy->index, component, name))) {
		error = name->awaited ? 0 : enter(policy, key, name->rule);
		if (error)
			return error;
		entered++;
	}
	return entered;
}

/* In a tree the way up protects a file; its other links need its number. */
static int enter_trees(struct shield_policy *policy,
		       const struct shield_key *key,
		       const struct dentry *dentry, int slot)
{
	struct shield_trees trees;
	unsigned int i;
	int error;

	shield_tree_find(&policy->index, dentry, slot, &trees);
	for (i = 0; i < trees.nr; i++) {
		error = enter(policy, key, trees.rules[i]);
		if (error)
			return error;
	}
	return 0;
}

int shield_decide_arrival(struct shield_policy *policy,
			  const struct inode *inode,
			  const struct dentry *dentry)
{
	int slot = shield_superblock_slot(inode->i_sb);
	struct shield_component component;
	struct shield_key key;
	int error, entered = 0;

	if (slot < 0 || IS_ENABLED(CONFIG_SHIELD_CONTROL_WITHOUT_NAMES))
		return 0;
	key = shield_object_key(inode, slot);
	if (has_names(policy, dentry)) {
		error = shield_component_read(dentry, slot, &component);
		if (error)
			return error;
		entered = enter_names(policy, &key, &component);
	}
	if (entered >= 0 && !S_ISDIR(inode->i_mode) &&
	    policy->trees & BIT(slot)) {
		error = enter_trees(policy, &key, dentry, slot);
		if (error)
			return error;
	}
	return entered;
}

u16 shield_decide_program(const struct shield_policy *policy,
			  const struct inode *inode,
			  const struct dentry *dentry)
{
	int slot = shield_superblock_slot(inode->i_sb);
	const struct shield_name *name = NULL;
	struct shield_component component;
	struct shield_object *object;
	struct shield_key key;
	u16 program = SHIELD_NO_PROGRAM;

	if (slot < 0)
		return program;
	key = shield_object_key(inode, slot);
	object = shield_object_first(&policy->index, &key);
	for (; object && program == SHIELD_NO_PROGRAM;
	     object = shield_object_next(object))
		if (object->role == SHIELD_TARGET)
			program = policy->rules[object->rule].program;
	if (program != SHIELD_NO_PROGRAM || dentry->d_sb != inode->i_sb ||
	    !has_names(policy, dentry) ||
	    shield_component_read(dentry, slot, &component))
		return program;
	while (program == SHIELD_NO_PROGRAM &&
	       (name = shield_name_next(&policy->index, &component, name)))
		program = policy->rules[name->rule].program;
	return program;
}
