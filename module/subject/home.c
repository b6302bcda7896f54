// SPDX-License-Identifier: GPL-2.0-only
/*
 * Does the current task see the same files as init?
 */
#include "subject/home.h"

#include <linux/cred.h>
#include <linux/fs_struct.h>
#include <linux/nsproxy.h>
#include <linux/sched.h>
#include <linux/sched/task.h>
#include <linux/user_namespace.h>

#include "compat/home.h"

bool shield_home_mounts(void)
{
	return current->nsproxy &&
	       current->nsproxy->mnt_ns == init_task.nsproxy->mnt_ns;
}

bool shield_home_user(void)
{
	return current_user_ns() == &init_user_ns;
}

struct dentry *shield_home_top(void)
{
	return READ_ONCE(shield_init_fs()->root.dentry);
}

static bool is_root(const struct path *mine)
{
	const struct path *init = &shield_init_fs()->root;

	/* Compared, never followed: process 1 may change them meanwhile. */
	return READ_ONCE(mine->dentry) == READ_ONCE(init->dentry) &&
	       READ_ONCE(mine->mnt) == READ_ONCE(init->mnt);
}

bool shield_home_root(void)
{
	return is_root(&current->fs->root);
}

bool shield_home_has(const struct task_struct *task)
{
	return task->nsproxy && task->fs &&
	       task->nsproxy->mnt_ns == init_task.nsproxy->mnt_ns &&
	       is_root(&task->fs->root);
}
