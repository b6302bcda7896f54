// SPDX-License-Identifier: GPL-2.0-only
/*
 * Hooks on names and metadata.
 *
 * The kernel holds the i_rwsem of every directory involved around the hooks on
 * names: what they see does not change until the act is done.
 */
#include <linux/fs.h>
#include <linux/security.h>

#include "hook/judge.h"
#include "hook/points.h"

/* Take the entry @dentry out of @dir. */
static long judge_removal(struct shield_policy *policy, const char *hook,
			  struct inode *dir, struct dentry *dentry)
{
	long verdict = shield_judge(policy, hook, d_inode(dentry), dentry,
				    SHIELD_REMOVE);

	return verdict ?:
			 shield_judge(policy, hook, dir, dentry->d_parent,
				      SHIELD_WRITE);
}

/* Make something appear at @dentry in @dir. */
static long judge_creation(struct shield_policy *policy, const char *hook,
			   struct inode *dir, struct dentry *dentry)
{
	long verdict = shield_judge(policy, hook, NULL, dentry, SHIELD_CREATE);

	return verdict ?:
			 shield_judge(policy, hook, dir, dentry->d_parent,
				      SHIELD_CREATE);
}

static long judge_one_removal(const char *hook, struct inode *dir,
			      struct dentry *dentry)
{
	long verdict = judge_removal(shield_judge_begin(), hook, dir, dentry);

	shield_judge_end();
	return verdict;
}

static long judge_one_creation(const char *hook, struct inode *dir,
			       struct dentry *dentry)
{
	long verdict = judge_creation(shield_judge_begin(), hook, dir, dentry);

	shield_judge_end();
	return verdict;
}

static long judge_one_dentry(const char *hook, struct dentry *dentry,
			     u16 rights)
{
	long verdict = shield_judge(shield_judge_begin(), hook, d_inode(dentry),
				    dentry, rights);

	shield_judge_end();
	return verdict;
}

/* Where all ways to remove a file meet: system calls, overlayfs, nfsd. */
SHIELD_DENY(vfs_unlink, SHIELD_UNLINK, SHIELD_REMOVE | SHIELD_WRITE, false, 2,
	    struct inode *, dir, struct dentry *, dentry)
{
	return judge_one_removal("vfs_unlink", dir, dentry);
}

SHIELD_DENY(security_inode_rmdir, SHIELD_PLAIN, SHIELD_REMOVE | SHIELD_WRITE,
	    true, 2, struct inode *, dir, struct dentry *, dentry)
{
	return judge_one_removal("security_inode_rmdir", dir, dentry);
}

static const char rename_hook[] = "security_inode_rename";

/* Take away what is at @to, where something else will be. */
static long judge_replacement(struct shield_policy *policy,
			      struct inode *from_dir, struct inode *to_dir,
			      struct dentry *to)
{
	if (d_is_negative(to))
		return 0;
	/* Of this directory writing is asked already. */
	if (to_dir == from_dir)
		return shield_judge(policy, rename_hook, d_inode(to), to,
				    SHIELD_REMOVE);
	return judge_removal(policy, rename_hook, to_dir, to);
}

static long judge_rename(struct shield_policy *policy, struct inode *from_dir,
			 struct dentry *from, struct inode *to_dir,
			 struct dentry *to, unsigned int flags)
{
	long verdict = judge_removal(policy, rename_hook, from_dir, from);

	verdict = verdict ?: judge_replacement(policy, from_dir, to_dir, to);
	verdict = verdict ?: judge_creation(policy, rename_hook, to_dir, to);
	/* The other file appears where this one was, or a whiteout. */
	if (!verdict && flags & (RENAME_EXCHANGE | RENAME_WHITEOUT))
		verdict = judge_creation(policy, rename_hook, from_dir, from);
	if (!verdict)
		verdict = shield_judge_arrival(policy, rename_hook,
					       d_inode(from), to);
	if (!verdict && flags & RENAME_EXCHANGE)
		verdict = shield_judge_arrival(policy, rename_hook, d_inode(to),
					       from);
	return verdict;
}

SHIELD_DENY(security_inode_rename, SHIELD_PLAIN, SHIELD_ALL, true, 5,
	    struct inode *, old_dir, struct dentry *, old_dentry,
	    struct inode *, new_dir, struct dentry *, new_dentry, unsigned int,
	    flags)
{
	long verdict = judge_rename(shield_judge_begin(), old_dir, old_dentry,
				    new_dir, new_dentry, flags);

	shield_judge_end();
	return verdict;
}

static long judge_link(struct shield_policy *policy, struct dentry *old,
		       struct inode *dir, struct dentry *dentry)
{
	static const char hook[] = "security_inode_link";
	long verdict =
		shield_judge(policy, hook, d_inode(old), old, SHIELD_LINK);

	verdict = verdict ?: judge_creation(policy, hook, dir, dentry);
	return verdict ?:
			 shield_judge_arrival(policy, hook, d_inode(old), dentry);
}

SHIELD_DENY(security_inode_link, SHIELD_PLAIN, SHIELD_LINK | SHIELD_CREATE,
	    true, 3, struct dentry *, old_dentry, struct inode *, dir,
	    struct dentry *, new_dentry)
{
	long verdict =
		judge_link(shield_judge_begin(), old_dentry, dir, new_dentry);

	shield_judge_end();
	return verdict;
}

SHIELD_DENY(security_inode_create, SHIELD_PLAIN, SHIELD_CREATE, false, 3,
	    struct inode *, dir, struct dentry *, dentry, umode_t, mode)
{
	return judge_one_creation("security_inode_create", dir, dentry);
}

SHIELD_DENY(security_inode_mkdir, SHIELD_PLAIN, SHIELD_CREATE, false, 3,
	    struct inode *, dir, struct dentry *, dentry, umode_t, mode)
{
	return judge_one_creation("security_inode_mkdir", dir, dentry);
}

SHIELD_DENY(security_inode_mknod, SHIELD_PLAIN, SHIELD_CREATE, false, 4,
	    struct inode *, dir, struct dentry *, dentry, umode_t, mode, dev_t,
	    dev)
{
	return judge_one_creation("security_inode_mknod", dir, dentry);
}

SHIELD_DENY(security_inode_symlink, SHIELD_PLAIN, SHIELD_CREATE, false, 3,
	    struct inode *, dir, struct dentry *, dentry, const char *, target)
{
	return judge_one_creation("security_inode_symlink", dir, dentry);
}

static u16 rights_of_setattr(const struct iattr *attr)
{
	if (attr->ia_valid & ATTR_SIZE)
		return SHIELD_WRITE;
	/* A permitted write takes set-user-ID away by itself. */
	if (attr->ia_valid & ATTR_FORCE &&
	    !(attr->ia_valid & (ATTR_UID | ATTR_GID | ATTR_ATIME | ATTR_MTIME)))
		return 0;
	return SHIELD_ATTR;
}

SHIELD_DENY(security_inode_setattr, SHIELD_IDMAPPED, SHIELD_WRITE | SHIELD_ATTR,
	    false, 2, struct dentry *, dentry, struct iattr *, attr)
{
	u16 rights = rights_of_setattr(attr);

	if (!rights)
		return 0;
	return judge_one_dentry("security_inode_setattr", dentry, rights);
}

SHIELD_DENY(security_inode_setxattr, SHIELD_IDMAPPED, SHIELD_ATTR, false, 5,
	    struct dentry *, dentry, const char *, name, const void *, value,
	    size_t, size, int, flags)
{
	return judge_one_dentry("security_inode_setxattr", dentry, SHIELD_ATTR);
}

SHIELD_DENY(security_inode_removexattr, SHIELD_IDMAPPED, SHIELD_ATTR, false, 2,
	    struct dentry *, dentry, const char *, name)
{
	return judge_one_dentry("security_inode_removexattr", dentry,
				SHIELD_ATTR);
}
