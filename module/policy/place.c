// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the path of one rule leads to, entered into the policy's index.
 */
#include <linux/fs.h>
#include <linux/namei.h>
#include <linux/preempt.h>

#include "event/place.h"
#include "object/crossing.h"
#include "object/holder.h"
#include "object/name.h"
#include "object/object.h"
#include "object/superblock.h"
#include "policy/compile.h"
#include "policy/resolve.h"

/**
 * struct place - one rule on its way
 * @policy: policy
 * @number: the rule
 * @found: key of the target
 * @why: reason of a refusal
 */
struct place {
	struct shield_policy *policy;
	u32 number;
	struct shield_key *found;
	const char **why;
};

static int key_of(const struct place *place, const struct path *at,
		  struct shield_key *key)
{
	const struct shield_rule *rule = &place->policy->rules[place->number];
	const struct inode *inode = d_inode(at->dentry);
	int slot = shield_superblock_guard(inode->i_sb, place->why);

	if (slot < 0)
		return slot;
	/* Where nobody else may mount, as at a path that is only watched. */
	if (!rule->watch && rule->rights)
		shield_superblock_claim(inode->i_sb);
	shield_place_note(at);
	*key = shield_object_key(inode, slot);
	return 0;
}

/* Dozens of rules share /etc; one entry that denies the same is enough. */
static bool is_guarded(const struct place *place, const struct shield_key *key,
		       enum shield_role role)
{
	const struct shield_rule *rules = place->policy->rules;
	struct shield_object *object;
	bool guarded = false;

	preempt_disable();
	object = shield_object_first(&place->policy->index, key);
	for (; object && !guarded; object = shield_object_next(object))
		guarded = object->role == role &&
			  rules[object->rule].except ==
				  rules[place->number].except &&
			  rules[object->rule].mounters ==
				  rules[place->number].mounters;
	preempt_enable();
	return guarded;
}

static int keep(struct place *place, const struct path *at,
		enum shield_role role)
{
	const struct shield_rule *rule = &place->policy->rules[place->number];
	struct shield_key key;
	int error = key_of(place, at, &key);

	if (error || rule->watch || !rule->rights ||
	    is_guarded(place, &key, role))
		return error;
	return shield_object_add(&place->policy->index, &key, place->number,
				 role);
}

/*
 * A subvolume of btrfs is removed by an ioctl on the directory that holds it,
 * which no hook sees but by that directory; also where the subvolume itself is
 * what is mounted. Its name is entered as one that is awaited: not protected
 * beyond what the directory itself is.
 */
static int await_subvolume(const struct place *place, const struct path *at)
{
	const struct shield_rule *rule = &place->policy->rules[place->number];
	struct name_snapshot name;
	struct dentry *parent;
	struct shield_key key;
	int slot, error = 0;

	if (!shield_superblock_is_subvolume(d_inode(at->dentry)) ||
	    at->dentry == at->dentry->d_sb->s_root || rule->watch)
		return 0;
	parent = dget_parent(at->dentry);
	take_dentry_name_snapshot(&name, at->dentry);
	slot = shield_superblock_guard(at->dentry->d_sb, place->why);
	if (slot >= 0 && parent != at->dentry) {
		key = shield_object_key(d_inode(parent), slot);
		error = shield_name_add(&place->policy->index, &key,
					name.name.name, place->number, false,
					true);
	}
	release_dentry_name_snapshot(&name);
	dput(parent);
	return slot < 0 ? slot : error;
}

static int guard_ancestor(void *context, const struct path *at)
{
	return keep(context, at, SHIELD_ANCESTOR) ?:
						    await_subvolume(context, at);
}

static int guard_mounted(void *context, const struct path *at)
{
	struct place *place = context;
	const struct shield_rule *rule = &place->policy->rules[place->number];

	if (!rule->watch && rule->rights)
		shield_crossings_add(&place->policy->crossings, at->mnt);
	return 0;
}

static int guard_mount_point(void *context, const struct path *at)
{
	struct place *place = context;

	place->policy->rules[place->number].crosses = true;
	return keep(context, at, SHIELD_MOUNT_POINT);
}

static int add_name(void *context, const struct path *dir, const char *name)
{
	struct place *place = context;
	struct shield_rule *rule = &place->policy->rules[place->number];
	struct shield_key key;
	int error = key_of(place, dir, &key);

	if (!error && IS_CASEFOLDED(d_inode(dir->dentry))) {
		*place->why =
			"its directory takes upper and lower case for the same";
		return -EOPNOTSUPP;
	}
	if (error)
		return error;
	WRITE_ONCE(rule->slots, rule->slots | BIT(key.slot));
	/* A file without a name could have any, as it could be in any tree. */
	if (rule->prefix)
		place->policy->trees |= BIT(key.slot);
	error = shield_name_add(&place->policy->index, &key, name,
				place->number, rule->prefix, false);
	/* A prefix leads to no file; it is all said with the name. */
	return error ?: rule->prefix;
}

static int await_name(void *context, const struct path *dir, const char *name)
{
	struct place *place = context;
	struct shield_key key;
	int error = key_of(place, dir, &key);

	if (error)
		return error;
	return shield_name_add(&place->policy->index, &key, name, place->number,
			       false, true);
}

/* Only once hooks obey the policy: until then anybody may come to hold it. */
static void note_holders(const struct place *place, struct inode *inode)
{
	const struct shield_rule *rule = &place->policy->rules[place->number];

	if (place->policy == shield_policy_locked() && !rule->watch &&
	    rule->rights & (SHIELD_WRITE | SHIELD_APPEND))
		shield_holder_note(inode, place->number);
}

static int add_target(void *context, const struct path *at)
{
	struct place *place = context;
	struct shield_rule *rule = &place->policy->rules[place->number];
	int error = key_of(place, at, place->found);

	if (!error)
		error = await_subvolume(place, at);
	if (error)
		return error;
	WRITE_ONCE(rule->slots, rule->slots | BIT(place->found->slot));
	if (!rule->recursive) {
		error = shield_object_add(&place->policy->index, place->found,
					  place->number, SHIELD_TARGET);
		if (!error)
			note_holders(place, d_inode(at->dentry));
		return error;
	}
	error = shield_object_add(&place->policy->index, place->found,
				  place->number, SHIELD_TREE);
	shield_index_restamp(&place->policy->index);
	rule->trees |= BIT(place->found->slot);
	place->policy->trees |= BIT(place->found->slot);
	return error;
}

int shield_compile_place(struct shield_policy *policy, u32 number,
			 struct shield_key *found, const char **why)
{
	static const struct shield_steps steps = {
		.ancestor = guard_ancestor,
		.mounted = guard_mounted,
		.mount_point = guard_mount_point,
		.name = add_name,
		.awaited = await_name,
		.target = add_target,
	};
	struct place place = {
		.policy = policy,
		.number = number,
		.found = found,
		.why = why,
	};

	return shield_resolve(policy->rules[number].path, &steps, &place);
}
