// SPDX-License-Identifier: GPL-2.0-only
/*
 * Hooks on ioctls that change files behind the back of everything else: the
 * table of those, each with its reason.
 *
 * What is not in it changes no protected file: growing and shrinking a file
 * system, moving its blocks, trimming, labels and quotas.
 */
#include "hook/ioctl.h"

#include <linux/fs.h>
#include <linux/fsverity.h>
#include <linux/kernel.h>
#include <linux/security.h>
#include <uapi/linux/btrfs.h>
#include <uapi/linux/fscrypt.h>

#include "compat/layers.h"
#include "decide.h"
#include "hook/judge.h"
#include "hook/points.h"
#include "object/holder.h"

/*
 * Ioctls that the kernel does not export to modules, or not on every kernel.
 * Their argument's size is not compared, so any type will do.
 */
#define EXT4_IOC_SETVERSION _IOW('f', 4, long)
#define EXT4_IOC_MOVE_EXT _IOWR('f', 15, int)
#define EXT4_IOC_SWAP_BOOT _IO('f', 17)
#define EXT4_IOC_SETFSUUID _IOW('f', 44, int)
#define EXT4_IOC_SET_TUNE_SB_PARAM _IOW('f', 46, int)
#define IOC_SHUTDOWN _IOR('X', 125, int)
#define XFS_IOC_ALLOCSP _IOW('X', 10, int)
#define XFS_IOC_FREESP _IOW('X', 11, int)
#define XFS_IOC_ALLOCSP64 _IOW('X', 36, int)
#define XFS_IOC_FREESP64 _IOW('X', 37, int)
#define XFS_IOC_SWAPEXT _IOWR('X', 109, int)
#define XFS_IOC_ATTRMULTI_BY_HANDLE _IOW('X', 123, int)
#define XFS_IOC_EXCHANGE_RANGE _IOW('X', 129, int)
#define XFS_IOC_COMMIT_RANGE _IOW('X', 131, int)
#define BTRFS_IOC_SNAP_DESTROY_BY_ID _IOW(BTRFS_IOCTL_MAGIC, 63, int)
#define BTRFS_IOC_READ_ENCODED _IOR(BTRFS_IOCTL_MAGIC, 64, int)
#define BTRFS_IOC_WRITE_ENCODED _IOW(BTRFS_IOCTL_MAGIC, 64, int)

/**
 * enum scope - what an ioctl is about
 * @THIS_FILE: the file of the descriptor
 * @TWO_FILES: that, and one that user memory names by a descriptor open for
 *             writing, perhaps only to append. Who has one that is protected
 *             was judged when it was opened, for that alone, unless it was
 *             before
 * @SOME_ENTRY: an entry of the descriptor's directory; user memory says which,
 *              and may say something else by the time the kernel reads it
 * @SOME_FILE: any file of the descriptor's file system
 * @EVERY_FILE: all of them; told, not denied
 */
enum scope { THIS_FILE, TWO_FILES, SOME_ENTRY, SOME_FILE, EVERY_FILE };

/**
 * struct row - one ioctl
 * @cmd: its number
 * @scope: what it is about
 * @rights: what it does to that
 * @besides: what it does besides: to the directory itself, for SOME_ENTRY; to
 *           its entries, for THIS_FILE if that is a directory
 */
struct row {
	unsigned int cmd;
	enum scope scope;
	u16 rights;
	u16 besides;
};

/* clang-format off */
static const struct row table[] = {
	/*
	 * Immutable, append-only, no dump. In a directory, what may appear; one
	 * that folds upper and lower case finds it under names that we do not
	 * know.
	 */
	{ FS_IOC_SETFLAGS, THIS_FILE, SHIELD_ATTR, SHIELD_CREATE },
	/* The same, the project and hints. */
	{ FS_IOC_FSSETXATTR, THIS_FILE, SHIELD_ATTR, SHIELD_CREATE },
	/* Without the key nothing can appear in the directory any more. */
	{ FS_IOC_SET_ENCRYPTION_POLICY, THIS_FILE, SHIELD_ATTR, SHIELD_CREATE },
	/* Nobody could write the file ever again. */
	{ FS_IOC_ENABLE_VERITY, THIS_FILE, SHIELD_ATTR },
	/* Makes another file of it, for us as for NFS: as good as removed. */
	{ FS_IOC_SETVERSION, THIS_FILE, SHIELD_ATTR | SHIELD_REMOVE },
	{ EXT4_IOC_SETVERSION, THIS_FILE, SHIELD_ATTR | SHIELD_REMOVE },

	/* Each of the two files gets the data of the other. */
	{ EXT4_IOC_MOVE_EXT, TWO_FILES, SHIELD_WRITE },
	{ XFS_IOC_SWAPEXT, TWO_FILES, SHIELD_WRITE },
	{ XFS_IOC_EXCHANGE_RANGE, TWO_FILES, SHIELD_WRITE },
	{ XFS_IOC_COMMIT_RANGE, TWO_FILES, SHIELD_WRITE },
	/* Give the file the data of another. */
	{ EXT4_IOC_SWAP_BOOT, THIS_FILE, SHIELD_WRITE },
	{ FICLONE, THIS_FILE, SHIELD_WRITE },
	{ FICLONERANGE, THIS_FILE, SHIELD_WRITE },
	{ BTRFS_IOC_WRITE_ENCODED, THIS_FILE, SHIELD_WRITE },
	/* Asks for no descriptor that may read. */
	{ BTRFS_IOC_READ_ENCODED, THIS_FILE, SHIELD_READ },
	/* Truncate it, with no other security call. */
	{ XFS_IOC_ALLOCSP, THIS_FILE, SHIELD_WRITE },
	{ XFS_IOC_ALLOCSP64, THIS_FILE, SHIELD_WRITE },
	{ XFS_IOC_FREESP, THIS_FILE, SHIELD_WRITE },
	{ XFS_IOC_FREESP64, THIS_FILE, SHIELD_WRITE },

	/* Subvolumes appear without a call that says a name. */
	{ BTRFS_IOC_SUBVOL_CREATE, SOME_ENTRY, SHIELD_CREATE, SHIELD_CREATE },
	{ BTRFS_IOC_SUBVOL_CREATE_V2, SOME_ENTRY, SHIELD_CREATE, SHIELD_CREATE },
	{ BTRFS_IOC_SNAP_CREATE, SOME_ENTRY, SHIELD_CREATE, SHIELD_CREATE },
	{ BTRFS_IOC_SNAP_CREATE_V2, SOME_ENTRY, SHIELD_CREATE, SHIELD_CREATE },
	/* And go, with all that is in them. */
	{ BTRFS_IOC_SNAP_DESTROY, SOME_ENTRY, SHIELD_REMOVE, SHIELD_WRITE },
	/* Perhaps by a number, perhaps in another directory: user memory says. */
	{ BTRFS_IOC_SNAP_DESTROY_BY_ID, SOME_FILE, SHIELD_REMOVE },
	/* Read-only for ever, or taken for the copy of another by receive. */
	{ BTRFS_IOC_SUBVOL_SETFLAGS, THIS_FILE, SHIELD_ATTR | SHIELD_REMOVE },
	{ BTRFS_IOC_SET_RECEIVED_SUBVOL, THIS_FILE, SHIELD_ATTR | SHIELD_REMOVE },
	/* The next mount shows another subvolume. */
	{ BTRFS_IOC_DEFAULT_SUBVOL, SOME_FILE, SHIELD_REMOVE },
	/* Small files lie in the trees, and all of them go into a stream. */
	{ BTRFS_IOC_TREE_SEARCH, SOME_FILE, SHIELD_READ },
	{ BTRFS_IOC_SEND, SOME_FILE, SHIELD_READ },

	/* Sets and removes attributes of any file of the file system. */
	{ XFS_IOC_ATTRMULTI_BY_HANDLE, SOME_FILE, SHIELD_ATTR },
	/* What was written last is gone, and nothing works until it is mounted anew. */
	{ IOC_SHUTDOWN, SOME_FILE, SHIELD_WRITE },
	/* Nothing works until it thaws; but backups need it. */
	{ FIFREEZE, EVERY_FILE, SHIELD_WRITE },
	/* Shield would not know the file system again. */
	{ EXT4_IOC_SETFSUUID, SOME_FILE, SHIELD_REMOVE },
	{ EXT4_IOC_SET_TUNE_SB_PARAM, SOME_FILE, SHIELD_REMOVE },
};

/* clang-format on */

/* Programs of 32 bits have arguments of other sizes, and the same numbers. */
static bool is_same(unsigned int a, unsigned int b)
{
	return !((a ^ b) & ~(_IOC_SIZEMASK << _IOC_SIZESHIFT));
}

static const struct row *find(unsigned int cmd)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(table); i++)
		if (is_same(table[i].cmd, cmd))
			return &table[i];
	return NULL;
}

/*
 * While somebody holds a protected file, any may be the other one; else one
 * that was opened to append, which ext4 takes for a file to be written.
 */
static long judge_other(struct shield_policy *policy, const char *hook,
			const struct path *path, const struct row *row)
{
	if (shield_holder_any())
		return shield_judge_wide(policy, hook, path, row->rights,
					 SHIELD_SOME_FILE);
	/* XFS does not take such a one. */
	if (row->cmd != EXT4_IOC_MOVE_EXT)
		return 0;
	return shield_judge_wide(policy, hook, path, row->rights,
				 SHIELD_SOME_APPENDED);
}

static long judge_row(struct shield_policy *policy, const char *hook,
		      const struct path *path, const struct row *row)
{
	struct inode *inode = d_inode(path->dentry);
	long verdict;

	switch (row->scope) {
	case TWO_FILES:
		verdict = shield_judge(policy, hook, inode, path->dentry,
				       row->rights);
		return verdict ?: judge_other(policy, hook, path, row);
	case SOME_ENTRY:
		verdict = shield_judge(policy, hook, inode, path->dentry,
				       row->besides);
		return verdict ?:
				 shield_judge_wide(policy, hook, path,
						   row->rights,
						   SHIELD_SOME_ENTRY);
	case SOME_FILE:
		return shield_judge_wide(policy, hook, path, row->rights,
					 SHIELD_SOME_FILE);
	case EVERY_FILE:
		return shield_judge_wide(policy, hook, path, row->rights,
					 SHIELD_EVERY_FILE);
	default:
		verdict = shield_judge(policy, hook, inode, path->dentry,
				       row->rights);
		if (verdict || !row->besides || !S_ISDIR(inode->i_mode))
			return verdict;
		return shield_judge_wide(policy, hook, path, row->besides,
					 SHIELD_SOME_ENTRY);
	}
}

/* Most ioctls are on devices and sockets. */
long shield_ioctl_judge(const char *hook, const struct file *file,
			unsigned int cmd)
{
	const struct path path = {
		.mnt = file->f_path.mnt,
		.dentry = shield_file_dentry(file),
	};
	const struct row *row;
	long verdict;

	if (shield_superblock_slot(file_inode(file)->i_sb) < 0)
		return 0;
	row = find(cmd);
	if (!row)
		return 0;
	verdict = judge_row(shield_judge_begin(), hook, &path, row);
	shield_judge_end();
	return verdict;
}

SHIELD_DENY(security_file_ioctl, SHIELD_PLAIN, SHIELD_ALL, true, 3,
	    struct file *, file, unsigned int, cmd, unsigned long, arg)
{
	return shield_ioctl_judge("security_file_ioctl", file, cmd);
}

SHIELD_DENY(security_file_ioctl_compat, SHIELD_PLAIN, SHIELD_ALL, true, 3,
	    struct file *, file, unsigned int, cmd, unsigned long, arg)
{
	return shield_ioctl_judge("security_file_ioctl_compat", file, cmd);
}
