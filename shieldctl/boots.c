// SPDX-License-Identifier: GPL-2.0-only
#include "boots.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "host.h"

#define ID_LENGTH 36
#define MOST_COUNTED 99

/**
 * struct boots - what the file says
 * @unfinished: boots in a row that did not complete
 * @id: boot that was counted last
 */
struct boots {
	unsigned int unfinished;
	char id[ID_LENGTH + 1];
};

static void read_boots(struct boots *boots, const char *file)
{
	char line[64];

	*boots = (struct boots){ 0 };
	host_read(line, sizeof(line), "%s", file);
	/* A minus would be no small number. */
	if (sscanf(line, "%2u %36s", &boots->unfinished, boots->id) != 2 ||
	    boots->unfinished > MOST_COUNTED)
		*boots = (struct boots){ 0 };
}

static void read_id(char id[ID_LENGTH + 1])
{
	host_read(id, ID_LENGTH + 1, "/proc/sys/kernel/random/boot_id");
}

/* The machine may lose its power at any time from now on. */
static int write_line(int fd, const char *line)
{
	ssize_t len = strlen(line), written = pwrite(fd, line, len, 0);

	if (written < 0)
		return -errno;
	if (written != len)
		return -ENOSPC;
	return ftruncate(fd, len) || fsync(fd) ? -errno : 0;
}

static int write_boots(const struct boots *boots, const char *file)
{
	char *path = host_path("%s", file), line[64];
	int fd = open(path, O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0644);
	int error = fd < 0 ? -errno : 0;

	snprintf(line, sizeof(line), "%02u %s\n",
		 boots->unfinished < MOST_COUNTED ? boots->unfinished :
						    MOST_COUNTED,
		 boots->id);
	if (fd >= 0) {
		error = write_line(fd, line);
		close(fd);
	}
	if (error)
		fprintf(stderr, "shieldctl: cannot write %s: %s\n", path,
			strerror(-error));
	free(path);
	return error;
}

/* Each boot is counted once. */
static unsigned int before(const struct boots *boots, const char *id)
{
	bool is_counted = boots->unfinished && !strcmp(boots->id, id);

	return boots->unfinished - is_counted;
}

int boots_begin(const char *file)
{
	char id[ID_LENGTH + 1];
	struct boots boots;

	read_boots(&boots, file);
	read_id(id);
	if (!strcmp(boots.id, id))
		return 0;
	boots.unfinished++;
	strcpy(boots.id, id);
	return write_boots(&boots, file);
}

static int complete(const char *file, bool is_counted)
{
	char id[ID_LENGTH + 1];
	struct boots boots;

	read_boots(&boots, file);
	read_id(id);
	boots.unfinished = before(&boots, id) >= BOOTS_MOST ? BOOTS_MOST - 1 :
							      0;
	if (is_counted)
		strcpy(boots.id, id);
	return write_boots(&boots, file);
}

int boots_complete(void)
{
	int error = complete(BOOTS_LATE, true);

	/* Of its own id the doctor concludes whether it came to that. */
	if (!host_has(BOOTS_EARLY))
		return error;
	return complete(BOOTS_EARLY, false) ?: error;
}

int boots_forget(const char *file)
{
	struct boots boots = { 0 };

	read_id(boots.id);
	return write_boots(&boots, file);
}

unsigned int boots_before(const char *file)
{
	char id[ID_LENGTH + 1];
	struct boots boots;

	read_boots(&boots, file);
	read_id(id);
	return before(&boots, id);
}

unsigned int boots_unfinished(const char *file)
{
	struct boots boots;

	read_boots(&boots, file);
	return boots.unfinished;
}

bool boots_is_counted(const char *file)
{
	char id[ID_LENGTH + 1];
	struct boots boots;

	read_boots(&boots, file);
	read_id(id);
	return !strcmp(boots.id, id);
}
