/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where protected things are found: by inode, and by name in a directory.
 *
 * An index belongs to one policy. It holds numbers only: no reference to an
 * inode or dentry, so that there is nothing to leak, to pin or to race with
 * umount. Readers are hooks, under RCU; what a trusted program puts under a
 * protected name is entered by hooks, too, from a pool.
 */
#ifndef SHIELD_OBJECT_INDEX_H
#define SHIELD_OBJECT_INDEX_H

#include <linux/bitops.h>
#include <linux/compiler.h>
#include <linux/hash.h>
#include <linux/list.h>
#include <linux/rcupdate.h>
#include <linux/spinlock_types.h>
#include <linux/types.h>

struct inode;

/**
 * enum shield_role - what an object or name is to its rule
 * @SHIELD_TARGET: the rule's path itself
 * @SHIELD_TREE: the top of a recursive rule
 * @SHIELD_ANCESTOR: on the way to the path: a directory or symlink whose
 *                   removal would put the path out of reach
 * @SHIELD_MOUNT_POINT: under a file system on the way to the path; whoever
 *                      unmounts that may mount it there again
 */
enum shield_role {
	SHIELD_TARGET,
	SHIELD_TREE,
	SHIELD_ANCESTOR,
	SHIELD_MOUNT_POINT,
};

/**
 * struct shield_key - a file, by numbers
 * @ino: inode number
 * @generation: inode generation, tells a reused number apart
 * @slot: guarded file system
 */
struct shield_key {
	u64 ino;
	u32 generation;
	u16 slot;
};

/**
 * struct shield_object - one protected inode under one rule
 * @node: in its index; RCU
 * @key: which file
 * @rule: index of the rule in the policy
 * @role: what it is to the rule
 * @pending: 0, or the number of the arrival (a rename or link that may still
 *           fail) for which it was entered; the settle worker confirms or
 *           drops it
 * @former: the rule's path led to it once and leads to another file now
 * @followed: the rule's path was followed to it, or over it
 * @rcu: frees it after readers are gone
 */
struct shield_object {
	struct hlist_node node;
	struct shield_key key;
	u32 rule;
	u8 role;
	bool former;
	bool followed;
	u32 pending;
	struct rcu_head rcu;
};

/**
 * struct shield_name - one protected name under one rule
 * @node: in its index; RCU
 * @parent: the directory
 * @rule: index of the rule in the policy
 * @prefix: every longer name that begins with @text
 * @awaited: a directory that is missing on the way to the rule's path
 * @len: bytes of @text
 * @text: the component, or its beginning
 */
struct shield_name {
	struct hlist_node node;
	struct shield_key parent;
	u32 rule;
	bool prefix;
	bool awaited;
	u8 len;
	char text[];
};

/**
 * struct shield_index - objects and names of one policy
 * @filter: a byte per hashed inode number and per hashed directory number of a
 *          name; zero proves absence without touching the tables. Bytes,
 *          because a bit costs six instructions more to look at
 * @filter_shift: right shift of a hash to a byte of @filter
 * @shift: right shift of a hash to an element of @objects and @names
 * @objects: hash of struct shield_object by inode number
 * @names: hash of struct shield_name by directory number
 * @lock: Protects: writes to all of the above and below. Raw: taken in hooks.
 *        Innermost.
 * @stamp: never the same for two indexes, nor for one before and after a tree
 *         was added
 * @drops: entries of @objects that were taken out
 * @nr_pending: entries in @objects that are pending
 * @nr_objects: entries in @objects
 * @nr_names: entries in @names
 */
struct shield_index {
	u8 *filter;
	u8 filter_shift;
	u8 shift;
	struct hlist_head *objects;
	struct hlist_head *names;
	raw_spinlock_t lock;
	u64 stamp;
	u64 drops;
	unsigned int nr_pending;
	unsigned int nr_objects;
	unsigned int nr_names;
};

static __always_inline u64 shield_index_hash(u64 ino)
{
	return ino * GOLDEN_RATIO_64;
}

/* Directories of names and protected inodes must not share their bits. */
static __always_inline u64 shield_index_hash_parent(u64 ino)
{
	return ~(ino * GOLDEN_RATIO_64);
}

static __always_inline u8 *shield_index_filter(const struct shield_index *index,
					       u64 hash)
{
	return &index->filter[hash >> index->filter_shift];
}

/**
 * shield_index_may_hold() - could an inode be protected?
 * @index: index of the active policy
 * @ino: inode number
 *
 * Context: hooks, under RCU.
 * Return: false if certainly not.
 */
static __always_inline bool
shield_index_may_hold(const struct shield_index *index, u64 ino)
{
	return READ_ONCE(*shield_index_filter(index, shield_index_hash(ino)));
}

/**
 * shield_index_may_name() - could a directory hold protected names?
 * @index: index of the active policy
 * @dir: number of the directory
 *
 * Context: hooks, under RCU.
 * Return: false if certainly not.
 */
static __always_inline bool
shield_index_may_name(const struct shield_index *index, u64 dir)
{
	return READ_ONCE(
		*shield_index_filter(index, shield_index_hash_parent(dir)));
}

/**
 * shield_index_init() - make an empty index
 * @index: index
 * @expected: entries that will be made by the policy's own paths
 *
 * Context: process; sleeps.
 * Return: 0, or -ENOMEM, after which the index needs no exit.
 */
int shield_index_init(struct shield_index *index, unsigned int expected);

/**
 * shield_index_restamp() - a tree was added
 * @index: index
 *
 * Context: process; shield_policy_mutex is held.
 */
void shield_index_restamp(struct shield_index *index);

/**
 * shield_index_exit() - free an index and all its entries
 * @index: index that no reader can reach any more
 *
 * Context: process; sleeps.
 */
void shield_index_exit(struct shield_index *index);

#endif
