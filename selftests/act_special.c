// SPDX-License-Identifier: GPL-2.0-only
/* What single tests want to be done by a trusted and an untrusted program. */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "act.h"
#include "util.h"

/* Puts a new file in the victim's place, again and again. */
static int replace_for_ever(void)
{
	char name[32];
	unsigned int i;
	int fd;

	for (i = 0;; i++) {
		snprintf(name, sizeof(name), "room/new.%u", i % 8);
		fd = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0666);
		if (fd < 0 || write(fd, "replaced\n", 9) != 9)
			return -1;
		close(fd);
		if (rename(name, "victim"))
			return -1;
	}
}

static int exchange_for_ever(void)
{
	for (;;)
		if (renameat2(AT_FDCWD, "other", AT_FDCWD, "victim",
			      RENAME_EXCHANGE))
			return -1;
}

/* A symlink that leads to the victim, to another file, and so on. */
static int swing_for_ever(void)
{
	static const char *const targets[] = { "victim", "other" };
	unsigned int i;

	for (i = 0;; i++)
		if (symlink(targets[i % 2], "room/swing") ||
		    rename("room/swing", "swing"))
			return -1;
}

static int open_victim(void)
{
	int fd = open("victim", O_WRONLY);

	return fd < 0 ? -1 : close(fd);
}

static int open_in_child(void)
{
	pid_t pid = fork();

	if (!pid)
		_exit(open_victim() ? errno : 0);
	errno = util_wait(pid);
	return errno ? -1 : 0;
}

static int open_in_grandchild(void)
{
	pid_t pid = fork();

	if (!pid)
		_exit(open_in_child() ? errno : 0);
	errno = util_wait(pid);
	return errno ? -1 : 0;
}

static void *thread(void *error)
{
	*(int *)error = open_victim() ? errno : 0;
	return NULL;
}

static int open_in_thread(void)
{
	pthread_t other;
	int error;

	errno = pthread_create(&other, NULL, thread, &error);
	if (errno)
		return -1;
	pthread_join(other, NULL);
	errno = error;
	return errno ? -1 : 0;
}

/* By a program that nobody trusts: the file `copy` beside `trusted`. */
static int open_after_exec(void)
{
	char cwd[1024];

	return execl("../../copy", "copy", "--act", "open_write",
		     getcwd(cwd, sizeof(cwd)), NULL);
}

/* The child runs in its parent's memory until it executes the same program. */
static int open_after_vfork(void)
{
	char cwd[1024], *dir = getcwd(cwd, sizeof(cwd));
	pid_t pid = vfork();

	if (!pid) {
		execl("../../copy", "copy", "--act", "open_write", dir, NULL);
		_exit(127);
	}
	errno = util_wait(pid);
	return errno ? -1 : 0;
}

static int open_after_signal(void)
{
	while (access("room/go", F_OK))
		util_sleep_ms(20);
	return open_victim();
}

static int is_secure(void)
{
	errno = ENODATA;
	return getauxval(AT_SECURE) ? 0 : -1;
}

static int hold_open(void)
{
	int fd = open("victim", O_RDWR);

	if (fd < 0 || util_write("room/held", ""))
		return -1;
	while (access("room/go", F_OK))
		util_sleep_ms(20);
	return write(fd, "x", 1) == 1 ? 0 : -1;
}

static int hold_mapped(void)
{
	int fd = open("victim", O_RDWR);
	char *page =
		mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

	if (page == MAP_FAILED || close(fd) || util_write("room/held", ""))
		return -1;
	while (access("room/go", F_OK))
		util_sleep_ms(20);
	*page = 'x';
	return 0;
}

static int replace_other(void)
{
	return util_write("room/new", "new\n") ? -1 :
						 rename("room/new", "other");
}

/* Leaves the addresses of many trusted tasks behind. */
static int fork_many(void)
{
	unsigned int i;
	pid_t pid;

	for (i = 0; i < 1500; i++) {
		pid = fork();
		if (!pid)
			_exit(0);
		if (pid < 0 || util_wait(pid))
			return -1;
	}
	return 0;
}

/* Each fork is refused halfway, by the saboteur. */
static int fork_in_vain(void)
{
	unsigned int i;

	for (i = 0; i < 3000; i++)
		if (fork() >= 0 || errno != ENOMEM)
			return -1;
	return 0;
}

/* The parent, which nobody trusts, is to be its tracer. */
static int ask_to_be_traced(void)
{
	return ptrace(PTRACE_TRACEME, 0, NULL, NULL);
}

/* A core dump, in its own directory. */
static int die_of_a_fault(void)
{
	const struct rlimit all = { RLIM_INFINITY, RLIM_INFINITY };

	setrlimit(RLIMIT_CORE, &all);
	signal(SIGSEGV, SIG_DFL);
	return raise(SIGSEGV);
}

static int open_other(void)
{
	int fd = open("other", O_WRONLY);

	return fd < 0 ? -1 : close(fd);
}

/* A new program in the victim's place; the old one keeps a name. */
static int install(void)
{
	return link("victim", "room/old") ? -1 : rename("room/new", "victim");
}

static int uninstall_old(void)
{
	return unlink("room/old");
}

static int put_back(void)
{
	return rename("room/old", "victim");
}

static int remove_victim(void)
{
	return unlink("victim");
}

static int rename_mounted_over(void)
{
	return rename("other", "victim");
}

/* The handle that the test has saved, as nobody knows the file any more. */
static int open_saved_handle(void)
{
	int dir = open(".", O_RDONLY | O_DIRECTORY), file = open("handle", 0);
	char handle[sizeof(struct file_handle) + MAX_HANDLE_SZ];
	int fd;

	if (read(file, handle, sizeof(handle)) <
	    (ssize_t)sizeof(struct file_handle))
		return -1;
	fd = open_by_handle_at(dir, (void *)handle, O_WRONLY);
	return fd < 0 ? -1 : close(fd);
}

static int link_in(void)
{
	return link("other", "victim/new");
}

static int rename_in(void)
{
	return rename("other", "victim/new");
}

static int rename_deep_in(void)
{
	return rename("room/new", "victim/cave/new");
}

static int rename_room_in(void)
{
	return rename("room", "victim/room");
}

static int link_out(void)
{
	return link("victim/inside", "room/out");
}

static int write_inside(void)
{
	int fd = open("victim/inside", O_WRONLY);

	return fd < 0 ? -1 : close(fd);
}

static int chmod_inside(void)
{
	return chmod("victim/inside", 0600);
}

static int rename_cave(void)
{
	return rename("victim/cave", "room/cave");
}

static int create_deep(void)
{
	int fd = open("victim/cave/new", O_WRONLY | O_CREAT, 0644);

	return fd < 0 ? -1 : close(fd);
}

static int file_without_name(void)
{
	int fd = open(".", O_RDWR | O_TMPFILE, 0600);

	return write(fd, "attacked\n", 9) == 9 ? fd : -1;
}

/* Who may append asks at a file of his own for blocks of the victim. */
static int exchange_appended(void)
{
	return act_move_extents(file_without_name(),
				open("victim", O_WRONLY | O_APPEND));
}

/* As e4defrag does. */
static int defragment_other(void)
{
	return act_move_extents(open("other", O_RDWR), file_without_name());
}

const struct act act_special[] = {
	{ "replace_for_ever", .run = replace_for_ever },
	{ "exchange_for_ever", .run = exchange_for_ever },
	{ "swing_for_ever", .run = swing_for_ever },
	{ "open_in_child", .run = open_in_child },
	{ "open_in_grandchild", .run = open_in_grandchild },
	{ "open_in_thread", .run = open_in_thread },
	{ "open_after_exec", .run = open_after_exec },
	{ "open_after_signal", .run = open_after_signal },
	{ "hold_open", .run = hold_open },
	{ "hold_mapped", .run = hold_mapped },
	{ "replace_other", .run = replace_other },
	{ "is_secure", .run = is_secure },
	{ "fork_many", .run = fork_many },
	{ "fork_in_vain", .run = fork_in_vain },
	{ "ask_to_be_traced", .run = ask_to_be_traced },
	{ "die_of_a_fault", .run = die_of_a_fault },
	{ "open_after_vfork", .run = open_after_vfork },
	{ "open_other", .run = open_other },
	{ "install", .run = install },
	{ "uninstall_old", .run = uninstall_old },
	{ "put_back", .run = put_back },
	{ "remove_victim", .run = remove_victim },
	{ "rename_mounted_over", .run = rename_mounted_over },
	{ "open_saved_handle", .run = open_saved_handle },
	{ "link_in", .run = link_in },
	{ "rename_in", .run = rename_in },
	{ "rename_deep_in", .run = rename_deep_in },
	{ "rename_room_in", .run = rename_room_in },
	{ "link_out", .run = link_out },
	{ "write_inside", .run = write_inside },
	{ "chmod_inside", .run = chmod_inside },
	{ "rename_cave", .run = rename_cave },
	{ "create_deep", .run = create_deep },
	{ "exchange_appended", .run = exchange_appended },
	{ "defragment_other", .run = defragment_other },
	{}
};
