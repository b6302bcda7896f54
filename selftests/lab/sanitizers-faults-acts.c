// SPDX-License-Identifier: GPL-2.0-only
/*
 * Failing allocations while others than shield's own writer act: what is denied
 * is not done, and trust is not won.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sanitizers-faults.h"
#include "sanitizers-inject.h"

/* What nobody but the trusted program may do. */
static int open_for_writing(void)
{
	return try_open(PLACE "/new", O_WRONLY);
}

static int open_in_tree(void)
{
	return try_open(PLACE "/tree/a/file", O_RDWR | O_TRUNC);
}

static int make_missing(void)
{
	return try_open(PLACE "/missing", O_WRONLY | O_CREAT);
}

static int rename_over(void)
{
	return rename(PLACE "/other", PLACE "/new") ? errno : 0;
}

static int remove_it(void)
{
	return unlink(PLACE "/new") ? errno : 0;
}

static int chmod_it(void)
{
	return chmod(PLACE "/new", 0777) ? errno : 0;
}

static int (*const acts[])(void) = { open_for_writing, open_in_tree,
				     make_missing,     rename_over,
				     remove_it,	       chmod_it };

int run_acts(void)
{
	unsigned int i;
	int nth, error, total = 0;
	bool reached;

	load(policy_after);
	for (i = 0; i < sizeof(acts) / sizeof(*acts); i++) {
		reached = true;
		for (nth = 1; reached && nth < MAX_FAULTS;
		     nth = next_fault(nth)) {
			inject(nth);
			error = acts[i]();
			reached = inject_end();
			if (!error)
				note("act %u, allocation %d: it was done", i,
				     nth);
			total += reached;
		}
	}
	return total;
}

/* Exit status 0 if the program could write, 1 if it was denied. */
int run_program(int nth, char *const argv[], bool *reached)
{
	int status, ends[2];
	char left[16] = "";
	pid_t pid;

	if (pipe2(ends, O_CLOEXEC))
		bail_out("pipe");
	pid = fork();
	if (!pid) {
		inject_open();
		dup2(ends[1], 100);
		inject(nth);
		execv(argv[0], argv);
		_exit(2);
	}
	close(ends[1]);
	waitpid(pid, &status, 0);
	*reached = read(ends[0], left, sizeof(left) - 1) <= 0 || !atoi(left);
	close(ends[0]);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 2;
}

/* In the program: writes what is left of the count, then tries. */
int be_program(void)
{
	char left[16] = "";
	int fd = open("/proc/self/fail-nth", O_RDWR | O_CLOEXEC);

	if (fd >= 0 && read(fd, left, sizeof(left) - 1) > 0) {
		if (pwrite(fd, "0", 1, 0) != 1 ||
		    write(100, left, strlen(left)) < 0)
			return 2;
	}
	return denied(PLACE "/new") ? 1 : 0;
}

/* A trusted one that replaces itself by one that is not. */
int be_leaver(const char *nth)
{
	char *const argv[] = { PLACE "/stranger", "write", NULL };

	inject_open();
	inject(atoi(nth));
	execv(argv[0], argv);
	return 2;
}

int run_exec(void)
{
	char *const stranger[] = { PLACE "/stranger", "write", NULL };
	char *const trusted[] = { PLACE "/trusted", "write", NULL };
	char number[16];
	char *const leaver[] = { PLACE "/trusted", "leave", number, NULL };
	bool reached = true, unused;
	int nth, total = 0;

	load(policy_after);
	if (run_program(0, trusted, &unused) ||
	    run_program(0, stranger, &unused) != 1)
		note("without faults trust is not what it should be");
	for (nth = 1; reached && nth < MAX_FAULTS;
	     nth = next_fault(nth), total += reached) {
		run_program(nth, trusted, &unused);
		if (!run_program(nth, stranger, &reached))
			note("allocation %d: a stranger could write", nth);
		snprintf(number, sizeof(number), "%d", nth);
		if (!run_program(0, leaver, &unused))
			note("allocation %d: who left a trusted program could write",
			     nth);
	}
	if (run_program(0, trusted, &unused))
		note("afterwards a trusted program is not trusted any more");
	return total;
}
