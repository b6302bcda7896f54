// SPDX-License-Identifier: GPL-2.0-only
/*
 * Hooks on mounts: something put over a path hides what is there, and a mount
 * taken away takes what is on it along.
 */
#include <linux/fs.h>
#include <linux/mount.h>
#include <linux/security.h>
#include <uapi/linux/mount.h>

#include "compat/mount.h"
#include "hook/judge.h"
#include "hook/points.h"
#include "subject/home.h"

#define PROPAGATION (MS_SHARED | MS_PRIVATE | MS_SLAVE | MS_UNBINDABLE)

/*
 * mount(2) looks at its flags in this order; a bind mount may carry others as
 * well, which then mean nothing.
 */
static bool is_in_place(unsigned long flags)
{
	if (flags & MS_REMOUNT)
		return true;
	return flags & PROPAGATION && !(flags & MS_BIND);
}

static bool is_move(unsigned long flags)
{
	return flags & MS_MOVE && !(flags & MS_BIND) && !is_in_place(flags);
}

/*
 * Services and containers arrange their own view in a namespace of their own;
 * what they do there concerns nobody else unless it is passed on. From a user
 * namespace nothing ever is. Nor does what is stacked on the root hide it from
 * those whose root it is.
 */
static bool concerns_others(const struct path *path)
{
	if (shield_home_mounts())
		return true;
	return shield_home_user() && shield_mount_is_shared(path->mnt) &&
	       path->dentry != shield_home_top();
}

static long judge_mount(const char *hook, const struct path *path)
{
	long verdict;

	if (!concerns_others(path))
		return 0;
	verdict = shield_judge(shield_judge_begin(), hook,
			       d_inode(path->dentry), path->dentry,
			       SHIELD_MOUNT);
	shield_judge_end();
	return verdict;
}

/*
 * A mount goes from where it is. Only at home do we know those on the way;
 * another namespace has copies of them.
 */
static long judge_departure(const char *hook, struct vfsmount *mnt)
{
	const struct path top = { .mnt = mnt, .dentry = mnt->mnt_root };
	struct shield_policy *policy;
	long verdict = 0;

	if (!concerns_others(&top))
		return 0;
	policy = shield_judge_begin();
	if (policy && (!shield_home_mounts() ||
		       shield_crossings_may_have(&policy->crossings, mnt)))
		verdict = shield_judge(policy, hook, d_inode(top.dentry),
				       top.dentry, SHIELD_MOUNT);
	shield_judge_end();
	return verdict;
}

/*
 * MS_MOVE names its source by a path that only the kernel may walk. It can move
 * any mount but that of the root, so every rule beyond one must allow it.
 */
static long judge_unseen_departure(const char *hook, const struct path *to)
{
	long verdict;

	if (!shield_home_mounts())
		return 0;
	verdict = shield_judge_wide(shield_judge_begin(), hook, to,
				    SHIELD_MOUNT, SHIELD_SOME_MOUNT);
	shield_judge_end();
	return verdict;
}

SHIELD_DENY(security_sb_mount, SHIELD_PLAIN, SHIELD_MOUNT, true, 5,
	    const char *, dev_name, const struct path *, path, const char *,
	    type, unsigned long, flags, void *, data)
{
	static const char hook[] = "security_sb_mount";
	long verdict;

	if (is_in_place(flags))
		return 0;
	verdict = is_move(flags) ? judge_unseen_departure(hook, path) : 0;
	return verdict ?: judge_mount(hook, path);
}

SHIELD_DENY(security_move_mount, SHIELD_PLAIN, SHIELD_MOUNT, true, 2,
	    const struct path *, from, const struct path *, to)
{
	static const char hook[] = "security_move_mount";

	return judge_departure(hook, from->mnt) ?: judge_mount(hook, to);
}

/* Also what is only detached now and unmounted when it is idle. */
SHIELD_DENY(security_sb_umount, SHIELD_PLAIN, SHIELD_MOUNT, true, 2,
	    struct vfsmount *, mnt, int, flags)
{
	return judge_departure("security_sb_umount", mnt);
}

/* At home it gives every task another root, process 1 first. */
SHIELD_DENY(security_sb_pivotroot, SHIELD_PLAIN, SHIELD_MOUNT, true, 2,
	    const struct path *, old_path, const struct path *, new_path)
{
	struct shield_policy *policy;
	struct dentry *top;
	long verdict;

	if (!shield_home_mounts())
		return 0;
	policy = shield_judge_begin();
	top = shield_home_top();
	verdict = shield_judge(policy, "security_sb_pivotroot", d_inode(top),
			       top, SHIELD_MOUNT);
	shield_judge_end();
	return verdict;
}
