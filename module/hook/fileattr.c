// SPDX-License-Identifier: GPL-2.0-only
/*
 * The hook on file_setattr(), the system call that sets inode flags by path;
 * older kernels know only the ioctl.
 */
#include <linux/fs.h>
#include <linux/security.h>

#include "hook/judge.h"
#include "hook/points.h"

struct file_kattr;

SHIELD_DENY(security_inode_file_setattr, SHIELD_PLAIN, SHIELD_ATTR, false, 2,
	    struct dentry *, dentry, struct file_kattr *, attr)
{
	long verdict = shield_judge(shield_judge_begin(),
				    "security_inode_file_setattr",
				    d_inode(dentry), dentry, SHIELD_ATTR);

	shield_judge_end();
	return verdict;
}
