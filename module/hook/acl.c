// SPDX-License-Identifier: GPL-2.0-only
/*
 * Hooks on POSIX ACLs, where the kernel has them; elsewhere an ACL is an xattr.
 */
#include <linux/fs.h>
#include <linux/security.h>

#include "hook/judge.h"
#include "hook/points.h"

static long judge_acl(const char *hook, struct dentry *dentry)
{
	long verdict = shield_judge(shield_judge_begin(), hook, d_inode(dentry),
				    dentry, SHIELD_ATTR);

	shield_judge_end();
	return verdict;
}

SHIELD_DENY(security_inode_set_acl, SHIELD_IDMAPPED, SHIELD_ATTR, false, 3,
	    struct dentry *, dentry, const char *, name, struct posix_acl *,
	    acl)
{
	return judge_acl("security_inode_set_acl", dentry);
}

SHIELD_DENY(security_inode_remove_acl, SHIELD_IDMAPPED, SHIELD_ATTR, false, 2,
	    struct dentry *, dentry, const char *, name)
{
	return judge_acl("security_inode_remove_acl", dentry);
}
