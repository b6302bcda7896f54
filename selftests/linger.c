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
	if (chdir(name) || mkdir("lingered", 0700))
		_exit(1);
	_exit(0);
}

/* Its state, as /proc tells it: D while it waits in the kernel. */
static char state_of(pid_t pid)
{
	char path[32], state = '?';
	FILE *stat;

	snprintf(path, sizeof(path), "/proc/%d/stat", pid);
	stat = fopen(path, "re");
	if (!stat)
		return state;
	if (fscanf(stat, "%*d (%*[^)]) %c", &state) != 1)
		state = '?';
	fclose(stat);
	return state;
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
	while (state_of(child) != 'D')
		usleep(10000);
	puts(argv[1]);
	fflush(stdout);
	pause();
	return 0;
}
