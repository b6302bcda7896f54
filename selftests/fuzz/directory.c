// SPDX-License-Identifier: GPL-2.0-only
#include "directory.h"

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fuzz.h"

static char path[64];

static int remove_one(const char *name, const struct stat *status, int type,
		      struct FTW *place)
{
	(void)status;
	(void)type;
	(void)place;
	return remove(name);
}

static void remove_all(void)
{
	nftw(path, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

const char *directory_make(const char *variable)
{
	snprintf(path, sizeof(path), "/dev/shm/shield-fuzz.XXXXXX");
	insist(mkdtemp(path) && !setenv(variable, path, 1));
	atexit(remove_all);
	return path;
}

static void make_parents(char *whole)
{
	char *slash = whole + strlen(path);

	while ((slash = strchr(slash + 1, '/'))) {
		*slash = '\0';
		mkdir(whole, 0700);
		*slash = '/';
	}
}

void directory_write(const char *name, const void *data, size_t size)
{
	char whole[256];
	int fd;

	snprintf(whole, sizeof(whole), "%s/%s", path, name);
	fd = open(whole, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0) {
		make_parents(whole);
		fd = open(whole, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	}
	insist(fd >= 0 && write(fd, data, size) == (ssize_t)size);
	close(fd);
}
