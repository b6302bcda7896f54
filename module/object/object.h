/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Protected inodes.
 */
#ifndef SHIELD_OBJECT_OBJECT_H
#define SHIELD_OBJECT_OBJECT_H

#include <linux/fs.h>

#include "object/index.h"

/**
 * shield_object_key() - name an inode by numbers
 * @inode: inode
 * @slot: slot of its super block
 *
 * Return: the key.
 */
static inline struct shield_key shield_object_key(const struct inode *inode,
						  int slot)
{
	return (struct shield_key){
		.ino = inode->i_ino,
		.generation = inode->i_generation,
		.slot = slot,
	};
}

static inline bool shield_key_equal(const struct shield_key *a,
				    const struct shield_key *b)
{
	return a->ino == b->ino && a->slot == b->slot &&
	       a->generation == b->generation;
}

/**
 * shield_object_first() - first entry for a file
 * @index: index
 * @key: file
 *
 * Context: hooks, under RCU.
 * Return: an entry, valid in this RCU section, or NULL.
 */
struct shield_object *shield_object_first(const struct shield_index *index,
					  const struct shield_key *key);

/**
 * shield_object_next() - next entry for the same file
 * @object: what shield_object_first() or this function returned
 *
 * Context: hooks, under RCU.
 * Return: an entry, valid in this RCU section, or NULL.
 */
struct shield_object *shield_object_next(struct shield_object *object);

/**
 * shield_object_add() - protect a file that a path of the policy leads to
 * @index: index
 * @key: file
 * @rule: rule
 * @role: what the file is to the rule
 *
 * A file that has this rule and role is left as it is.
 *
 * Context: process; sleeps.
 * Return: 0, or -ENOMEM.
 */
int shield_object_add(struct shield_index *index, const struct shield_key *key,
		      u32 rule, enum shield_role role);

/**
 * shield_object_enter() - protect a file that comes under a protected name
 * @index: index of the active policy
 * @key: file
 * @rule: rule of the name
 * @arrival: the name does not lead to the file yet, and may never do so
 *
 * Context: any but NMI, under RCU; does not sleep.
 * Return: 0; -ENOMEM if the pool is empty, and the act must be denied.
 */
int shield_object_enter(struct shield_index *index,
			const struct shield_key *key, u32 rule, bool arrival);

/**
 * shield_object_settle() - what became of the pending entries of a rule
 * @index: index of the active policy
 * @rule: rule
 * @before: shield_object_arrivals() from before the path was looked at: what
 *          was entered since is not judged
 * @found: file that the rule's path leads to now, or NULL if to none
 *
 * Confirms the entry of @found and drops the others that are pending. Of the
 * confirmed ones the others become former.
 *
 * Context: process; sleeps.
 */
void shield_object_settle(struct shield_index *index, u32 rule, u32 before,
			  const struct shield_key *found);

/**
 * shield_object_arrivals() - how many arrivals there have been
 *
 * Return: number of the last one; wraps around.
 */
u32 shield_object_arrivals(void);

/**
 * shield_object_forget() - an inode is gone for ever
 * @index: index of the active policy
 * @key: file
 * @is_surely_gone: no other file has this key. Else what paths led to is kept,
 *                  as it may be the other's; what was learned from names, by
 *                  which the other is protected as well, is not
 *
 * Context: any but NMI, under RCU; does not sleep.
 */
void shield_object_forget(struct shield_index *index,
			  const struct shield_key *key, bool is_surely_gone);

/**
 * shield_object_init() - fill the pool that shield_object_enter() takes from
 *
 * Context: process; sleeps.
 * Return: 0, or -ENOMEM.
 */
int shield_object_init(void);

/**
 * shield_object_exit() - free the pool
 *
 * Context: process; sleeps.
 */
void shield_object_exit(void);

#endif
