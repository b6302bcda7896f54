// SPDX-License-Identifier: GPL-2.0-only
/* Ways to take a name away, to replace it, to link it and to make it appear. */
#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/un.h>
#include <unistd.h>

#include "act.h"

static int unlink_victim(void)
{
	return unlink("victim");
}

static int unlink_by_descriptor(void)
{
	int dir = open(".", O_PATH | O_DIRECTORY);

	return unlinkat(dir, "victim", 0);
}

static int rename_away(void)
{
	return rename("victim", "room/gone");
}

static int rename_beside(void)
{
	return rename("victim", "gone");
}

static int rename_over(void)
{
	return rename("other", "victim");
}

static int exchange_with_other(void)
{
	return renameat2(AT_FDCWD, "victim", AT_FDCWD, "other",
			 RENAME_EXCHANGE);
}

static int exchange_other_with(void)
{
	return renameat2(AT_FDCWD, "other", AT_FDCWD, "victim",
			 RENAME_EXCHANGE);
}

static int rename_whiteout(void)
{
	return renameat2(AT_FDCWD, "victim", AT_FDCWD, "room/gone",
			 RENAME_WHITEOUT);
}

static int rename_noreplace(void)
{
	return renameat2(AT_FDCWD, "victim", AT_FDCWD, "room/gone",
			 RENAME_NOREPLACE);
}

static int link_victim(void)
{
	return link("victim", "room/link");
}

static int link_by_descriptor(void)
{
	int fd = open("victim", O_PATH);

	return linkat(fd, "", AT_FDCWD, "room/link", AT_EMPTY_PATH);
}

static int link_by_proc(void)
{
	int fd = open("victim", O_PATH);
	char name[64];

	snprintf(name, sizeof(name), "/proc/self/fd/%d", fd);
	return linkat(AT_FDCWD, name, AT_FDCWD, "room/link", AT_SYMLINK_FOLLOW);
}

static int link_earlier(void)
{
	return linkat(EARLIER_FD, "", AT_FDCWD, "room/link", AT_EMPTY_PATH);
}

static int close_new(int fd)
{
	return fd < 0 ? -1 : close(fd);
}

static int create_exclusive(void)
{
	return close_new(open("victim", O_WRONLY | O_CREAT | O_EXCL, 0644));
}

static int create_read(void)
{
	return close_new(open("victim", O_RDONLY | O_CREAT, 0644));
}

static int create_by_symlink(void)
{
	return close_new(open("symlink", O_WRONLY | O_CREAT, 0644));
}

static int make_regular(void)
{
	return mknod("victim", S_IFREG | 0644, 0);
}

static int make_fifo(void)
{
	return mkfifo("victim", 0644);
}

static int make_device(void)
{
	return mknod("victim", S_IFCHR | 0644, makedev(1, 3));
}

static int make_directory(void)
{
	return mkdir("victim", 0755);
}

static int make_symlink(void)
{
	return symlink("other", "victim");
}

static int make_link(void)
{
	return link("other", "victim");
}

static int make_by_rename(void)
{
	return rename("other", "victim");
}

static int make_by_directory_rename(void)
{
	return rename("room", "victim");
}

static int make_by_unnamed_file(void)
{
	int fd = open(".", O_TMPFILE | O_WRONLY, 0644);

	if (fd < 0)
		return -1;
	return linkat(fd, "", AT_FDCWD, "victim", AT_EMPTY_PATH);
}

static int make_socket(void)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX,
				       .sun_path = "victim" };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	if (!bind(fd, (struct sockaddr *)&address, sizeof(address)))
		return 0;
	/* bind() says this of any name that it cannot make. */
	if (errno == EADDRINUSE)
		errno = EACCES;
	return -1;
}

/* clang-format off */
const struct act act_name[] = {
	{ "unlink", REMOVE, .run = unlink_victim },
	{ "unlink_by_descriptor", REMOVE, .run = unlink_by_descriptor },
	{ "rename_away", REMOVE, .run = rename_away },
	{ "rename_beside", REMOVE, .run = rename_beside },
	{ "rename_noreplace", REMOVE, .run = rename_noreplace },
	{ "rename_whiteout", REMOVE | CREATE, .run = rename_whiteout },
	{ "rename_over", REMOVE | CREATE, .run = rename_over },
	{ "exchange_with_other", REMOVE | CREATE, .run = exchange_with_other },
	{ "exchange_other_with", REMOVE | CREATE, .run = exchange_other_with },
	{ "link", LINK, .run = link_victim },
	{ "link_by_descriptor", LINK, .run = link_by_descriptor },
	{ "link_by_proc", LINK, .run = link_by_proc },
	{ "link_earlier_descriptor", LINK, .earlier = O_PATH, .has_earlier = true, .run = link_earlier },
	{ "create_exclusive", CREATE, WRITE, VICTIM_MISSING, .run = create_exclusive },
	{ "create_read", CREATE, READ, VICTIM_MISSING, .run = create_read },
	{ "create_by_symlink", CREATE, WRITE, VICTIM_MISSING, .run = create_by_symlink },
	{ "make_regular", CREATE, 0, VICTIM_MISSING, .run = make_regular },
	{ "make_fifo", CREATE, 0, VICTIM_MISSING, .run = make_fifo },
	{ "make_device", CREATE, 0, VICTIM_MISSING, .run = make_device },
	{ "make_directory", CREATE, 0, VICTIM_MISSING, .run = make_directory },
	{ "make_symlink", CREATE, 0, VICTIM_MISSING, .run = make_symlink },
	{ "make_link", CREATE, 0, VICTIM_MISSING, .run = make_link },
	{ "make_by_rename", CREATE, 0, VICTIM_MISSING, .run = make_by_rename },
	{ "make_by_directory_rename", CREATE, 0, VICTIM_MISSING, .run = make_by_directory_rename },
	{ "make_by_unnamed_file", CREATE, 0, VICTIM_MISSING, .run = make_by_unnamed_file },
	{ "make_socket", CREATE, 0, VICTIM_MISSING, .run = make_socket },
	{}
};
/* clang-format on */
