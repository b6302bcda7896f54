// SPDX-License-Identifier: GPL-2.0-only
/*
 * Request and policy give a verdict.
 */
#include "decide.h"

#include "object/object.h"

/*
 * What would put a path out of reach if it happened to what lies on the way.
 */
static const u16 way_rights[] = {
	[SHIELD_ANCESTOR] = SHIELD_REMOVE | SHIELD_MOUNT,
	[SHIELD_MOUNT_POINT] = SHIELD_REMOVE,
};

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

static u64 groups_of(struct weighing *weighing)
{
	if (!weighing->has_groups) {
		weighing->groups = shield_decide_groups(weighing->policy);
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

/*
 * Something is mounted on the way or taken from there: what the rule's path
 * leads to will be looked at when that is done.
 */
static void await_mount(struct weighing *weighing, struct shield_rule *rule)
{
	if (!(weighing->request->rights & SHIELD_MOUNT))
		return;
	WRITE_ONCE(rule->mounting, true);
	weighing->verdict->mounting = true;
}

/* What lies on the way is guarded by a rule that denies, whatever it denies. */
static void weigh_way(struct weighing *weighing, u32 number,
		      enum shield_role role)
{
	struct shield_rule *rule = &weighing->policy->rules[number];
	struct shield_verdict *verdict = weighing->verdict;
	u16 hit = weighing->request->rights & way_rights[role];

	if (rule->watch || !rule->rights)
		return;
	if (hit && rule->mounters & groups_of(weighing))
		hit &= ~SHIELD_MOUNT;
	if (!hit || rule->except & groups_of(weighing)) {
		await_mount(weighing, rule);
		return;
	}
	if (!verdict->denied)
		verdict->rule = number;
	verdict->denied |= hit;
}

static void weigh(struct weighing *weighing, u32 number)
{
	const struct shield_rule *rule = &weighing->policy->rules[number];
	struct shield_verdict *verdict = weighing->verdict;
	u16 hit =
		denied_by(rule, weighing->request->rights, groups_of(weighing));

	if (!verdict->known) {
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
		if (object->role == SHIELD_TARGET ||
		    object->role == SHIELD_TREE)
			weigh(weighing, object->rule);
		else
			weigh_way(weighing, object->rule, object->role);
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

/*
 * Something appears at the name: the settle worker follows the path of its
 * rule further, through a directory that was missing or into a new tree.
 */
static void expect(struct weighing *weighing, const struct shield_name *name)
{
	struct shield_rule *rule = &weighing->policy->rules[name->rule];

	if (weighing->request->inode || weighing->verdict->denied ||
	    name->prefix)
		return;
	WRITE_ONCE(rule->unsettled, true);
	weighing->verdict->unsettled = true;
}

static void weigh_name(struct weighing *weighing, const struct shield_key *key)
{
	const struct shield_component *component =
		&weighing->verdict->component;
	const struct shield_name *name = NULL;

	while ((name = shield_name_next(&weighing->policy->index, component,
					name))) {
		if (!name->awaited) {
			weigh(weighing, name->rule);
			learn(weighing, name, key);
		}
		expect(weighing, name);
	}
}

/* Nobody can say which name this is: each that could be it must allow. */
static void weigh_every_name(struct weighing *weighing)
{
	u32 i;

	for (i = 0; i < weighing->policy->nr_rules; i++)
		if (!weighing->policy->rules[i].watch)
			weigh(weighing, i);
}

/* Nobody can say which trees hold this: each on the file system must allow. */
static void weigh_every_tree(struct weighing *weighing, int slot)
{
	const struct shield_rule *rule = weighing->policy->rules;
	u32 i;

	for (i = 0; i < weighing->policy->nr_rules; i++, rule++)
		if (rule->trees & BIT(slot) && !rule->watch)
			weigh(weighing, i);
}

static void weigh_trees(struct weighing *weighing, int slot)
{
	struct shield_trees trees;
	unsigned int i;

	shield_tree_find(&weighing->policy->index, weighing->request->dentry,
			 slot, &trees);
	for (i = 0; i < trees.nr; i++)
		weigh(weighing, trees.rules[i]);
	if (trees.disconnected)
		weigh_every_tree(weighing, slot);
}

static void weigh_dentry(struct weighing *weighing,
			 const struct shield_key *key, int slot)
{
	const struct dentry *dentry = weighing->request->dentry;
	struct shield_verdict *verdict = weighing->verdict;

	if (IS_ENABLED(CONFIG_SHIELD_CONTROL_WITHOUT_NAMES))
		return;
	if (shield_decide_has_names(weighing->policy, dentry)) {
		switch (shield_component_read(dentry, slot,
					      &verdict->component)) {
		case 0:
			verdict->has_component = true;
			weigh_name(weighing, key);
			break;
		case -EAGAIN:
			weigh_every_name(weighing);
			break;
		}
	}
	if (shield_decide_may_be_in_tree(weighing->policy, dentry, slot))
		weigh_trees(weighing, slot);
}

static void begin(struct shield_verdict *verdict)
{
	verdict->denied = 0;
	verdict->watched = 0;
	verdict->known = false;
	verdict->is_lasting = false;
	verdict->unsettled = false;
	verdict->mounting = false;
	verdict->has_component = false;
	verdict->rule = 0;
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

	slot = shield_superblock_slot(inode ? inode->i_sb : dentry->d_sb);
	begin(verdict);
	if (slot < 0)
		return;
	if (inode) {
		key = shield_object_key(inode, slot);
		weigh_inode(&weighing, &key);
		verdict->is_lasting = verdict->denied && !weighing.groups;
	}
	/* On a stacked file system the name is another file system's. */
	if (dentry && (!inode || dentry->d_sb == inode->i_sb))
		weigh_dentry(&weighing, &key, slot);
}

void shield_decide_crossings(struct shield_policy *policy,
			     const struct shield_request *request,
			     struct shield_verdict *verdict)
{
	struct weighing weighing = {
		.policy = policy,
		.request = request,
		.verdict = verdict,
	};
	u32 i;

	begin(verdict);
	for (i = 0; i < policy->nr_rules; i++)
		if (policy->rules[i].crosses)
			weigh_way(&weighing, i, SHIELD_ANCESTOR);
}

/*
 * The path of a rule leads to one file, and the settle worker looks whether
 * the file has arrived there. Not so for a prefix, nor below a tree.
 */
static int enter(struct weighing *weighing, const struct shield_key *key,
		 u32 number, bool settles)
{
	struct shield_rule *rule = &weighing->policy->rules[number];
	struct shield_verdict *verdict = weighing->verdict;
	int error;

	if (rule->watch)
		return 0;
	error = shield_object_enter(&weighing->policy->index, key, number,
				    settles);
	if (error) {
		verdict->denied = weighing->request->rights;
		verdict->rule = number;
		return error;
	}
	if (settles) {
		WRITE_ONCE(rule->unsettled, true);
		verdict->unsettled = true;
	}
	return 0;
}

static int enter_names(struct weighing *weighing, const struct shield_key *key)
{
	const struct shield_component *component =
		&weighing->verdict->component;
	const struct shield_name *name = NULL;
	int error = 0;

	while (!error && (name = shield_name_next(&weighing->policy->index,
						  component, name)))
		if (!name->awaited)
			error = enter(weighing, key, name->rule, !name->prefix);
	return error;
}

/* In a tree the way up protects a file; its other links need its number. */
static void enter_trees(struct weighing *weighing, const struct shield_key *key,
			int slot)
{
	struct shield_trees trees;
	unsigned int i;

	shield_tree_find(&weighing->policy->index, weighing->request->dentry,
			 slot, &trees);
	for (i = 0; i < trees.nr; i++)
		if (enter(weighing, key, trees.rules[i], false))
			return;
}

void shield_decide_arrival(struct shield_policy *policy,
			   const struct shield_request *request,
			   struct shield_verdict *verdict)
{
	const struct inode *inode = request->inode;
	int slot = shield_superblock_slot(inode->i_sb);
	struct weighing weighing = {
		.policy = policy,
		.request = request,
		.verdict = verdict,
	};
	struct shield_key key;

	begin(verdict);
	if (slot < 0 || IS_ENABLED(CONFIG_SHIELD_CONTROL_WITHOUT_NAMES))
		return;
	key = shield_object_key(inode, slot);
	if (shield_decide_has_names(policy, request->dentry)) {
		/* The directory is locked, so that nothing keeps it from being read. */
		if (shield_component_read(request->dentry, slot,
					  &verdict->component)) {
			verdict->denied = request->rights;
			return;
		}
		verdict->has_component = true;
		if (enter_names(&weighing, &key))
			return;
	}
	if (!S_ISDIR(inode->i_mode) &&
	    shield_decide_may_be_in_tree(policy, request->dentry, slot))
		enter_trees(&weighing, &key, slot);
}
