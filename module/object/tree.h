/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Protected trees: everything below a directory.
 */
#ifndef SHIELD_OBJECT_TREE_H
#define SHIELD_OBJECT_TREE_H

#include <linux/dcache.h>
#include <linux/fs.h>
#include <linux/percpu.h>

#include "object/index.h"

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
 * struct shield_outside - a directory that was found outside all trees
 * @ino: its number
 * @stamp: stamp of the index it was looked up in
 * @generation: its generation
 * @renames: count of all renames in the system at that time: as long as there
 *           was none, the directory is where it was
 * @sb: its super block: numbers are those of several directories where another
 *      file system has the same UUID
 */
struct shield_outside {
	u64 ino;
	u64 stamp;
	u32 generation;
	unsigned int renames;
	const struct super_block *sb;
};

#define SHIELD_OUTSIDE_BITS 5

/* Written by hooks on their own CPU with preemption off. */
DECLARE_PER_CPU(struct shield_outside[1 << SHIELD_OUTSIDE_BITS],
		shield_tree_outside);

/**
 * shield_tree_is_outside() - was a directory just found outside all trees?
 * @index: index
 * @dir: directory
 *
 * Saves most opens for writing the way up.
 *
 * Context: hooks, preemption off.
 * Return: false if the way up has to be walked.
 */
static __always_inline bool
shield_tree_is_outside(const struct shield_index *index,
		       const struct inode *dir)
{
	const struct shield_outside *outside = this_cpu_ptr(
		&shield_tree_outside[dir->i_ino &
				     (BIT(SHIELD_OUTSIDE_BITS) - 1)]);

	return outside->ino == dir->i_ino && outside->stamp == index->stamp &&
	       outside->renames ==
		       READ_ONCE(rename_lock.seqcount.seqcount.sequence) &&
	       outside->generation == dir->i_generation &&
	       outside->sb == dir->i_sb;
}

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
