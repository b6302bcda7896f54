// SPDX-License-Identifier: GPL-2.0-only
/*
 * Hooks on open files: open, truncate, what a descriptor is good for.
 */
#include <linux/fs.h>
#include <linux/security.h>
#include <uapi/linux/falloc.h>

#include "compat/layers.h"
#include "decide.h"
#include "hook/judge.h"
#include "hook/points.h"

static u16 rights_of_open(const struct file *file)
{
	unsigned int flags = file->f_flags;
	u16 rights = 0;

	/* Access mode 3 opens for neither, but for ioctls that write. */
	if (flags & O_TRUNC || (flags & O_ACCMODE) == O_ACCMODE)
		rights |= SHIELD_WRITE;
	/* What may be read, too, may be mapped, and written anywhere so. */
	else if ((flags & O_ACCMODE) == O_WRONLY && flags & O_APPEND)
		rights |= SHIELD_APPEND;
	else if (flags & O_ACCMODE)
		rights |= SHIELD_WRITE;
	if (file->f_mode & FMODE_CREATED)
		rights |= SHIELD_FILL;
	if (file->f_mode & FMODE_READ)
		rights |= SHIELD_READ;
	if (flags & __FMODE_EXEC)
		rights |= SHIELD_EXEC;
	return rights;
}

static noinline long judge_concerned(struct shield_policy *policy,
				     const struct file *file)
{
	return shield_judge_concerned(policy, "security_file_open",
				      file_inode(file),
				      shield_file_dentry(file),
				      rights_of_open(file));
}

static __always_inline bool may_concern(const struct shield_policy *policy,
					const struct file *file)
{
	const struct inode *inode = file_inode(file);
	int slot = shield_superblock_slot(inode->i_sb);

	if (slot < 0 || !policy)
		return false;
	return shield_decide_may_hold(policy, inode, slot) ||
	       shield_decide_may_name(policy, shield_file_dentry(file), slot);
}

/*
 * Each step in a function of its own: an open for reading saves no registers,
 * an open for writing no more than it needs for its quick look.
 */
static noinline long judge_open(const struct file *file)
{
	struct shield_policy *policy = shield_judge_begin();
	long verdict = 0;

	if (may_concern(policy, file))
		verdict = judge_concerned(policy, file);
	shield_judge_end();
	return verdict;
}

SHIELD_DENY_HOT(security_file_open, SHIELD_PLAIN,
		SHIELD_READ | SHIELD_WRITE | SHIELD_APPEND | SHIELD_EXEC, true,
		1, struct file *, file)
{
	if (likely(!(file->f_flags & (O_ACCMODE | O_TRUNC)) &&
		   !READ_ONCE(shield_judge_reads)))
		return 0;
	return judge_open(file);
}

static long judge_name(const char *hook, const struct dentry *dentry,
		       u16 rights)
{
	struct shield_policy *policy = shield_judge_begin();
	long verdict =
		shield_judge(policy, hook, d_inode(dentry), dentry, rights);

	shield_judge_end();
	return verdict;
}

SHIELD_DENY(security_path_truncate, SHIELD_PLAIN, SHIELD_WRITE, false, 1,
	    const struct path *, path)
{
	return judge_name("security_path_truncate", path->dentry, SHIELD_WRITE);
}

/* A descriptor that was opened to append must not come to write. */
SHIELD_DENY(security_file_fcntl, SHIELD_PLAIN, SHIELD_WRITE, false, 3,
	    struct file *, file, unsigned int, cmd, unsigned long, arg)
{
	if (cmd != F_SETFL || !(file->f_flags & O_APPEND) || arg & O_APPEND)
		return 0;
	return judge_name("security_file_fcntl", shield_file_dentry(file),
			  SHIELD_WRITE);
}

/* Punching, collapsing and zeroing need no more than a descriptor. */
SHIELD_DENY(vfs_fallocate, SHIELD_PLAIN, SHIELD_WRITE | SHIELD_APPEND, false, 4,
	    struct file *, file, int, mode, loff_t, offset, loff_t, len)
{
	u16 rights = mode & ~FALLOC_FL_KEEP_SIZE ? SHIELD_WRITE : SHIELD_APPEND;

	return judge_name("vfs_fallocate", shield_file_dentry(file), rights);
}
