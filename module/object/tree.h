/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Protected trees: everything below a directory.
 */
#ifndef SHIELD_OBJECT_TREE_H
#define SHIELD_OBJECT_TREE_H

#include "object/index.h"

struct dentry;

/* How many recursive rules can cover one file at once. */
#define SHIELD_MAX_TREES 8

/**
 * struct shield_trees - rules whose trees hold a dentry
 * @rules: rule indexes, innermost tree first
 * @nr: used elements of @rules
 * @disconnected: the way up does not reach the file system's root (the file
 *                was opened by handle), or could not be walked, or led through
 *                more trees than fit: nobody can say which trees hold it
 */
struct shield_trees {
	u32 rules[SHIELD_MAX_TREES];
	u8 nr;
	bool disconnected;
};

/**
 * shield_tree_find() - which trees hold a dentry
 * @index: index
 * @dentry: dentry that the caller holds; need not have an inode
 * @slot: slot of its super block
 * @trees: result
 *
 * Context: any but NMI, under RCU; does not sleep.
 */
void shield_tree_find(const struct shield_index *index,
		      const struct dentry *dentry, int slot,
		      struct shield_trees *trees);

#endif
