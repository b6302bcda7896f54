// SPDX-License-Identifier: GPL-2.0-only
#include "evict.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

/* A shared library of a whole session may be mapped by that many. */
#define MOST_HOLDERS 256

/* For a killed process to let go of its memory. */
#define PATIENCE_MS 10000

/* The kernel's message begins with the process; 0 if it knows of none. */
static pid_t holder_named(const struct kernel_answer *answer)
{
	int pid;

	if (answer->errno_value != -EBUSY ||
	    sscanf(answer->error.message, "process %d (", &pid) != 1)
		return 0;
	return pid;
}

static void ask_again(const struct text *text, struct kernel_answer *answer)
{
	text_free(&answer->notices);
	kernel_write_policy(text, answer);
}

static bool kill_and_wait(int process)
{
	struct pollfd ended = { .fd = process, .events = POLLIN };

	if (syscall(SYS_pidfd_send_signal, process, SIGKILL, NULL, 0))
		return errno == ESRCH;
	return poll(&ended, 1, PATIENCE_MS) == 1;
}

/*
 * The number may be given to another process before we have hold of it. So the
 * kernel is asked again: if it names the number still, it is the one we hold.
 */
static bool evict_one(const struct text *text, struct kernel_answer *answer,
		      pid_t pid)
{
	int process = syscall(SYS_pidfd_open, pid, 0);
	bool is_gone = true;

	if (process < 0 && errno != ESRCH)
		return false;
	ask_again(text, answer);
	if (process >= 0 && holder_named(answer) == pid) {
		fprintf(stderr, "evicting %s\n", answer->error.message);
		is_gone = kill_and_wait(process);
		ask_again(text, answer);
	}
	if (process >= 0)
		close(process);
	return is_gone;
}

void evict_holders(const struct text *text, struct kernel_answer *answer)
{
	unsigned int i;
	pid_t pid;

	for (i = 0; i < MOST_HOLDERS; i++) {
		pid = holder_named(answer);
		if (pid <= 1 || pid == getpid() ||
		    !evict_one(text, answer, pid))
			return;
	}
}
