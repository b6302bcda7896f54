// SPDX-License-Identifier: GPL-2.0-only
/*
 * All files of guarded file systems that are open for writing.
 */
#include "object/writers.h"

#include <linux/dcache.h>
#include <linux/fs.h>
#include <linux/sched.h>
#include <linux/spinlock.h>

#include "object/superblock.h"

/* Inodes looked at before others may have the lock. */
#define BATCH 1024

/**
 * struct visitor - who wants to know
 * @visit: see shield_writers_visit()
 * @context: handed to @visit
 * @left: inodes until the lock is given back
 */
struct visitor {
	void (*visit)(void *context, struct inode *inode,
		      struct dentry *dentry);
	void *context;
	unsigned int left;
};

static bool is_writer(const struct inode *inode)
{
	return S_ISREG(inode->i_mode) && inode_is_open_for_write(inode);
}

/* Not every inode: each costs the lock. */
static bool is_stop(struct visitor *visitor, const struct inode *inode)
{
	if (is_writer(inode) || !--visitor->left) {
		visitor->left = BATCH;
		return true;
	}
	return false;
}

static void visit_inode(const struct visitor *visitor, struct inode *inode)
{
	struct dentry *dentry;

	if (!is_writer(inode))
		return;
	dentry = d_find_alias(inode);
	visitor->visit(visitor->context, inode, dentry);
	dput(dentry);
}

/* An inode stays in the list while it is held, so the way leads on from it. */
static void visit_superblock(struct visitor *visitor, struct super_block *sb)
{
	struct inode *inode, *last = NULL;

	spin_lock(&sb->s_inode_list_lock);
	list_for_each_entry(inode, &sb->s_inodes, i_sb_list) {
		if (!is_stop(visitor, inode) || !igrab(inode))
			continue;
		spin_unlock(&sb->s_inode_list_lock);
		iput(last);
		last = inode;
		visit_inode(visitor, inode);
		cond_resched();
		spin_lock(&sb->s_inode_list_lock);
	}
	spin_unlock(&sb->s_inode_list_lock);
	iput(last);
}

void shield_writers_visit(void (*visit)(void *context, struct inode *inode,
					struct dentry *dentry),
			  void *context)
{
	struct visitor visitor = {
		.visit = visit,
		.context = context,
		.left = BATCH,
	};
	struct super_block *sb;
	unsigned int i;

	for (i = 0; i < SHIELD_MAX_MOUNTED; i++) {
		sb = shield_superblock_hold(i);
		if (!sb)
			continue;
		visit_superblock(&visitor, sb);
		deactivate_super(sb);
	}
}
