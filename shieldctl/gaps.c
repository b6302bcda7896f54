// SPDX-License-Identifier: GPL-2.0-only
#include "gaps.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "host.h"
#include "kernel.h"

#define LOG "/var/log/shield/events.json"
#define BOOT_ID "/proc/sys/kernel/random/boot_id"

static double boot_time(void)
{
	struct timespec now, since_boot;

	clock_gettime(CLOCK_REALTIME, &now);
	clock_gettime(CLOCK_BOOTTIME, &since_boot);
	return now.tv_sec - since_boot.tv_sec +
	       (now.tv_nsec - since_boot.tv_nsec) / 1e9;
}

/* The kernel makes the file when shield is loaded, and never changes it. */
static double load_time(void)
{
	struct stat status;

	if (stat(kernel_path("events"), &status))
		return 0;
	return status.st_ctim.tv_sec + status.st_ctim.tv_nsec / 1e9;
}

static void begin(struct gaps *gaps, double from)
{
	if (gaps->nr < GAPS_MOST)
		gaps->all[gaps->nr++] = (struct gap){ .from = from };
}

/* Shield was there at a time, so whatever was open ends by then. */
static void end(struct gaps *gaps, double to)
{
	if (gaps->nr && !gaps->all[gaps->nr - 1].to)
		gaps->all[gaps->nr - 1].to = to;
}

static double number_of(const char *line, const char *key)
{
	const char *at = strstr(line, key);

	return at ? strtod(at + strlen(key), NULL) : 0;
}

/* A line of the log, of this boot. */
static void look(struct gaps *gaps, const char *line)
{
	end(gaps, number_of(line, "\"load\": \""));
	if (strstr(line, "\"kind\": \"unloaded\""))
		begin(gaps, number_of(line, "\"time\": \""));
}

static bool read_log(struct gaps *gaps, const char *name, const char *boot)
{
	char *path = host_path("%s", name), *line = NULL;
	FILE *file = fopen(path, "re");
	size_t size = 0;

	free(path);
	if (!file)
		return false;
	while (getline(&line, &size, file) > 0)
		if (*boot && strstr(line, "\"boot\": \"") && strstr(line, boot))
			look(gaps, line);
	free(line);
	fclose(file);
	return true;
}

void gaps_read(struct gaps *gaps)
{
	char boot[64], name[64];
	int number = 1;

	*gaps = (struct gaps){ .nr = 0 };
	begin(gaps, boot_time());
	host_read(boot, sizeof(boot), "%s", BOOT_ID);
	while (host_has(LOG ".%d", number))
		number++;
	/* Older ones first. */
	while (--number) {
		snprintf(name, sizeof(name), LOG ".%d", number);
		read_log(gaps, name, boot);
	}
	gaps->has_log = read_log(gaps, LOG, boot);
	end(gaps, load_time());
}
