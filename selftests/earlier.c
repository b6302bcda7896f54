// SPDX-License-Identifier: GPL-2.0-only
#include "earlier.h"

#include <errno.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "harness.h"
#include "shield.h"

char *here(void)
{
	return getcwd(NULL, 0);
}

void fresh(enum site_fs fs, enum site_victim victim)
{
	shield_no_rules();
	ASSERT_EQ(chdir(site_make(fs, victim)), 0);
}

int errno_of(ssize_t result)
{
	return result < 0 ? errno : 0;
}

int attack(int fd)
{
	return errno_of(write(fd, "attacked\n", 9));
}

bool is_let_go(void *unused)
{
	(void)unused;
	return !shield_status("holders");
}

bool are_hooks(void *armed)
{
	return shield_status("hooks") == *(long long *)armed;
}

bool is_denied(void *fd)
{
	return attack(*(int *)fd) == EACCES;
}

/* A child that sleeps until it is killed; nothing of it is left then. */
pid_t start(void (*hold)(void *context), void *context)
{
	int ready[2];
	char byte;
	pid_t pid;

	ASSERT_EQ(pipe(ready), 0);
	pid = fork();
	if (!pid) {
		if (hold)
			hold(context);
		if (write(ready[1], "", 1) == 1)
			pause();
		_exit(1);
	}
	ASSERT_EQ(read(ready[0], &byte, 1), 1);
	close(ready[0]);
	close(ready[1]);
	return pid;
}

void stop(pid_t pid)
{
	ASSERT_EQ(kill(pid, SIGKILL), 0);
	ASSERT_EQ(waitpid(pid, NULL, 0), pid);
}

void leave(void)
{
	ASSERT_EQ(chdir("/"), 0);
	shield_no_rules();
}
