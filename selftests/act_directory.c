// SPDX-License-Identifier: GPL-2.0-only
/* Ways to change what a directory holds, and to take a directory away. */
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "act.h"

static int remove_directory(void)
{
	return rmdir("victim");
}

static int rename_directory(void)
{
	return rename("victim", "room/gone");
}

static int rename_directory_over(void)
{
	return rename("room", "victim");
}

static int exchange_directory(void)
{
	return renameat2(AT_FDCWD, "room", AT_FDCWD, "victim", RENAME_EXCHANGE);
}

static int create_in(void)
{
	int fd = open("victim/new", O_WRONLY | O_CREAT | O_EXCL, 0644);

	return fd < 0 ? -1 : close(fd);
}

static int mkdir_in(void)
{
	return mkdir("victim/new", 0755);
}

static int mknod_in(void)
{
	return mkfifo("victim/new", 0644);
}

static int symlink_in(void)
{
	return symlink("inside", "victim/new");
}

static int link_into(void)
{
	return link("other", "victim/new");
}

static int rename_into(void)
{
	return rename("other", "victim/new");
}

static int unnamed_file_into(void)
{
	int fd = open("victim", O_TMPFILE | O_WRONLY, 0644);

	if (fd < 0)
		return -1;
	return linkat(fd, "", AT_FDCWD, "victim/new", AT_EMPTY_PATH);
}

static int unlink_in(void)
{
	return unlink("victim/inside");
}

static int rmdir_in(void)
{
	return rmdir("victim/cave");
}

static int rename_out(void)
{
	return rename("victim/inside", "room/gone");
}

static int rename_over_in(void)
{
	return rename("other", "victim/inside");
}

static int rename_directory_over_in(void)
{
	return rename("room", "victim/cave");
}

static int rename_within(void)
{
	return rename("victim/inside", "victim/new");
}

static int exchange_into(void)
{
	return renameat2(AT_FDCWD, "other", AT_FDCWD, "victim/inside",
			 RENAME_EXCHANGE);
}

/* clang-format off */
const struct act act_directory[] = {
	{ "rmdir", REMOVE, 0, VICTIM_EMPTY_DIRECTORY, .run = remove_directory },
	{ "rename_directory_away", REMOVE, 0, VICTIM_DIRECTORY, .run = rename_directory },
	{ "rename_directory_over", REMOVE | CREATE, 0, VICTIM_EMPTY_DIRECTORY, .run = rename_directory_over },
	{ "exchange_directory", REMOVE | CREATE, 0, VICTIM_DIRECTORY, .run = exchange_directory },
	{ "create_in_directory", CREATE, 0, VICTIM_DIRECTORY, .run = create_in },
	{ "mkdir_in_directory", CREATE, 0, VICTIM_DIRECTORY, .run = mkdir_in },
	{ "mknod_in_directory", CREATE, 0, VICTIM_DIRECTORY, .run = mknod_in },
	{ "symlink_in_directory", CREATE, 0, VICTIM_DIRECTORY, .run = symlink_in },
	{ "link_into_directory", CREATE, 0, VICTIM_DIRECTORY, .run = link_into },
	{ "rename_into_directory", CREATE, 0, VICTIM_DIRECTORY, .run = rename_into },
	{ "unnamed_file_into_directory", CREATE, 0, VICTIM_DIRECTORY, .run = unnamed_file_into },
	{ "unlink_in_directory", WRITE, 0, VICTIM_DIRECTORY, .run = unlink_in },
	{ "rmdir_in_directory", WRITE, 0, VICTIM_DIRECTORY, .run = rmdir_in },
	{ "rename_out_of_directory", WRITE, 0, VICTIM_DIRECTORY, .run = rename_out },
	{ "rename_over_in_directory", WRITE | CREATE, 0, VICTIM_DIRECTORY, .run = rename_over_in },
	{ "rename_directory_over_in_directory", WRITE | CREATE, 0, VICTIM_DIRECTORY, .run = rename_directory_over_in },
	{ "rename_within_directory", WRITE | CREATE, 0, VICTIM_DIRECTORY, .run = rename_within },
	{ "exchange_into_directory", WRITE | CREATE, 0, VICTIM_DIRECTORY, .run = exchange_into },
	{}
};
/* clang-format on */
