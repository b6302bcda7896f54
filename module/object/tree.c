// SPDX-License-Identifier: GPL-2.0-only
/*
 * Protected trees.
 */
#include "object/tree.h"

#include "object/object.h"
#include "object/superblock.h"
#include "sequence.h"

DEFINE_PER_CPU(struct shield_outside[1 << SHIELD_OUTSIDE_BITS],
	       shield_tree_outside);

static bool add(struct shield_trees *trees, u32 rule)
{
	if (trees->nr == SHIELD_MAX_TREES)
		return false;
	trees->rules[trees->nr++] = rule;
	return true;
}

static bool look(const struct shield_index *index, const struct inode *dir,
		 int slot, struct shield_trees *trees)
{
	struct shield_key key = shield_object_key(dir, slot);
	struct shield_object *object = shield_object_first(index, &key);

	for (; object; object = shield_object_next(object))
		if (object->role == SHIELD_TREE && !add(trees, object->rule))
			return false;
	return true;
}

/* One way up; a rename meanwhile makes it worthless. */
static void walk(const struct shield_index *index, const struct dentry *dentry,
		 int slot, struct shield_trees *trees)
{
	const struct dentry *root = dentry->d_sb->s_root;

	while (dentry != root) {
		const struct dentry *parent = READ_ONCE(dentry->d_parent);
		const struct inode *dir = READ_ONCE(parent->d_inode);

		if (parent == dentry || !dir ||
		    !look(index, dir, slot, trees)) {
			trees->disconnected = true;
			return;
		}
		dentry = parent;
	}
}

static void remember(const struct dentry *dentry, unsigned int renames,
		     u64 stamp)
{
	const struct dentry *parent = READ_ONCE(dentry->d_parent);
	const struct inode *dir = READ_ONCE(parent->d_inode);

	if (!dir || shield_superblock_has_snapshots(dir->i_sb))
		return;
	*this_cpu_ptr(&shield_tree_outside[dir->i_ino &
					   (BIT(SHIELD_OUTSIDE_BITS) - 1)]) =
		(struct shield_outside){
			.ino = dir->i_ino,
			.stamp = stamp,
			.generation = dir->i_generation,
			.renames = renames,
			.sb = dir->i_sb,
		};
}

void shield_tree_find(const struct shield_index *index,
		      const struct dentry *dentry, int slot,
		      struct shield_trees *trees)
{
	const seqcount_t *renames = &rename_lock.seqcount.seqcount;
	/* Read before the walk: a tree added meanwhile makes it outdated. */
	u64 stamp = smp_load_acquire(&index->stamp);
	unsigned int tries = SHIELD_SEQUENCE_TRIES;
	unsigned int seq;

	do {
		*trees = (struct shield_trees){};
		seq = shield_sequence_begin(renames, &tries);
		if (seq & 1 || !--tries) {
			trees->disconnected = true;
			return;
		}
		walk(index, dentry, slot, trees);
		if (!trees->nr && !trees->disconnected)
			remember(dentry, seq, stamp);
	} while (shield_sequence_changed(renames, seq));
}
