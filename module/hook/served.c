// SPDX-License-Identifier: GPL-2.0-only
/*
 * The hook on ACLs that the kernel's own file servers, nfsd and ksmbd, set past
 * the calls of the security framework.
 *
 * They are kernel threads. Who comes by a system call was judged already, as
 * for an xattr or by the hooks on ACLs, and is not told twice.
 */
#include <linux/fs.h>
#include <linux/posix_acl.h>
#include <linux/sched.h>

#include "compat/acl.h"
#include "hook/judge.h"
#include "hook/points.h"

static long judge_served(struct shield_policy *policy,
			 shield_acl_target *target)
{
	return shield_judge(policy, "set_posix_acl", shield_acl_inode(target),
			    shield_acl_dentry(target), SHIELD_ATTR);
}

SHIELD_DENY(set_posix_acl, SHIELD_IDMAPPED, SHIELD_ATTR, false, 3,
	    shield_acl_target *, target, int, type, struct posix_acl *, acl)
{
	long verdict;

	if (!(current->flags & PF_KTHREAD))
		return 0;
	verdict = judge_served(shield_judge_begin(), target);
	shield_judge_end();
	return verdict;
}
