// SPDX-License-Identifier: GPL-2.0-only
/*
 * behaviour DIR SEED CALLS - what a file system answers
 *
 * Makes system calls on a few names in DIR, which calls is a matter of SEED,
 * and prints each with its result, error and what it gave. Prints nothing that
 * differs between two runs on a fresh DIR: two runs of which one is under
 * shield are compared by diff.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "behaviour.h"

#define NOBODY 65534
#define SLOTS 6

/* Filled in by main(): a name of as many bytes as there may be. */
static char longest[256];
static const char *const names[] = {
	"a",   "b",    "c",   "d",	 "d/a", "d/b",	  "d/e",     "d/e/a",
	"a/x", "link", "new", "missing", ".",	"d/../b", "./d/e/b", longest,
};

static uint64_t state;
static int slots[SLOTS];

unsigned int pick(unsigned int below)
{
	state = state * 6364136223846793005ULL + 1442695040888963407ULL;
	return (state >> 33) % below;
}

const char *name(void)
{
	return names[pick(ARRAY_SIZE(names))];
}

int slot(void)
{
	return slots[pick(SLOTS)];
}

void result(const char *call, long value)
{
	printf("%s = %ld%s%s\n", call, value, value < 0 ? " " : "",
	       value < 0 ? strerrorname_np(errno) : "");
}

static void show(const struct stat *st)
{
	printf("  mode %o links %u owner %u:%u", st->st_mode,
	       (unsigned int)st->st_nlink, st->st_uid, st->st_gid);
	if (S_ISREG(st->st_mode))
		printf(" size %lld", (long long)st->st_size);
	putchar('\n');
}

static void keep(const char *call, int fd)
{
	unsigned int i = pick(SLOTS);

	result(call, fd < 0 ? fd : 0);
	if (fd < 0)
		return;
	close(slots[i]);
	slots[i] = fd;
}

/* A fifo must not make us wait. */
static int random_flags(void)
{
	static const int modes[] = { O_RDONLY, O_WRONLY, O_RDWR, 3, O_PATH };
	static const int more[] = {
		0,	 O_CREAT,    O_CREAT | O_EXCL,	O_TRUNC,     O_APPEND,
		O_CREAT, O_NOFOLLOW, O_DIRECTORY,	O_SYNC,	     O_CREAT,
		O_CREAT, O_NOATIME,  O_CREAT | O_TRUNC, O_DIRECTORY,
	};

	return modes[pick(ARRAY_SIZE(modes))] | more[pick(ARRAY_SIZE(more))] |
	       more[pick(ARRAY_SIZE(more))] | O_NONBLOCK | O_CLOEXEC;
}

static void call_open(void)
{
	keep("open", open(name(), random_flags(), 0600 | pick(0100)));
}

static void call_reopen(void)
{
	char path[32];

	snprintf(path, sizeof(path), "/proc/self/fd/%d", slot());
	keep("reopen", open(path, random_flags() & ~O_CREAT));
}

static void call_tmpfile(void)
{
	char path[32];
	int fd = open("d", O_TMPFILE | O_RDWR, 0600);

	keep("tmpfile", fd);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	if (fd >= 0)
		result("link it", linkat(AT_FDCWD, path, AT_FDCWD, name(),
					 AT_SYMLINK_FOLLOW));
}

static void call_handle(void)
{
	struct {
		struct file_handle head;
		unsigned char body[MAX_HANDLE_SZ];
	} handle = { .head.handle_bytes = MAX_HANDLE_SZ };
	int id, here = open(".", O_RDONLY | O_DIRECTORY);
	long error = name_to_handle_at(AT_FDCWD, name(), &handle.head, &id, 0);

	result("handle", error);
	if (!error)
		keep("open by handle",
		     open_by_handle_at(here, &handle.head, random_flags()));
	close(here);
}

static void call_stat(void)
{
	struct stat st;
	int error = pick(2) ? lstat(name(), &st) : fstat(slot(), &st);

	result("stat", error);
	if (!error)
		show(&st);
	result("access", faccessat(AT_FDCWD, name(), pick(8), AT_EACCESS));
}

static void call_make(void)
{
	static const mode_t types[] = { S_IFREG, S_IFIFO, S_IFCHR, S_IFSOCK };

	switch (pick(5)) {
	case 0:
		result("mknod",
		       mknod(name(), types[pick(ARRAY_SIZE(types))] | 0600,
			     0x103));
		break;
	case 1:
		result("symlink", symlink(name(), name()));
		break;
	case 2:
		result("link", link(name(), name()));
		break;
	case 3:
		result("linkat", linkat(AT_FDCWD, name(), AT_FDCWD, name(),
					AT_SYMLINK_FOLLOW));
		break;
	case 4:
		result("mkdir", mkdir(name(), 0700 | pick(0100)));
	}
}

static void call_remove(void)
{
	if (pick(2))
		result("unlink", unlink(name()));
	else
		result("rmdir", rmdir(name()));
}

static void call_rename(void)
{
	static const unsigned int flags[] = {
		0, 0, 0, RENAME_NOREPLACE, RENAME_EXCHANGE, RENAME_WHITEOUT
	};

	result("rename", renameat2(AT_FDCWD, name(), AT_FDCWD, name(),
				   flags[pick(ARRAY_SIZE(flags))]));
}

static void call_attribute(void)
{
	static const struct timespec times[] = { { 1, 2 }, { 3, 4 } };
	uid_t owner = pick(2) ? NOBODY : 0;

	switch (pick(5)) {
	case 0:
		result("chmod", chmod(name(), pick(010000)));
		break;
	case 1:
		result("fchmod", fchmod(slot(), pick(010000)));
		break;
	case 2:
		result("lchown", lchown(name(), owner, owner));
		break;
	case 3:
		result("fchown", fchown(slot(), owner, -1));
		break;
	case 4:
		result("utimensat",
		       utimensat(AT_FDCWD, name(), pick(2) ? times : NULL,
				 AT_SYMLINK_NOFOLLOW));
	}
}

static void call_xattr(void)
{
	static const char *const attributes[] = { "user.a", "user.b",
						  "trusted.a", "bad" };
	char value[16] = "";

	switch (pick(4)) {
	case 0:
		result("setxattr",
		       setxattr(name(),
				attributes[pick(ARRAY_SIZE(attributes))],
				"value", 5, pick(3)));
		break;
	case 1:
		result("getxattr",
		       getxattr(name(),
				attributes[pick(ARRAY_SIZE(attributes))], value,
				15));
		printf("  %s\n", value);
		break;
	case 2:
		result("removexattr",
		       removexattr(name(),
				   attributes[pick(ARRAY_SIZE(attributes))]));
		break;
	case 3:
		result("fsetxattr",
		       fsetxattr(slot(),
				 attributes[pick(ARRAY_SIZE(attributes))], "v",
				 1, 0));
	}
}

/* Only this flag: ext4 takes a missing one for a wish to convert the file. */
static void call_flags(void)
{
	int fd = slot(), flags = 0;

	result("append", fcntl(slot(), F_SETFL, pick(2) ? O_APPEND : 0));
	result("get flags", ioctl(fd, FS_IOC_GETFLAGS, &flags));
	printf("  nodump %d\n", !!(flags & FS_NODUMP_FL));
	flags ^= FS_NODUMP_FL;
	result("set flags", ioctl(fd, FS_IOC_SETFLAGS, &flags));
}

static void call_execute(void)
{
	const char *program = name();
	pid_t pid;
	int status;

	fflush(stdout);
	pid = fork();
	if (!pid) {
		execl(program, "program", NULL);
		_exit(errno);
	}
	waitpid(pid, &status, 0);
	errno = WEXITSTATUS(status);
	result("execute", errno ? -1 : 0);
}

static void call_identity(void)
{
	result("identity", seteuid(geteuid() ? 0 : NOBODY));
}

static void call_list(void)
{
	struct dirent **entries;
	int i, nr = scandir(name(), &entries, NULL, alphasort);

	result("list", nr);
	for (i = 0; i < nr; i++) {
		printf("  %.8s\n", entries[i]->d_name);
		free(entries[i]);
	}
	if (nr >= 0)
		free(entries);
}

static void (*const calls[])(void) = {
	call_open,   call_open,	   call_open,	call_reopen, call_tmpfile,
	call_handle, call_read,	   call_write,	call_write,  call_map,
	call_copy,   call_size,	   call_stat,	call_make,   call_make,
	call_remove, call_rename,  call_rename, call_xattr,  call_attribute,
	call_flags,  call_execute, call_list,	call_make,   call_identity,
};

int main(int argc, char **argv)
{
	long i, nr;

	if (argc != 4 || chdir(argv[1])) {
		fprintf(stderr, "usage: behaviour DIR SEED CALLS\n");
		return 2;
	}
	umask(0);
	memset(longest, 'n', 255);
	for (i = 0; i < SLOTS; i++)
		slots[i] = -1;
	state = strtoull(argv[2], NULL, 10);
	nr = strtol(argv[3], NULL, 10);
	for (i = 0; i < nr; i++) {
		printf("%ld ", i);
		calls[pick(ARRAY_SIZE(calls))]();
	}
	return 0;
}
