// SPDX-License-Identifier: GPL-2.0-only
/*
 * linger DIRECTORY: until it is killed, whoever waits for the directory's lock
 * waits. Says the directory's name when that is so.
 *
 * Who lists a directory has its lock, shared with others who do. A page that
 * userfaultfd never brings makes that last; behind it waits one who wants the lock
 * for himself, and behind him everybody.
 */
#include <err.h>
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define PAGE ((size_t)sysconf(_SC_PAGESIZE))

/**
 * struct list - a directory that is to be listed
 * @fd: the directory
 * @page: the page to list it into
 */
struct list {
	int fd;
	char *page;
};

static void *list_into(void *context)
{
	const struct list *list = context;

	syscall(SYS_getdents64, list->fd, list->page, PAGE);
	return NULL;
}

/* The directory @name is locked, shared, until this process is killed. */
static void share_lock(const char *name)
{
	struct uffdio_api api = { .api = UFFD_API };
	struct uffdio_register range = { .mode = UFFDIO_REGISTER_MODE_MISSING };
	static struct list list;
	struct pollfd fault = { .events = POLLIN };
	pthread_t lister;

	fault.fd = syscall(SYS_userfaultfd, O_CLOEXEC | O_NONBLOCK);
	list.fd = open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	list.page = mmap(NULL, PAGE, PROT_READ | PROT_WRITE,
			 MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	range.range.start = (unsigned long)list.page;
	range.range.len = PAGE;
	if (list.fd < 0 || ioctl(fault.fd, UFFDIO_API, &api) ||
	    ioctl(fault.fd, UFFDIO_REGISTER, &range) ||
	    pthread_create(&lister, NULL, list_into, &list) ||
	    poll(&fault, 1, -1) != 1)
		err(1, "%s", name);
}

/* A child waits for the lock of the directory @name, and dies with its parent. */
static pid_t want_lock(const char *name)
{
	pid_t child = fork();

	if (child)
		return child;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (!chdir(name))
		syscall(SYS_mkdirat, AT_FDCWD, "lingered", 0700);
	_exit(1);
}

/*
 * The call in which it waits in the kernel, as /proc tells it. That it sleeps would
 * not do: who changes to a directory sleeps where that must be read first.
 */
static int waits_in(pid_t pid)
{
	char path[32];
	int number = -1;
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/syscall", pid);
	file = fopen(path, "re");
	if (!file)
		return number;
	if (fscanf(file, "%d", &number) != 1)
		number = -1;
	fclose(file);
	return number;
}

int main(int argc, char **argv)
{
	pid_t child;

	if (argc != 2)
		errx(2, "usage: linger DIRECTORY");
	share_lock(argv[1]);
	child = want_lock(argv[1]);
	if (child < 0)
		err(1, "fork");
	while (waits_in(child) != SYS_mkdirat)
		usleep(10000);
	puts(argv[1]);
	fflush(stdout);
	pause();
	return 0;
}
