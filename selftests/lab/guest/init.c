// SPDX-License-Identifier: GPL-2.0-only
/*
 * Process 1 of a VM of the lab: runs /usr/lib/shield-lab/run, reaps every
 * orphan, and when that script ends tells QEMU's isa-debug-exit device so.
 *
 * The permission for the device's port is taken first, because a test may
 * raise the kernel's lockdown, which would refuse it at the end. A kernel that
 * panics never writes to the port: QEMU's exit status tells the two apart.
 */
#include <fcntl.h>
#include <linux/random.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/io.h>
#include <sys/ioctl.h>
#include <sys/reboot.h>
#include <sys/wait.h>
#include <unistd.h>

#define DEBUG_EXIT_PORT 0xf4
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
	ioperm(DEBUG_EXIT_PORT, 1, 0);
	setsid();
	execl("/bin/bash", "bash", SCRIPT, NULL);
	perror("lab init: " SCRIPT);
	_exit(127);
}

int main(void)
{
	pid_t script, pid;
	bool has_port;

	/* A kernel that is locked down lets nobody use ports. */
	has_port = !ioperm(DEBUG_EXIT_PORT, 1, 1);
	seed_random();
	script = start_script();
	do {
		pid = wait(NULL);
	} while (pid > 0 && pid != script);
	sync();
	if (has_port)
		outb(0, DEBUG_EXIT_PORT);
	reboot(RB_POWER_OFF);
	for (;;)
		pause();
}
