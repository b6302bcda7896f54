// SPDX-License-Identifier: GPL-2.0-only
/*
 * Opens a file for writing over and over, from every CPU at once.
 *
 *	storm TIMES FILE
 *
 * TIMES in all. Exit status 0 if each was denied.
 */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static int storm_on(int cpu, unsigned long times, const char *path)
{
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET(cpu, &set);
	if (sched_setaffinity(0, sizeof(set), &set))
		return EXIT_FAILURE;
	while (times--)
		if (open(path, O_WRONLY) >= 0 || errno != EACCES)
			return EXIT_FAILURE;
	return EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
	int cpus = sysconf(_SC_NPROCESSORS_ONLN), cpu, status, bad = 0;
	unsigned long times;

	if (argc != 3) {
		fputs("usage: storm TIMES FILE\n", stderr);
		return EXIT_FAILURE;
	}
	times = strtoul(argv[1], NULL, 10);
	for (cpu = 0; cpu < cpus; cpu++)
		if (!fork())
			_exit(storm_on(
				cpu, times / cpus + (cpu < (int)(times % cpus)),
				argv[2]));
	while (wait(&status) > 0)
		bad |= status;
	return bad ? EXIT_FAILURE : EXIT_SUCCESS;
}
