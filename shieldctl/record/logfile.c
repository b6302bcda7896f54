// SPDX-License-Identifier: GPL-2.0-only
#include "logfile.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* Longer than any line. */
#define TAIL 65536

static bool fail(const char *what, const char *name)
{
	fprintf(stderr, "shield-record: cannot %s %s: %s\n", what, name,
		strerror(errno));
	return false;
}

/* The policy lets nobody write what is there, us included: only append. */
static bool begin(struct logfile *log)
{
	struct stat status;

	log->fd = openat(log->directory, LOGFILE_NAME,
			 O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_CLOEXEC,
			 0600);
	if (log->fd < 0 || fstat(log->fd, &status))
		return fail("open", LOGFILE_NAME);
	log->size = status.st_size;
	return true;
}

static bool put(struct logfile *log, const char *data, size_t len)
{
	ssize_t some;

	while (len) {
		some = write(log->fd, data, len);
		if (some < 0 && errno == EINTR)
			continue;
		if (some < 0)
			return fail("write", LOGFILE_NAME);
		log->size += some;
		data += some;
		len -= some;
	}
	return true;
}

static void read_tail(int fd, struct text *text)
{
	static char buffer[TAIL];
	struct stat status;
	ssize_t got;

	if (fstat(fd, &status))
		return;
	got = pread(fd, buffer, TAIL,
		    status.st_size > TAIL ? status.st_size - TAIL : 0);
	if (got > 0)
		text_append(text, buffer, got);
}

/* A machine that lost power may have left the beginning of a line. */
static bool end_line(struct logfile *log)
{
	struct text text = { 0 };
	bool is_whole;

	logfile_last(log, &text);
	is_whole = !log->size || !text.len || text.data[text.len - 1] == '\n';
	text_free(&text);
	return is_whole || put(log, "\n", 1);
}

bool logfile_open(struct logfile *log, const char *directory)
{
	log->directory = open(directory,
			      O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (log->directory < 0)
		return fail("open", directory);
	if (flock(log->directory, LOCK_EX | LOCK_NB))
		return fail("be the only recorder in", directory);
	return begin(log) && end_line(log);
}

void logfile_last(const struct logfile *log, struct text *text)
{
	static const char *const names[] = { LOGFILE_NAME, LOGFILE_NAME ".1" };
	size_t i;
	int fd;

	for (i = 0; i < 2 && !text->len; i++) {
		fd = openat(log->directory, names[i],
			    O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
		if (fd < 0)
			continue;
		read_tail(fd, text);
		close(fd);
	}
}

static void name_of(unsigned int number, char *name, size_t size)
{
	if (number)
		snprintf(name, size, LOGFILE_NAME ".%u", number);
	else
		snprintf(name, size, LOGFILE_NAME);
}

/* The oldest file goes by being renamed over. */
static bool rotate(struct logfile *log)
{
	char from[32], to[32];
	unsigned int i;

	logfile_sync(log);
	close(log->fd);
	for (i = log->keep - 1; i; i--) {
		name_of(i - 1, from, sizeof(from));
		name_of(i, to, sizeof(to));
		if (renameat(log->directory, from, log->directory, to) &&
		    errno != ENOENT)
			return fail("rename", from);
	}
	return begin(log);
}

bool logfile_add(struct logfile *log, const char *lines, size_t len)
{
	if (log->size && log->size + (off_t)len > log->limit && !rotate(log))
		return false;
	return put(log, lines, len);
}

void logfile_sync(const struct logfile *log)
{
	fdatasync(log->fd);
}
