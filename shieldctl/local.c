// SPDX-License-Identifier: GPL-2.0-only
#include "local.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../module/policy/limits.h"

#define DIRECTORY "/etc/shield/policy.d"

static const char empty[] =
	"shield 1\n# Written by 'shieldctl protect --permanent'.\n";

static const char *directory(void)
{
	/* For tests. */
	const char *override = getenv("SHIELDCTL_POLICY_D");

	return override ? override : DIRECTORY;
}

const char *local_path(void)
{
	static char path[PATH_MAX];

	snprintf(path, sizeof(path), "%s/50-local.policy", directory());
	return path;
}

static int complain(const char *what, const char *path)
{
	int error = errno;

	fprintf(stderr, "shieldctl: cannot %s %s: %s\n", what, path,
		strerror(error));
	return -error;
}

int local_read(struct text *text)
{
	int fd = open(local_path(), O_RDONLY | O_CLOEXEC);
	int ret;

	if (fd < 0 && errno == ENOENT) {
		text_append(text, empty, sizeof(empty) - 1);
		return 0;
	}
	if (fd < 0)
		return complain("read", local_path());
	ret = text_read(text, fd, SHIELD_MAX_TEXT);
	close(fd);
	if (ret) {
		errno = -ret;
		return complain("read", local_path());
	}
	return 0;
}

static void make_directories(void)
{
	char path[PATH_MAX], *slash;

	snprintf(path, sizeof(path), "%s/", directory());
	/* What cannot be made shows when the file is opened. */
	for (slash = path + 1; (slash = strchr(slash, '/')); slash++) {
		*slash = '\0';
		mkdir(path, 0755);
		*slash = '/';
	}
}

static int write_all(int fd, const struct text *text)
{
	size_t done = 0;
	ssize_t written;

	while (done < text->len) {
		written = write(fd, text->data + done, text->len - done);
		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return -1;
		done += written;
	}
	return fchmod(fd, 0644) || fsync(fd) ? -1 : 0;
}

int local_write(const struct text *text)
{
	char scratch[PATH_MAX + 8];
	int fd, ret;

	make_directories();
	snprintf(scratch, sizeof(scratch), "%s.XXXXXX", local_path());
	fd = mkostemp(scratch, O_CLOEXEC);
	if (fd < 0)
		return complain("create", scratch);
	ret = write_all(fd, text);
	if (close(fd) || ret || rename(scratch, local_path())) {
		ret = complain("write", local_path());
		unlink(scratch);
		return ret;
	}
	return 0;
}
