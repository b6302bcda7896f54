// SPDX-License-Identifier: GPL-2.0-only
/* Ways to hide what is at a path behind something else. */
#include <fcntl.h>
#include <linux/mount.h>
#include <stddef.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "act.h"

static int bind_over(void)
{
	return mount("other", "victim", NULL, MS_BIND, NULL);
}

static int bind_over_directory(void)
{
	return mount("room", "victim", NULL, MS_BIND | MS_REC, NULL);
}

static int tmpfs_over_directory(void)
{
	return mount("tmpfs", "victim", "tmpfs", 0, NULL);
}

static int move_tree_over(const char *from, int flags)
{
	int tree = syscall(SYS_open_tree, AT_FDCWD, from,
			   OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC);

	if (tree < 0)
		return -1;
	return syscall(SYS_move_mount, tree, "", AT_FDCWD, "victim",
		       MOVE_MOUNT_F_EMPTY_PATH | flags);
}

static int open_tree_over(void)
{
	return move_tree_over("other", 0);
}

static int open_tree_over_directory(void)
{
	return move_tree_over("room", MOVE_MOUNT_T_SYMLINKS);
}

static int new_mount_over_directory(void)
{
	int fs = syscall(SYS_fsopen, "tmpfs", 0), fd;

	if (fs < 0 ||
	    syscall(SYS_fsconfig, fs, FSCONFIG_CMD_CREATE, NULL, NULL, 0))
		return -1;
	fd = syscall(SYS_fsmount, fs, 0, 0);
	if (fd < 0)
		return -1;
	return syscall(SYS_move_mount, fd, "", AT_FDCWD, "victim",
		       MOVE_MOUNT_F_EMPTY_PATH);
}

/* What is moved there was mounted before, which nobody minds. */
static int move_over_directory(void)
{
	if (mount("room", "room", NULL, MS_BIND, NULL))
		return -1;
	if (!mount("room", "victim", NULL, MS_MOVE, NULL))
		return 0;
	umount2("room", MNT_DETACH);
	return -1;
}

/* clang-format off */
const struct act act_mount[] = {
	{ "bind_mount_over", MOUNT, .run = bind_over },
	{ "bind_mount_over_directory", MOUNT, 0, VICTIM_DIRECTORY, .run = bind_over_directory },
	{ "tmpfs_over_directory", MOUNT, 0, VICTIM_DIRECTORY, .run = tmpfs_over_directory },
	{ "move_mount_over_directory", MOUNT, 0, VICTIM_DIRECTORY, .run = move_over_directory, .is_wide = true },
	{ "open_tree_over", MOUNT, .run = open_tree_over },
	{ "open_tree_over_directory", MOUNT, 0, VICTIM_DIRECTORY, .run = open_tree_over_directory },
	{ "new_mount_over_directory", MOUNT, 0, VICTIM_DIRECTORY, .run = new_mount_over_directory },
	{}
};
/* clang-format on */
