// SPDX-License-Identifier: GPL-2.0-only
/* Ways to open a file, to execute it and to cut it off. */
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "act.h"

/* Change the victim, so that whoever got this far has left a trace. */
static int use(int fd, int flags)
{
	int error = 0;

	if (fd < 0)
		return -1;
	if (flags & (O_WRONLY | O_RDWR) && write(fd, "attacked\n", 9) != 9)
		error = -1;
	close(fd);
	return error;
}

static int open_with(int flags)
{
	return use(open("victim", flags, 0644), flags);
}

static int open_read(void)
{
	return open_with(O_RDONLY);
}

static int open_write(void)
{
	return open_with(O_WRONLY);
}

static int open_read_write(void)
{
	return open_with(O_RDWR);
}

static int open_read_truncate(void)
{
	return open_with(O_RDONLY | O_TRUNC);
}

static int open_write_truncate(void)
{
	return open_with(O_WRONLY | O_TRUNC);
}

static int open_append_truncate(void)
{
	return open_with(O_WRONLY | O_APPEND | O_TRUNC);
}

static int open_append(void)
{
	return open_with(O_WRONLY | O_APPEND);
}

static int open_read_append(void)
{
	return open_with(O_RDWR | O_APPEND);
}

/* Neither reads nor writes, but ioctls on it may. */
static int open_mode_3(void)
{
	return use(open("victim", O_ACCMODE), 0);
}

static int creat_existing(void)
{
	return use(creat("victim", 0644), O_WRONLY);
}

static int open2(int flags, int resolve)
{
	struct open_how how = { .flags = flags, .resolve = resolve };

	return use(syscall(SYS_openat2, AT_FDCWD, "victim", &how, sizeof(how)),
		   flags);
}

static int openat2_read(void)
{
	return open2(O_RDONLY, RESOLVE_NO_SYMLINKS);
}

static int openat2_write(void)
{
	return open2(O_WRONLY, RESOLVE_BENEATH);
}

static int openat2_append(void)
{
	return open2(O_WRONLY | O_APPEND, RESOLVE_IN_ROOT);
}

/* O_PATH asks nobody; the second open must be asked. */
static int reopen(int flags)
{
	int path = open("victim", O_PATH | O_CLOEXEC);
	char name[64];

	if (path < 0)
		return -1;
	snprintf(name, sizeof(name), "/proc/self/fd/%d", path);
	return use(open(name, flags), flags);
}

static int reopen_read(void)
{
	return reopen(O_RDONLY);
}

static int reopen_write(void)
{
	return reopen(O_WRONLY);
}

static int reopen_append(void)
{
	return reopen(O_WRONLY | O_APPEND);
}

/* A descriptor for reading that was got before, opened again for writing. */
static int reopen_earlier_write(void)
{
	char name[64];

	snprintf(name, sizeof(name), "/proc/self/fd/%d", EARLIER_FD);
	return use(open(name, O_WRONLY), O_WRONLY);
}

static int open_by_another_way(const char *prefix, int flags)
{
	char cwd[1024], name[2048];

	if (!getcwd(cwd, sizeof(cwd)))
		return -1;
	snprintf(name, sizeof(name), "%s%s/room/../victim", prefix, cwd);
	return use(open(name, flags), flags);
}

static int open_by_process_root_write(void)
{
	return open_by_another_way("/proc/self/root", O_WRONLY);
}

static int open_by_dot_dot_write(void)
{
	return open_by_another_way("/proc/..//./", O_WRONLY);
}

static int open_by_symlink_write(void)
{
	return use(open("symlink", O_WRONLY), O_WRONLY);
}

static int truncate_shorter(void)
{
	return truncate("victim", 1);
}

static int truncate_longer(void)
{
	return truncate("victim", 100000);
}

static int ftruncate_earlier(void)
{
	return ftruncate(EARLIER_FD, 1);
}

static int execute(void)
{
	char *argv[] = { "victim", NULL };

	return execv("victim", argv);
}

static int execute_by_descriptor(void)
{
	char *argv[] = { "victim", NULL }, *envp[] = { NULL };
	int fd = open("victim", O_PATH);

	if (fd < 0)
		return -1;
	return syscall(SYS_execveat, fd, "", argv, envp, AT_EMPTY_PATH);
}

static int execute_by_proc(void)
{
	char *argv[] = { "victim", NULL };
	int fd = open("victim", O_PATH);
	char name[64];

	if (fd < 0)
		return -1;
	snprintf(name, sizeof(name), "/proc/self/fd/%d", fd);
	return execv(name, argv);
}

/* clang-format off */
const struct act act_open[] = {
	{ "open_read", READ, .leaves_no_trace = true, .run = open_read },
	{ "openat2_read", READ, .leaves_no_trace = true, .run = openat2_read },
	{ "reopen_path_descriptor_read", READ, .leaves_no_trace = true, .run = reopen_read },
	{ "open_write", WRITE, .run = open_write },
	{ "open_read_write", READ | WRITE, .run = open_read_write },
	{ "open_read_truncate", READ | WRITE, .run = open_read_truncate },
	{ "open_write_truncate", WRITE, .run = open_write_truncate },
	{ "open_append_truncate", WRITE, .run = open_append_truncate },
	{ "open_access_mode_3", WRITE, .leaves_no_trace = true, .run = open_mode_3 },
	{ "creat_existing", WRITE, .run = creat_existing },
	{ "openat2_write", WRITE, .run = openat2_write },
	{ "reopen_path_descriptor_write", WRITE, .run = reopen_write },
	{ "reopen_earlier_descriptor_write", WRITE, .earlier = O_RDONLY, .has_earlier = true, .run = reopen_earlier_write },
	{ "open_by_process_root_write", WRITE, .run = open_by_process_root_write },
	{ "open_by_dot_dot_write", WRITE, .run = open_by_dot_dot_write },
	{ "open_by_symlink_write", WRITE, .run = open_by_symlink_write },
	{ "truncate_shorter", WRITE, .run = truncate_shorter },
	{ "truncate_longer", WRITE, .run = truncate_longer },
	{ "ftruncate_earlier_descriptor", WRITE, .earlier = O_WRONLY, .has_earlier = true, .run = ftruncate_earlier },
	{ "open_append", APPEND, .run = open_append },
	{ "open_read_append", READ | WRITE, .run = open_read_append },
	{ "openat2_append", APPEND, .run = openat2_append },
	{ "reopen_path_descriptor_append", APPEND, .run = reopen_append },
	{ "execute", READ | EXEC, .leaves_no_trace = true, .run = execute },
	{ "execute_by_proc", READ | EXEC, .leaves_no_trace = true, .run = execute_by_proc },
	{ "execute_by_descriptor", READ | EXEC, .leaves_no_trace = true, .run = execute_by_descriptor },
	{}
};
/* clang-format on */
