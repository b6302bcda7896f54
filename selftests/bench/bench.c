// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a system call costs, in instructions.
 *
 *	bench [PLACE=DIRECTORY…] DENIED
 *
 * Meant for a VM whose time stamp counter counts instructions (selftests/lab/vm
 * --icount). Each operation is warmed up, then repeated with the counter read
 * before and after (count.c); the result goes to standard output, one line
 * each: operation, tab, instructions.
 *
 * DENIED is a file that a policy may forbid to open for writing. All other
 * files are made here, in a directory of each place, and removed again. Paths
 * are relative to it, so that every place has the same depth.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/fsuid.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "count.h"

#define NOBODY 65534
#define EXIT_PROGRAM "/usr/lib/shield-lab/bench-exit"

/* Same length, so that renaming there and back costs the same. */
#define FILE_NAME "bench-file"
#define LINK_NAME "bench-link"
#define NEW_NAME "bench-made"
#define CLOSED_NAME "bench-root"

static const char *denied_path;
static int used_fd;

static void __attribute__((noreturn, format(printf, 1, 2)))
die(const char *format, ...)
{
	int error = errno;
	va_list arguments;

	fputs("bench: ", stderr);
	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	fprintf(stderr, ": %s\n", strerror(error));
	exit(EXIT_FAILURE);
}

static void must(int result, const char *what)
{
	if (result < 0)
		die("%s", what);
}

static void open_close(const char *path, int flags)
{
	int fd = open(path, flags, 0600);

	must(fd, path);
	close(fd);
}

static void open_read(void)
{
	open_close(FILE_NAME, O_RDONLY);
}

static void open_write(void)
{
	open_close(FILE_NAME, O_WRONLY);
}

static void creat_unlink(void)
{
	open_close(NEW_NAME, O_WRONLY | O_CREAT | O_EXCL);
	must(unlink(NEW_NAME), "unlink");
}

static void rename_file(void)
{
	static bool back;

	must(rename(back ? NEW_NAME : FILE_NAME, back ? FILE_NAME : NEW_NAME),
	     "rename");
	back = !back;
}

/* Rounds and warm-up may leave the file under its other name. */
static void rename_end(void)
{
	if (access(FILE_NAME, F_OK))
		rename_file();
}

/* How programs replace a file as a whole. */
static void creat_rename_over(void)
{
	open_close(NEW_NAME, O_WRONLY | O_CREAT | O_EXCL);
	must(rename(NEW_NAME, LINK_NAME), "rename");
}

static void creat_rename_over_end(void)
{
	must(unlink(LINK_NAME), "unlink");
}

static void link_unlink(void)
{
	must(link(FILE_NAME, LINK_NAME), "link");
	must(unlink(LINK_NAME), "unlink");
}

static void chmod_file(void)
{
	must(chmod(FILE_NAME, 0600), "chmod");
}

static void stat_file(void)
{
	struct stat status;

	must(stat(FILE_NAME, &status), "stat");
}

static void use(int flags)
{
	used_fd = open(FILE_NAME, flags);
	must(used_fd, FILE_NAME);
}

static void read_begin(void)
{
	use(O_RDONLY);
}

static void read_file(void)
{
	char buffer[512];

	if (pread(used_fd, buffer, sizeof(buffer), 0) != sizeof(buffer))
		die("pread");
}

static void write_begin(void)
{
	use(O_WRONLY);
}

/* What is there already, so that the file does not grow. */
static void write_file(void)
{
	static const char buffer[512];

	if (pwrite(used_fd, buffer, sizeof(buffer), 0) != sizeof(buffer))
		die("pwrite");
}

static void use_end(void)
{
	close(used_fd);
}

static void wait_for(pid_t child)
{
	int status;

	must(child, "fork");
	if (waitpid(child, &status, 0) != child || status)
		die("child ended with status %d", status);
}

static void fork_exit(void)
{
	pid_t child = fork();

	if (!child)
		_exit(0);
	wait_for(child);
}

static void fork_exec(void)
{
	pid_t child = fork();

	if (!child) {
		execl(EXIT_PROGRAM, EXIT_PROGRAM, (char *)NULL);
		_exit(127);
	}
	wait_for(child);
}

/* Only the file system's identity: what root may do besides does not change. */
static void dac_begin(void)
{
	setfsuid(NOBODY);
	setfsgid(NOBODY);
}

static void open_denied_by_mode(void)
{
	if (open(CLOSED_NAME, O_WRONLY) >= 0 || errno != EACCES)
		die("opening a file of mode 000 did not fail with EACCES");
}

static void dac_end(void)
{
	setfsuid(0);
	setfsgid(0);
}

static bool is_denied(const char *path)
{
	int fd = open(path, O_WRONLY);

	if (fd >= 0)
		close(fd);
	return fd < 0 && (errno == EACCES || errno == EPERM);
}

static void open_denied_by_policy(void)
{
	if (!is_denied(denied_path))
		die("opening %s is not denied any more", denied_path);
}

/**
 * struct operation - what is measured
 * @name: its name
 * @once: one round
 * @begin: done once before; or NULL
 * @end: done once after; or NULL
 * @everywhere: measured in every place, not only in the first
 */
struct operation {
	const char *name;
	void (*once)(void);
	void (*begin)(void);
	void (*end)(void);
	bool everywhere;
};

static const struct operation operations[] = {
	{ .name = "open_read", .once = open_read, .everywhere = true },
	{ .name = "open_write", .once = open_write, .everywhere = true },
	{ .name = "creat_unlink", .once = creat_unlink, .everywhere = true },
	{ .name = "rename",
	  .once = rename_file,
	  .end = rename_end,
	  .everywhere = true },
	{ .name = "creat_rename_over",
	  .once = creat_rename_over,
	  .end = creat_rename_over_end },
	{ .name = "link_unlink", .once = link_unlink },
	{ .name = "chmod", .once = chmod_file },
	{ .name = "stat", .once = stat_file },
	{ .name = "read",
	  .once = read_file,
	  .begin = read_begin,
	  .end = use_end },
	{ .name = "write",
	  .once = write_file,
	  .begin = write_begin,
	  .end = use_end },
	{ .name = "fork_exit", .once = fork_exit },
	{ .name = "fork_exec_exit", .once = fork_exec },
	{ .name = "open_denied_by_mode",
	  .once = open_denied_by_mode,
	  .begin = dac_begin,
	  .end = dac_end },
};

/* The same path twice: what shield denies, and what its mode denies. */
static const struct operation denied_by_policy = {
	.name = "open_denied_by_policy",
	.once = open_denied_by_policy,
};

static const struct operation denied_by_mode = {
	.name = "same_denied_by_mode",
	.once = open_denied_by_policy,
	.begin = dac_begin,
	.end = dac_end,
};

static void nothing(void)
{
}

static void measure(const struct operation *operation, const char *place)
{
	unsigned long long cost;

	if (operation->begin)
		operation->begin();
	cost = count(operation->once);
	if (operation->end)
		operation->end();
	printf("%s%s%s\t%llu\n", operation->name, place ? "@" : "", place ?: "",
	       cost - count(nothing));
}

/*
 * Access time far ahead, change time far behind: whether a read must note the
 * time does not depend on when it happens.
 */
static void make_file(const char *name, mode_t mode)
{
	static const struct timespec times[] = {
		{ .tv_sec = 2000000000 },
		{ .tv_sec = 1000000000 },
	};
	static const char block[4096];
	int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	must(fd, name);
	if (write(fd, block, sizeof(block)) != sizeof(block))
		die("write %s", name);
	must(fchmod(fd, mode), name);
	must(futimens(fd, times), name);
	close(fd);
}

static void measure_place(const char *place, const char *directory, bool first)
{
	unsigned int i;

	must(chdir(directory), directory);
	make_file(FILE_NAME, 0644);
	make_file(CLOSED_NAME, 0);
	for (i = 0; i < sizeof(operations) / sizeof(*operations); i++)
		if (first || operations[i].everywhere)
			measure(&operations[i], place);
	must(unlink(FILE_NAME), FILE_NAME);
	must(unlink(CLOSED_NAME), CLOSED_NAME);
}

int main(int argc, char **argv)
{
	int i;

	if (argc < 2) {
		fputs("usage: bench [PLACE=DIRECTORY…] DENIED\n", stderr);
		return EXIT_FAILURE;
	}
	setvbuf(stdout, NULL, _IOLBF, 0);
	denied_path = argv[argc - 1];
	printf("calibration\t%llu\n", count_loop());
	for (i = 1; i < argc - 1; i++) {
		char *directory = strchr(argv[i], '=');

		if (!directory) {
			fprintf(stderr, "bench: %s is not PLACE=DIRECTORY\n",
				argv[i]);
			return EXIT_FAILURE;
		}
		*directory = '\0';
		measure_place(argv[i], directory + 1, i == 1);
	}
	if (is_denied(denied_path))
		measure(&denied_by_policy, NULL);
	measure(&denied_by_mode, NULL);
	return EXIT_SUCCESS;
}
