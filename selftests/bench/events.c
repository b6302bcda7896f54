// SPDX-License-Identifier: GPL-2.0-only
/*
 * What events cost, in instructions, for a VM whose clock counts them.
 *
 *	bench-events open FILE		one open of FILE for writing, granted or not
 *	bench-events told TIMES FILE	TIMES such opens, all told after them
 *	bench-events work		a fixed amount of work, by its own run time
 *	bench-events storm FILE		such opens without end
 *	bench-events pace FILE		10,000 of them a second, without end
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <x86intrin.h>

#include "count.h"

#define STATS "/sys/kernel/security/shield/stats"
#define TURNS 20000

static const char *path;

static void open_file(void)
{
	int fd = open(path, O_WRONLY);

	if (fd >= 0)
		close(fd);
}

/* Leaves the processor to others, and yet is more than any log would bear. */
static void pace(void)
{
	int i;

	for (i = 0; i < 100; i++)
		open_file();
	usleep(10000);
}

static void nothing(void)
{
}

/* Events that were given to the file events, and those that were lost. */
static unsigned long long told(void)
{
	unsigned long long number, sum = 0;
	FILE *stats = fopen(STATS, "re");
	char line[256];

	while (stats && fgets(line, sizeof(line), stats))
		if (sscanf(line, "v=1 sink=events count=%llu", &number) == 1 ||
		    sscanf(line, "v=1 total=lost count=%llu", &number) == 1)
			sum += number;
	if (stats)
		fclose(stats);
	return sum;
}

/* Until the worker has told the last of them, whoever pays for it. */
static unsigned long long tell(unsigned long times)
{
	unsigned long long target = told() + times, began = __rdtsc();
	unsigned long i;

	for (i = 0; i < times; i++)
		open_file();
	while (told() < target)
		usleep(1000);
	return (__rdtsc() - began) / times;
}

/* What the scheduler has counted for this task, in ns of the clock. */
static unsigned long long run_time(void)
{
	unsigned long long time = 0;
	FILE *schedstat = fopen("/proc/self/schedstat", "re");

	if (!schedstat || fscanf(schedstat, "%llu", &time) != 1)
		abort();
	fclose(schedstat);
	return time;
}

static unsigned long long work(void)
{
	unsigned long long began = run_time();
	struct stat status;
	char buffer[512];
	int i, fd;

	for (i = 0; i < TURNS; i++) {
		fd = open("/etc/passwd", O_RDONLY);
		if (fd < 0 || read(fd, buffer, sizeof(buffer)) < 0 ||
		    stat("/usr/bin", &status))
			abort();
		close(fd);
	}
	return run_time() - began;
}

int main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";

	path = argv[argc - 1];
	if (!strcmp(what, "open") && argc == 3)
		printf("%llu\n", count(open_file) - count(nothing));
	else if (!strcmp(what, "told") && argc == 4)
		printf("%llu\n", tell(strtoul(argv[2], NULL, 10)));
	else if (!strcmp(what, "work") && argc == 2)
		printf("%llu\n", work());
	else if (!strcmp(what, "storm") && argc == 3)
		for (;;)
			open_file();
	else if (!strcmp(what, "pace") && argc == 3)
		for (;;)
			pace();
	else
		return EXIT_FAILURE;
	return EXIT_SUCCESS;
}
