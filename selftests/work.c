// SPDX-License-Identifier: GPL-2.0-only
/*
 * A program at work in the directory named: it makes, writes, links, renames,
 * reads and removes files and starts programs until the file "stop" appears
 * beside the directory. Any error ends it with status 1. Prints its rounds.
 */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define FILES 8

/* Between rounds: whoever loads and unloads meanwhile needs a CPU, too. */
#define NAP_US 30000

static const char text[] = "text\n";

static int write_file(const char *name, int flags)
{
	int fd = open(name, flags, 0644);
	int failed;

	if (fd < 0)
		return 1;
	failed = write(fd, text, strlen(text)) != (ssize_t)strlen(text);
	return close(fd) || failed;
}

static int read_file(const char *name, ssize_t size)
{
	char seen[64];
	int fd = open(name, O_RDONLY);
	int failed;

	if (fd < 0)
		return 1;
	failed = read(fd, seen, sizeof(seen)) != size;
	return close(fd) || failed;
}

static int use_file(int number)
{
	char name[16], link_name[16], moved[16];

	snprintf(name, sizeof(name), "%d", number);
	snprintf(link_name, sizeof(link_name), "%d.link", number);
	snprintf(moved, sizeof(moved), "%d.moved", number);
	return write_file(name, O_WRONLY | O_CREAT | O_EXCL) ||
	       write_file(name, O_WRONLY | O_APPEND) || chmod(name, 0600) ||
	       link(name, link_name) || rename(name, moved) ||
	       read_file(moved, 2 * strlen(text)) || unlink(link_name) ||
	       unlink(moved);
}

static int start_program(void)
{
	int status;
	pid_t pid = fork();

	if (!pid) {
		execl("/bin/true", "true", NULL);
		_exit(127);
	}
	return pid < 0 || waitpid(pid, &status, 0) != pid || status;
}

int main(int argc, char **argv)
{
	int rounds, number;

	if (argc != 2 || mkdir(argv[1], 0755) || chdir(argv[1]))
		return 2;
	for (rounds = 0; access("../stop", F_OK); rounds++) {
		for (number = 0; number < FILES; number++) {
			if (use_file(number)) {
				perror("work");
				return 1;
			}
		}
		if (rounds % 16 == 0 && start_program())
			return 1;
		usleep(NAP_US);
	}
	printf("%d\n", rounds);
	return 0;
}
