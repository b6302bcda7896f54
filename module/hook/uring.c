// SPDX-License-Identifier: GPL-2.0-only
/*
 * The hook on commands that a file takes by io_uring: btrfs takes some of its
 * ioctls that way, by their numbers. No number of the table is that of a
 * command of something else.
 */
#include <linux/fs.h>
#include <linux/io_uring/cmd.h>
#include <linux/security.h>

#include "hook/ioctl.h"
#include "hook/points.h"

SHIELD_DENY(security_uring_cmd, SHIELD_PLAIN, SHIELD_READ | SHIELD_WRITE, false,
	    1, struct io_uring_cmd *, command)
{
	return shield_ioctl_judge("security_uring_cmd", command->file,
				  command->cmd_op);
}
