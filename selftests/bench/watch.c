// SPDX-License-Identifier: GPL-2.0-only
/*
 * Hold an inotify watch on a file, as half of all daemons do.
 */
#include <stdio.h>
#include <sys/inotify.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	int fd = inotify_init1(IN_CLOEXEC);

	if (argc != 2 || fd < 0 ||
	    inotify_add_watch(fd, argv[1], IN_ALL_EVENTS) < 0) {
		perror("bench-watch");
		return 1;
	}
	for (;;)
		pause();
}
