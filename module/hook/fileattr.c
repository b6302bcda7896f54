// SPDX-License-Identifier: GPL-2.0-only
/*
 * The hook on file_setattr(), the system call that sets inode flags by path;
 * older kernels know only the ioctl.
 */
#include <linux/fs.h>
#include <linux/path.h>
#include <linux/security.h>

#include "hook/judge.h"
#include "hook/points.h"

struct file_kattr;

SHIELD_DENY(security_inode_file_setattr, SHIELD_PLAIN,
	    SHIELD_ATTR | SHIELD_CREATE, false, 2, struct dentry *, dentry,
	    struct file_kattr *, attr)
{
	static const char hook[] = "security_inode_file_setattr";
	const struct path at = { .dentry = dentry };
	struct shield_policy *policy = shield_judge_begin();
	long verdict = shield_judge(policy, hook, d_inode(dentry), dentry,
				    SHIELD_ATTR);

	/* As by the ioctl: a directory can be made to know other names. */
	if (!verdict && d_is_dir(dentry))
		verdict = shield_judge_wide(policy, hook, &at, SHIELD_CREATE,
					    SHIELD_SOME_ENTRY);
	shield_judge_end();
	return verdict;
}
