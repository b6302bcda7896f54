/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What set_posix_acl() is given to set an ACL of: an inode, or its dentry.
 */
#ifndef SHIELD_COMPAT_ACL_H
#define SHIELD_COMPAT_ACL_H

#include <linux/compiler.h>
#include <linux/dcache.h>
#include <linux/fs.h>

#ifdef SHIELD_SET_POSIX_ACL_TAKES_DENTRY
typedef struct dentry shield_acl_target;

static inline struct inode *shield_acl_inode(struct dentry *target)
{
	return d_inode(target);
}

static inline const struct dentry *shield_acl_dentry(struct dentry *target)
{
	return target;
}
#else
typedef struct inode shield_acl_target;

static inline struct inode *shield_acl_inode(struct inode *target)
{
	return target;
}

/**
 * shield_acl_dentry() - a name of the file, perhaps one of several
 * @target: inode; the caller of set_posix_acl() has a dentry of it
 *
 * Context: preemption off, since a dentry is freed after a grace period. Without
 * i_lock, which could sleep: nothing but the head of the list is looked at.
 * Return: dentry, which may lose its inode meanwhile.
 */
static inline const struct dentry *shield_acl_dentry(struct inode *target)
{
	return hlist_entry_safe(READ_ONCE(target->i_dentry.first),
				struct dentry, d_u.d_alias);
}
#endif

#endif
