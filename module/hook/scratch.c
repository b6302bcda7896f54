// SPDX-License-Identifier: GPL-2.0-only
/*
 * A file of our own, on a file system that nobody else can reach, to try hooks
 * on: as long as it is lent to a policy, a rule denies everything about it.
 */
#include "hook/scratch.h"

#include <linux/cred.h>
#include <linux/dcache.h>
#include <linux/err.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/fs_context.h>
#include <linux/mount.h>
#include <linux/preempt.h>
#include <linux/pseudo_fs.h>

#include "object/object.h"
#include "object/superblock.h"

#define SCRATCH_MAGIC 0x73686c64 /* "shld" */

static struct path scratch;

static int init_context(struct fs_context *context)
{
	return init_pseudo(context, SCRATCH_MAGIC) ? 0 : -ENOMEM;
}

/*
 * Without an owner: the mount is ours until the exit, and must not hold us, or
 * rmmod would fail whenever somebody tries the hooks.
 */
static struct file_system_type scratch_type = {
	.name = "shield",
	.init_fs_context = init_context,
	.kill_sb = kill_anon_super,
};

static struct inode *make_inode(struct super_block *sb)
{
	struct inode *inode = new_inode(sb);

	if (!inode)
		return NULL;
	inode->i_ino = get_next_ino();
	inode->i_mode = S_IFREG | 0600;
	/* Its operations are the kernel's for what cannot be opened: ENXIO. */
	/* Other security modules have no business with it. */
	inode->i_flags |= S_PRIVATE;
	return inode;
}

int shield_scratch_init(void)
{
	struct vfsmount *mount = kern_mount(&scratch_type);
	struct dentry *dentry;
	struct inode *inode;

	if (IS_ERR(mount))
		return PTR_ERR(mount);
	dentry = d_alloc_name(mount->mnt_root, "scratch");
	inode = dentry ? make_inode(mount->mnt_sb) : NULL;
	if (!inode) {
		dput(dentry);
		kern_unmount(mount);
		return -ENOMEM;
	}
	d_add(dentry, inode);
	scratch.mnt = mount;
	scratch.dentry = dentry;
	return 0;
}

void shield_scratch_exit(void)
{
	dput(scratch.dentry);
	kern_unmount(scratch.mnt);
	scratch = (struct path){};
}

static struct shield_key key_of(void)
{
	return shield_object_key(d_inode(scratch.dentry), SHIELD_SCRATCH_SLOT);
}

int shield_scratch_lend(struct shield_policy *policy)
{
	const struct shield_key key = key_of();
	int error = shield_superblock_lend(scratch.mnt->mnt_sb);

	lockdep_assert_held(&shield_policy_mutex);
	if (error)
		return error;
	error = shield_object_add(&policy->index, &key,
				  shield_policy_scratch_rule(policy),
				  SHIELD_TARGET);
	if (error)
		shield_superblock_gone(scratch.mnt->mnt_sb);
	return error;
}

void shield_scratch_return(struct shield_policy *policy)
{
	const struct shield_key key = key_of();

	lockdep_assert_held(&shield_policy_mutex);
	/* Hooks change the same bucket meanwhile; it is read as they read it. */
	preempt_disable();
	shield_object_forget(&policy->index, &key, true);
	preempt_enable();
	shield_superblock_gone(scratch.mnt->mnt_sb);
}

int shield_scratch_open(void)
{
	struct file *file = dentry_open(&scratch, O_WRONLY, current_cred());

	if (IS_ERR(file))
		return PTR_ERR(file);
	fput(file);
	return 0;
}

int shield_scratch_truncate(void)
{
	return vfs_truncate(&scratch, 0);
}
