// SPDX-License-Identifier: GPL-2.0-only
#include "sanitizers-inject.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define KNOBS "/sys/kernel/debug/"
#define MAX_NOTES 12

/* Open, because opening them could fail, too. */
static int nth_fd, here_fd;
static int notes, failures, number;
static time_t last_result;

void __attribute__((format(printf, 1, 2))) note(const char *format, ...)
{
	va_list args;

	failures++;
	if (notes++ >= MAX_NOTES)
		return;
	va_start(args, format);
	printf("# ");
	vprintf(format, args);
	printf("\n");
	va_end(args);
}

void __attribute__((noreturn)) bail_out(const char *what)
{
	printf("Bail out! %s: %s\n", what, strerror(errno));
	exit(1);
}

void put(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CREAT, 0755);

	if (fd < 0 || write(fd, text, strlen(text)) < 0)
		bail_out(path);
	close(fd);
}

int write_policy(int fd, const char *text)
{
	return write(fd, text, strlen(text)) < 0 ? errno : 0;
}

int open_policy(void)
{
	int fd = open(SHIELD "policy", O_RDWR | O_CLOEXEC);

	if (fd < 0)
		bail_out(SHIELD "policy");
	return fd;
}

void load(const char *text)
{
	char answer[512] = "";
	int fd = open_policy(), error = write_policy(fd, text);

	if (error) {
		if (read(fd, answer, sizeof(answer) - 1) < 0)
			answer[0] = '\0';
		note("a policy is refused without any fault: %s: %s",
		     strerror(error), answer);
	}
	close(fd);
}

static void read_file(const char *name, char *text, size_t size)
{
	char path[64];
	ssize_t len;
	int fd;

	snprintf(path, sizeof(path), SHIELD "%s", name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	len = fd < 0 ? -1 : read(fd, text, size - 1);
	if (len < 0)
		bail_out(path);
	text[len] = '\0';
	close(fd);
}

bool policy_is(const char *name)
{
	char text[16384], line[64];

	read_file("status", text, sizeof(text));
	snprintf(line, sizeof(line), "\npolicy: %s\n", name);
	return strstr(text, line);
}

long number_in(const char *name, const char *what)
{
	char text[16384];
	const char *at;

	read_file(name, text, sizeof(text));
	at = strstr(text, what);
	return at ? atol(at + strlen(what)) : 0;
}

void inject_open(void)
{
	nth_fd = open("/proc/self/fail-nth", O_RDWR | O_CLOEXEC);
	here_fd = open("/proc/self/make-it-fail", O_RDWR | O_CLOEXEC);
	if (nth_fd < 0 || here_fd < 0)
		bail_out("/proc/self/fail-nth");
}

void inject(int nth)
{
	char text[16];
	int len = snprintf(text, sizeof(text), "%d", nth);

	if (pwrite(nth_fd, text, len, 0) != len)
		bail_out("fail-nth");
}

/* How far the count was from its end. */
static int end(void)
{
	char text[16] = "";

	if (pread(nth_fd, text, sizeof(text) - 1, 0) <= 0)
		bail_out("reading fail-nth");
	inject(0);
	return atoi(text);
}

bool inject_end(void)
{
	return end() == 0;
}

int inject_count(void)
{
	return MAX_FAULTS - end();
}

/* Those that are gone meanwhile fail nothing any more. */
static void mark(const char *pid, const char *text)
{
	char path[64], name[16] = "";
	int fd;

	snprintf(path, sizeof(path), "/proc/%.16s/comm", pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return;
	if (read(fd, name, sizeof(name) - 1) < 0)
		name[0] = '\0';
	close(fd);
	if (strncmp(name, "kworker/", 8))
		return;
	snprintf(path, sizeof(path), "/proc/%.16s/make-it-fail", pid);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return;
	if (write(fd, text, 1) != 1)
		note("%s cannot be written", path);
	close(fd);
}

void inject_workers(bool on)
{
	DIR *processes = opendir("/proc");
	struct dirent *entry;

	if (!processes)
		bail_out("/proc");
	if (!on)
		inject_often(0);
	while ((entry = readdir(processes)))
		mark(entry->d_name, on ? "1" : "0");
	closedir(processes);
	if (on)
		inject_often(100);
}

int try_open(const char *path, int flags)
{
	int fd = open(path, flags | O_CLOEXEC, 0600);

	if (fd < 0)
		return errno;
	close(fd);
	return 0;
}

bool denied(const char *path)
{
	return try_open(path, O_WRONLY) == EACCES;
}

void inject_here(bool on)
{
	if (pwrite(here_fd, on ? "1" : "0", 1, 0) != 1)
		bail_out("make-it-fail");
}

void inject_often(int percent)
{
	char text[16];

	snprintf(text, sizeof(text), "%d", percent);
	put(KNOBS "failslab/probability", text);
}

void inject_begin(void)
{
	/* Without each fault's back trace in the log. */
	put(KNOBS "failslab/verbose", "0");
	put(KNOBS "fail_page_alloc/verbose", "0");
	/* Also allocations that may wait, as most here. */
	put(KNOBS "failslab/ignore-gfp-wait", "N");
	put(KNOBS "fail_page_alloc/ignore-gfp-wait", "N");
	put(KNOBS "fail_page_alloc/min-order", "0");
	put(KNOBS "failslab/task-filter", "Y");
	put(KNOBS "failslab/times", "-1");
	last_result = time(NULL);
	inject_open();
}

void result(const char *name, int faults)
{
	time_t now = time(NULL);

	printf("# %d faults, %ld s\n%s %d - %s\n", faults,
	       (long)(now - last_result), failures ? "not ok" : "ok", ++number,
	       name);
	fflush(stdout);
	last_result = now;
	failures = 0;
	notes = 0;
}
