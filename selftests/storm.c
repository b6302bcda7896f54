// SPDX-License-Identifier: GPL-2.0-only
/*
 * Opens a file for writing over and over, from every CPU that it may use at once.
 *
 *	storm TIMES FILE
 *
 * TIMES in all, or until it is killed if TIMES is "ever". Exit status 0 if each
 * was denied.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static int storm_on(int cpu, unsigned long times, const char *path)
{
	cpu_set_t one;

	CPU_ZERO(&one);
	CPU_SET(cpu, &one);
	if (prctl(PR_SET_PDEATHSIG, SIGKILL) ||
	    sched_setaffinity(0, sizeof(one), &one))
		return EXIT_FAILURE;
	while (times--)
		if (open(path, O_WRONLY) >= 0 || errno != EACCES)
			return EXIT_FAILURE;
	return EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
	int cpus, cpu, number = 0, status, bad = 0;
	unsigned long times;
	cpu_set_t all;

	if (argc != 3) {
		fputs("usage: storm TIMES FILE\n", stderr);
		return EXIT_FAILURE;
	}
	times = strcmp(argv[1], "ever") ? strtoul(argv[1], NULL, 10) :
					  ULONG_MAX;
	if (sched_getaffinity(0, sizeof(all), &all))
		return EXIT_FAILURE;
	cpus = CPU_COUNT(&all);
	for (cpu = 0; number < cpus; cpu++) {
		if (!CPU_ISSET(cpu, &all))
			continue;
		if (!fork())
			_exit(storm_on(cpu,
				       times / cpus +
					       (number < (int)(times % cpus)),
				       argv[2]));
		number++;
	}
	while (wait(&status) > 0)
		bad |= status;
	return bad ? EXIT_FAILURE : EXIT_SUCCESS;
}
