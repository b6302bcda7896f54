// SPDX-License-Identifier: GPL-2.0-only
#include "util.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "harness.h"

const char *util_work;

static pid_t owner;

static void end(void)
{
	if (getpid() != owner)
		return;
	util_sh("cd /; [ ! -e /sys/module/shield ] || rmmod shield");
	util_sh("grep -o ' %s/[^ ]*' /proc/mounts | sort -r | xargs -r umount -l",
		util_work);
	util_sh("rm -rf %s", util_work);
}

void util_begin(void)
{
	static char template[] = "/var/tmp/shield-selftest.XXXXXX";

	if (geteuid()) {
		printf("Bail out! these tests attack as root; run them as root in a machine that can be thrown away\n");
		exit(HARNESS_FAIL);
	}
	util_work = mkdtemp(template);
	if (!util_work || chmod(util_work, 0755)) {
		printf("Bail out! cannot make %s: %s\n", template,
		       strerror(errno));
		exit(HARNESS_FAIL);
	}
	owner = getpid();
	atexit(end);
	util_copy("/proc/self/exe", util_path("trusted"), 0755);
	util_write(util_path("anchor"), "anchor\n");
}

char *util_path(const char *format, ...)
{
	char rest[PATH_MAX], *path;
	va_list args;

	va_start(args, format);
	vsnprintf(rest, sizeof(rest), format, args);
	va_end(args);
	if (asprintf(&path, "%s/%s", util_work, rest) < 0)
		abort();
	return path;
}

int util_wait(int pid)
{
	int status;

	if (pid < 0 || waitpid(pid, &status, 0) != pid)
		return 127;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int util_run(const char *program, char *const argv[])
{
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (!pid) {
		execv(program, argv);
		_exit(127);
	}
	return util_wait(pid);
}

static int sh(const char *format, va_list args)
{
	char *command, *whole, output[4096];
	int status;
	FILE *pipe;
	size_t got;

	if (vasprintf(&command, format, args) < 0 ||
	    asprintf(&whole, "(%s) 2>&1", command) < 0)
		abort();
	fflush(stdout);
	pipe = popen(whole, "re");
	if (!pipe)
		return 127;
	got = fread(output, 1, sizeof(output) - 1, pipe);
	output[got] = '\0';
	status = pclose(pipe);
	if (status)
		NOTE("%s: status %d\n%s", command, WEXITSTATUS(status), output);
	free(command);
	free(whole);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

int util_sh(const char *format, ...)
{
	va_list args;
	int status;

	va_start(args, format);
	status = sh(format, args);
	va_end(args);
	return status;
}

void util_must(const char *format, ...)
{
	va_list args;
	int status;

	va_start(args, format);
	status = sh(format, args);
	va_end(args);
	if (status) {
		harness_failed = true;
		harness_abort();
	}
}

char *util_read(const char *path)
{
	size_t size = 0, room = 1 << 16;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	char *text = malloc(room + 1);
	ssize_t got;

	if (fd < 0 || !text) {
		free(text);
		return NULL;
	}
	while ((got = read(fd, text + size, room - size)) > 0) {
		size += got;
		if (size == room)
			text = realloc(text, (room *= 2) + 1);
		if (!text)
			abort();
	}
	close(fd);
	text[size] = '\0';
	return text;
}

int util_write(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	size_t len = strlen(text);
	int error = 0;

	if (fd < 0)
		return -errno;
	if (write(fd, text, len) != (ssize_t)len)
		error = errno ? -errno : -EIO;
	close(fd);
	return error;
}

int util_copy(const char *from, const char *to, int mode)
{
	int in = open(from, O_RDONLY | O_CLOEXEC);
	int out = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
	int error = 0;
	ssize_t sent;

	if (in < 0 || out < 0)
		error = -errno;
	while (!error && (sent = sendfile(out, in, NULL, 1 << 20)))
		if (sent < 0)
			error = -errno;
	close(in);
	close(out);
	return error;
}

bool util_exists(const char *path)
{
	struct stat st;

	return !lstat(path, &st);
}

void util_sleep_ms(unsigned int ms)
{
	struct timespec time = { ms / 1000, ms % 1000 * 1000000L };

	nanosleep(&time, NULL);
}

bool util_becomes(bool (*is_so)(void *context), void *context, unsigned int ms)
{
	unsigned int waited;

	for (waited = 0; !is_so(context); waited += 20) {
		if (waited >= ms)
			return false;
		util_sleep_ms(20);
	}
	return true;
}
