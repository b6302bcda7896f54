// SPDX-License-Identifier: GPL-2.0-only
/*
 * The hook on ftruncate(), where the kernel has one of its own; elsewhere it
 * is security_path_truncate().
 */
#include <linux/fs.h>
#include <linux/security.h>

#include "compat/layers.h"
#include "hook/judge.h"
#include "hook/points.h"

SHIELD_DENY(security_file_truncate, SHIELD_PLAIN, SHIELD_WRITE, false, 1,
	    struct file *, file)
{
	long verdict = shield_judge(shield_judge_begin(),
				    "security_file_truncate", file_inode(file),
				    shield_file_dentry(file), SHIELD_WRITE);

	shield_judge_end();
	return verdict;
}
