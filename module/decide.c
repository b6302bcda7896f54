// SPDX-License-Identifier: GPL-2.0-only
/*
 * Request and policy give a verdict.
 */
#include "decide.h"

#include "decide_task.h"
#include "object/holder.h"
#include "object/object.h"
#include "weigh.h"

static void weigh_inode(struct shield_weighing *weighing,
			const struct shield_key *key)
{
	struct shield_object *object;

	object = shield_object_first(&weighing->policy->index, key);
	for (; object; object = shield_object_next(object))
		if (object->role == SHIELD_TARGET ||
		    object->role == SHIELD_TREE)
			shield_weigh(weighing, object->rule);
		else
			shield_weigh_way(weighing, object->rule, object->role);
}

/* What may give a file another name. */
#define RENAMES (SHIELD_LINK | SHIELD_REMOVE)

/*
 * The inode is under a protected name: whoever reaches it by another way from
 * now on finds it, too. While there is no memory for that, it gets no other way,
 * nor where its number may be that of another file.
 */
static void learn(struct shield_weighing *weighing,
		  const struct shield_name *name, const struct shield_key *key)
{
	u16 rights = weighing->request->rights & RENAMES;

	if (!weighing->request->inode)
		return;
	if (shield_superblock_is_original(weighing->request->inode->i_sb) &&
	    !shield_object_enter(&weighing->policy->index, key, name->rule,
				 false))
		return;
	if (rights && !weighing->policy->rules[name->rule].watch) {
		weighing->verdict->denied |= rights;
		weighing->verdict->rule = name->rule;
	}
}

/*
 * Something appears at the name: the settle worker follows the path of its
 * rule further, through a directory that was missing or into a new tree.
 */
static void expect(struct shield_weighing *weighing,
		   const struct shield_name *name)
{
	struct shield_rule *rule = &weighing->policy->rules[name->rule];

	if (weighing->request->inode || weighing->verdict->denied ||
	    name->prefix)
		return;
	WRITE_ONCE(rule->unsettled, true);
	weighing->verdict->unsettled = true;
}

static void weigh_name(struct shield_weighing *weighing,
		       const struct shield_key *key)
{
	const struct shield_component *component =
		&weighing->verdict->component;
	const struct shield_name *name = NULL;

	while ((name = shield_name_next(&weighing->policy->index, component,
					name))) {
		if (!name->awaited) {
			shield_weigh(weighing, name->rule);
			learn(weighing, name, key);
		}
		expect(weighing, name);
	}
}

/* Nobody can say which name this is: each that could be it must allow. */
static void weigh_every_name(struct shield_weighing *weighing)
{
	u32 i;

	for (i = 0; i < weighing->policy->nr_rules; i++)
		if (!weighing->policy->rules[i].watch)
			shield_weigh(weighing, i);
}

/* Opened by handle, and nobody has come by its name since. */
static bool is_adrift(const struct dentry *dentry)
{
	return IS_ROOT(dentry) && dentry != dentry->d_sb->s_root;
}

/*
 * Nobody can say which trees hold this, or, of a file without a name, which
 * name it has: each on the file system must allow.
 */
static void weigh_every_tree(struct shield_weighing *weighing, int slot)
{
	const struct shield_rule *rule = weighing->policy->rules;
	const bool any_name = is_adrift(weighing->request->dentry);
	u32 i, slots;

	for (i = 0; i < weighing->policy->nr_rules; i++, rule++) {
		slots = rule->trees;
		if (rule->prefix && any_name)
			slots |= READ_ONCE(rule->slots);
		if (slots & BIT(slot) && !rule->watch)
			shield_weigh(weighing, i);
	}
}

static void weigh_trees(struct shield_weighing *weighing, int slot)
{
	struct shield_trees trees;
	unsigned int i;

	shield_tree_find(&weighing->policy->index, weighing->request->dentry,
			 slot, &trees);
	for (i = 0; i < trees.nr; i++)
		shield_weigh(weighing, trees.rules[i]);
	if (trees.disconnected && !weighing->is_sure)
		weigh_every_tree(weighing, slot);
}

static void weigh_dentry(struct shield_weighing *weighing,
			 const struct shield_key *key, int slot)
{
	const struct dentry *dentry = weighing->request->dentry;
	struct shield_verdict *verdict = weighing->verdict;

	if (IS_ENABLED(CONFIG_SHIELD_CONTROL_WITHOUT_NAMES))
		return;
	if (shield_name_may_be_in(&weighing->policy->index, dentry)) {
		switch (shield_component_read(dentry, slot,
					      &verdict->component)) {
		case 0:
			verdict->has_component = true;
			weigh_name(weighing, key);
			break;
		case -EAGAIN:
			if (!weighing->is_sure)
				weigh_every_name(weighing);
			break;
		}
	}
	if (shield_decide_may_be_in_tree(weighing->policy, dentry, slot))
		weigh_trees(weighing, slot);
}

static void weigh_all(struct shield_weighing *weighing)
{
	const struct dentry *dentry = weighing->request->dentry;
	const struct inode *inode = weighing->request->inode;
	struct shield_verdict *verdict = weighing->verdict;
	struct shield_key key = {};
	int slot;

	slot = shield_superblock_slot(inode ? inode->i_sb : dentry->d_sb);
	shield_weigh_begin(verdict);
	if (slot < 0)
		return;
	if (inode) {
		key = shield_object_key(inode, slot);
		weigh_inode(weighing, &key);
		verdict->is_lasting = verdict->denied && !weighing->groups;
	}
	/* On a stacked file system the name is another file system's. */
	if (dentry && (!inode || dentry->d_sb == inode->i_sb))
		weigh_dentry(weighing, &key, slot);
}

void shield_decide(struct shield_policy *policy,
		   const struct shield_request *request,
		   struct shield_verdict *verdict)
{
	struct shield_weighing weighing = {
		.policy = policy,
		.request = request,
		.verdict = verdict,
	};

	weigh_all(&weighing);
}

void shield_decide_for(struct shield_policy *policy,
		       const struct task_struct *task,
		       const struct shield_request *request,
		       struct shield_verdict *verdict)
{
	struct shield_weighing weighing = {
		.policy = policy,
		.request = request,
		.verdict = verdict,
		.groups = shield_decide_groups_of(policy, task),
		.has_groups = true,
	};

	weigh_all(&weighing);
}

/*
 * A tree protects by the way that leads to the file, which is no protection
 * from who has another link of it.
 */
bool shield_decide_is_guarded(struct shield_policy *policy, struct inode *inode,
			      const struct dentry *dentry)
{
	struct shield_request request = {
		.inode = inode,
		.rights = SHIELD_MODIFY,
	};
	struct shield_verdict verdict;
	struct shield_weighing weighing = {
		.policy = policy,
		.request = &request,
		.verdict = &verdict,
		.has_groups = true,
		.is_sure = true,
	};

	if (!S_ISREG(inode->i_mode) || !inode->i_nlink ||
	    !shield_superblock_is_original(inode->i_sb))
		return false;
	weigh_all(&weighing);
	if (verdict.denied != SHIELD_MODIFY && inode->i_nlink == 1) {
		request.dentry = dentry;
		weigh_all(&weighing);
	}
	return verdict.denied == SHIELD_MODIFY;
}

/*
 * Who has opened the file under another name can write it still, and is seen
 * to; a mapping cannot be taken away, so with one the file must not arrive.
 */
static void look_for_holders(struct shield_weighing *weighing, u32 number)
{
	const struct shield_rule *rule = &weighing->policy->rules[number];
	struct inode *inode = weighing->request->inode;
	struct shield_verdict *verdict = weighing->verdict;

	if (!(rule->rights & (SHIELD_WRITE | SHIELD_APPEND)) ||
	    !shield_holder_note(inode, number))
		return;
	verdict->held = true;
	if (!verdict->mapped && mapping_writably_mapped(inode->i_mapping)) {
		verdict->mapped = true;
		verdict->denied = weighing->request->rights;
		verdict->rule = number;
	}
}

/*
 * The path of a rule leads to one file, and the settle worker looks whether
 * the file has arrived there. Not so for a prefix, nor below a tree.
 */
static int enter(struct shield_weighing *weighing, const struct shield_key *key,
		 u32 number, bool settles)
{
	struct shield_rule *rule = &weighing->policy->rules[number];
	struct shield_verdict *verdict = weighing->verdict;
	int error;

	if (rule->watch)
		return 0;
	error = shield_superblock_is_second(weighing->request->inode->i_sb,
					    key->slot) ?
			-EXDEV :
			shield_object_enter(&weighing->policy->index, key,
					    number, settles);
	if (error) {
		verdict->denied = weighing->request->rights;
		verdict->rule = number;
		return error;
	}
	if (settles) {
		WRITE_ONCE(rule->unsettled, true);
		verdict->unsettled = true;
	}
	look_for_holders(weighing, number);
	return 0;
}

static int enter_names(struct shield_weighing *weighing,
		       const struct shield_key *key)
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
static void enter_trees(struct shield_weighing *weighing,
			const struct shield_key *key, int slot)
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
	struct shield_weighing weighing = {
		.policy = policy,
		.request = request,
		.verdict = verdict,
	};
	struct shield_key key;

	shield_weigh_begin(verdict);
	if (slot < 0 || IS_ENABLED(CONFIG_SHIELD_CONTROL_WITHOUT_NAMES))
		return;
	key = shield_object_key(inode, slot);
	if (shield_name_may_be_in(&policy->index, request->dentry)) {
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
