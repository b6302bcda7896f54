// SPDX-License-Identifier: GPL-2.0-only
/*
 * Process 1 of a VM of the lab: runs /usr/lib/shield-lab/run, reaps every
 * orphan, and when that script ends says "end" on the port of results and ends
 * QEMU. What a test may have shut by then is taken first.
 */
#include <fcntl.h>
#include <linux/random.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/reboot.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "leave.h"

#define SCRIPT "/usr/lib/shield-lab/run"

/*
 * Runs that count instructions have no hardware randomness; a generator that
 * is not ready would add its own work to what they measure.
 */
static void seed_random(void)
{
	struct {
		int entropy_count;
		int buf_size;
		__u32 buf[16];
	} pool = { .entropy_count = 512, .buf_size = sizeof(pool.buf) };
	int fd;

	if (!getenv("lab_seed"))
		return;
	memset(pool.buf, 0x5a, sizeof(pool.buf));
	fd = open("/dev/random", O_WRONLY);
	if (fd < 0 || ioctl(fd, RNDADDENTROPY, &pool))
		perror("lab init: seed the random generator");
	close(fd);
}

static pid_t start_script(void)
{
	pid_t pid = fork();

	if (pid)
		return pid;
	leave_forbid();
	setsid();
	execl("/bin/bash", "bash", SCRIPT, NULL);
	perror("lab init: " SCRIPT);
	_exit(127);
}

static int open_result(void)
{
	const char *name = getenv("lab_result");
	char path[64];

	snprintf(path, sizeof(path), "/dev/%s", name ? name : "ttyS2");
	return open(path, O_WRONLY | O_NOCTTY | O_CLOEXEC);
}

int main(void)
{
	pid_t script, pid;
	bool prepared;
	int result;

	prepared = leave_prepare();
	result = open_result();
	seed_random();
	script = start_script();
	do {
		pid = wait(NULL);
	} while (pid > 0 && pid != script);
	sync();
	/* A kernel that panics does not come here. */
	if (write(result, "end\n", 4) == 4)
		tcdrain(result);
	if (prepared)
		leave();
	reboot(RB_POWER_OFF);
	for (;;)
		pause();
}
