// SPDX-License-Identifier: GPL-2.0-only
/*
 * shield-init: the first program of the root file system, where an initramfs was
 * told to have shield loaded before that is in use.
 *
 * Has `shieldctl boot --early` do the work and becomes the real init. It is
 * process 1: whatever happens, it goes on.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define INIT "/sbin/init"
#define SHIELDCTL "/usr/sbin/shieldctl"
#define SECURITYFS "/sys/kernel/security"
#define ENFORCE "/sys/module/shield/parameters/enforce"

/* Reading all of a large policy from a slow disk takes seconds. */
#define LIMIT_S 120

static void tell(const char *what)
{
	fprintf(stderr, "shield-init: %s: %s\n", what, strerror(errno));
}

/* Init gets the signals as the kernel gave them to us. */
static pid_t start(const sigset_t *before)
{
	pid_t pid = fork();

	if (pid)
		return pid;
	sigprocmask(SIG_SETMASK, before, NULL);
	execl(SHIELDCTL, SHIELDCTL, "boot", "--early", NULL);
	tell(SHIELDCTL);
	_exit(127);
}

static void await(pid_t pid, const sigset_t *child)
{
	struct timespec end, left = { .tv_sec = LIMIT_S };
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &end);
	end.tv_sec += LIMIT_S;
	while (waitpid(pid, NULL, WNOHANG) == 0) {
		clock_gettime(CLOCK_MONOTONIC, &now);
		left.tv_sec = end.tv_sec - now.tv_sec;
		if (left.tv_sec <= 0) {
			fputs("shield-init: shieldctl takes too long: going on without it\n",
			      stderr);
			kill(pid, SIGKILL);
			return;
		}
		sigtimedwait(child, NULL, &left);
	}
}

static void load(void)
{
	sigset_t child, before;
	pid_t pid;

	if (mount("securityfs", SECURITYFS, "securityfs",
		  MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL) &&
	    errno != EBUSY)
		tell(SECURITYFS);
	sigemptyset(&child);
	sigaddset(&child, SIGCHLD);
	sigprocmask(SIG_BLOCK, &child, &before);
	pid = start(&before);
	if (pid < 0)
		tell("fork");
	else
		await(pid, &child);
	sigprocmask(SIG_SETMASK, &before, NULL);
}

/* A policy that denies init itself is not worth a machine. */
static void stop_enforcing(void)
{
	int fd = open(ENFORCE, O_WRONLY | O_CLOEXEC);

	if (fd < 0 || write(fd, "0\n", 2) != 2)
		tell(ENFORCE);
	if (fd >= 0)
		close(fd);
}

int main(int argc, char **argv)
{
	static char init[] = INIT;

	(void)argc;
	if (getpid() != 1) {
		fputs("shield-init: only for the kernel and an initramfs: see shieldctl(8), enable\n",
		      stderr);
		return 2;
	}
	load();
	argv[0] = init;
	execv(INIT, argv);
	tell(INIT);
	stop_enforcing();
	execv(INIT, argv);
	tell(INIT);
	return 1;
}
