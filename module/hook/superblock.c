// SPDX-License-Identifier: GPL-2.0-only
/*
 * Hooks that keep the tables true: file systems come and go, inodes end.
 */
#include <linux/fs.h>
#include <linux/security.h>

#include "hook/judge.h"
#include "hook/points.h"
#include "object/holder.h"
#include "object/object.h"
#include "object/superblock.h"

/* Every mount comes by here, filled in and before anything can be opened. */
SHIELD_SEE(security_sb_set_mnt_opts, SHIELD_PLAIN, int, 0, true, 4,
	   struct super_block *, sb, void *, mnt_opts, unsigned long,
	   kern_flags, unsigned long *, set_kern_flags)
{
	shield_superblock_mounted(sb);
}

SHIELD_SEE(security_sb_free, SHIELD_PLAIN, void, 0, true, 1,
	   struct super_block *, sb)
{
	shield_superblock_gone(sb);
}

static void forget(struct shield_policy *policy, const struct inode *inode)
{
	int slot = shield_superblock_slot(inode->i_sb);
	struct shield_key key;

	if (!policy || slot < 0 || !shield_superblock_is_original(inode->i_sb))
		return;
	key = shield_object_key(inode, slot);
	shield_object_forget(&policy->index, &key,
			     !shield_superblock_has_snapshots(inode->i_sb));
}

/*
 * The last reference to the inode in memory. Without a link it is gone for
 * ever, and its number may be given to another file at once.
 */
SHIELD_SEE(security_inode_free, SHIELD_PLAIN, void, 0, true, 1, struct inode *,
	   inode)
{
	if (unlikely(shield_holder_any()))
		shield_holder_gone(inode);
	if (likely(inode->i_nlink))
		return;
	forget(shield_judge_begin(), inode);
	shield_judge_end();
}
