// SPDX-License-Identifier: GPL-2.0-only
/*
 * Hooks on mounts: something put over a path hides what is there.
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
 * Does mount(2) change a mount in place, and so hide nothing? In the order in
 * which the kernel looks at the flags: a bind mount may carry others as well.
 */
static bool is_in_place(unsigned long flags)
{
	if (flags & MS_REMOUNT)
		return true;
	return flags & PROPAGATION && !(flags & MS_BIND);
}

/*
 * Services and containers arrange their own view in a namespace of their own;
 * what they mount there concerns nobody else unless it is passed on.
 */
static bool concerns_others(const struct path *path)
{
	return shield_home_mounts() || shield_mount_is_shared(path->mnt);
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

SHIELD_DENY(security_sb_mount, SHIELD_PLAIN, SHIELD_MOUNT, false, 5,
	    const char *, dev_name, const struct path *, path, const char *,
	    type, unsigned long, flags, void *, data)
{
	if (is_in_place(flags))
		return 0;
	return judge_mount("security_sb_mount", path);
}

SHIELD_DENY(security_move_mount, SHIELD_PLAIN, SHIELD_MOUNT, false, 2,
	    const struct path *, from, const struct path *, to)
{
	static const char hook[] = "security_move_mount";

	return judge_mount(hook, from) ?: judge_mount(hook, to);
}
