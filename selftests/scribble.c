// SPDX-License-Identifier: GPL-2.0-only
/*
 * Every file that shield has in securityfs and every parameter, used in every
 * way that nobody would: random calls with random arguments on random bytes,
 * from two processes at once. Then shield must still do what it is there for.
 * What the kernel says meanwhile is judged by whoever reads its log.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

#include "harness.h"
#include "shield.h"
#include "util.h"

#define ROUNDS 8000
#define MAX_PATHS 64
#define ROOM (256 << 10)

static char *paths[MAX_PATHS];
static unsigned int nr_paths;
static uint64_t state;

static uint32_t any(void)
{
	state = state * 6364136223846793005ULL + 1442695040888963407ULL;
	return state >> 33;
}

static uint32_t below(uint32_t limit)
{
	return any() % limit;
}

static void collect(const char *dir)
{
	struct dirent *entry;
	DIR *list = opendir(dir);

	ASSERT_NE(list, NULL);
	while ((entry = readdir(list)))
		if (entry->d_name[0] != '.' && nr_paths < MAX_PATHS &&
		    asprintf(&paths[nr_paths++], "%s/%s", dir, entry->d_name) <
			    0)
			abort();
	closedir(list);
}

static const char *const words[] = {
	"",
	"\n",
	"0",
	"1\n",
	"Y",
	"off",
	"-1",
	"10000",
	"10001",
	"4294967295",
	"4294967296",
	"18446744073709551616",
	"0x10",
	" 7 ",
	"none",
	"default",
	"99999999999999999999999999999999999999999999999999999999999999",
};

/* The first is the head of each. */
static const char *const lines[] = {
	"shield 1\nname scribble\nprogram group %s/trusted\n",
	"program group %s/anchor\n",
	"program group %s/trusted namespace any\n",
	"protect %s/victim deny modify except group\n",
	"protect %s/victim deny write allow append\n",
	"protect %s/tree recursive deny modify allow create to group\n",
	"protect %s/pre prefix deny all\n",
	"protect %s/missing deny create,link,attr,mount\n",
	"watch %s/tree recursive read,write,exec\n",
	"watch \"%s/a\\040b\" remove # comment\n",
	"\tprotect\t%s/victim\tdeny\twrite\n",
};

/* A policy, often the right way round, and perhaps some bytes of it changed. */
static size_t policy(char *text)
{
	uint32_t nr = below(10) ? 1 + below(12) : below(2000), damage, i;
	size_t len = 0;

	if (below(8))
		len = snprintf(text, ROOM, lines[0], util_work);
	for (i = 0; i < nr && len < ROOM - 512; i++)
		len += snprintf(text + len, ROOM - len,
				lines[below(sizeof(lines) / sizeof(*lines))],
				util_work);
	damage = below(4) ? 0 : below(8);
	for (i = 0; i < damage && len; i++)
		text[below(len)] = any();
	return len;
}

static size_t content(char *text)
{
	size_t len, i;

	switch (below(4)) {
	case 0:
		len = below(below(4) ? 200 : ROOM);
		for (i = 0; i < len; i++)
			text[i] = any();
		return len;
	case 1:
		return snprintf(text, ROOM, "%s",
				words[below(sizeof(words) / sizeof(*words))]);
	default:
		return policy(text);
	}
}

static off_t offset(void)
{
	static const off_t interesting[] = { 0,	       1,	 -1,
					     4095,     4096,	 INT_MAX,
					     LONG_MAX, LONG_MIN, 1L << 40 };

	return interesting[below(sizeof(interesting) / sizeof(*interesting))];
}

/* Somewhere that cannot be read or written, or only a part of it. */
static void *nowhere(char *text)
{
	static void *const wrong[] = { NULL, (void *)8, (void *)-4096,
				       (void *)(1UL << 63) };

	return below(3) ? wrong[below(sizeof(wrong) / sizeof(*wrong))] :
			  text + ROOM - below(64);
}

static void exchange(int fd, char *text)
{
	switch (below(8)) {
	case 0:
		(void)!read(fd, text, below(ROOM));
		break;
	case 1:
		(void)!pread(fd, text, below(8192), offset());
		break;
	case 2:
		(void)!pwrite(fd, text, content(text), offset());
		break;
	case 3:
		(void)!write(fd, nowhere(text), below(8192));
		break;
	case 4:
		(void)!read(fd, nowhere(text), below(8192));
		break;
	default:
		(void)!write(fd, text, content(text));
		break;
	}
}

static void other_call(int fd, int pipe, char *text)
{
	struct pollfd polled = { .fd = fd, .events = any() };
	int source;
	void *map;

	switch (below(9)) {
	case 0:
		lseek(fd, offset(), below(6));
		break;
	case 1:
		poll(&polled, 1, 0);
		break;
	case 2:
		ioctl(fd, any(), text);
		break;
	case 3:
		map = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd,
			   0);
		if (map != MAP_FAILED)
			munmap(map, 4096);
		break;
	case 4:
		(void)!ftruncate(fd, offset());
		break;
	case 5:
		fallocate(fd, below(4), 0, offset());
		break;
	case 6:
		splice(fd, NULL, pipe, NULL, below(4096), SPLICE_F_NONBLOCK);
		break;
	case 7:
		source = open(paths[below(nr_paths)], O_RDONLY);
		sendfile(fd, source, NULL, below(8192));
		close(source);
		break;
	default:
		fsync(fd);
		fcntl(fd, F_SETFL, any() & (O_APPEND | O_NONBLOCK | O_DIRECT));
		break;
	}
}

static void nothing(int number)
{
	(void)number;
}

/* Who reads events waits for the next, and each might wait for the other's. */
static void interrupt_often(void)
{
	struct sigaction action = { .sa_handler = nothing };
	struct itimerval often = { .it_interval.tv_usec = 50000,
				   .it_value.tv_usec = 50000 };

	sigaction(SIGALRM, &action, NULL);
	setitimer(ITIMER_REAL, &often, NULL);
}

/* Whatever a rule denies: no program is started, and no file needed, here. */
static void __attribute__((noreturn)) scribble(uint64_t seed)
{
	static const int modes[] = { O_RDONLY, O_WRONLY, O_RDWR, O_RDWR };
	char *text = mmap(NULL, ROOM + 4096, PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	int ends[2], fd, i, calls;

	if (text == MAP_FAILED || mprotect(text + ROOM, 4096, PROT_NONE) ||
	    pipe(ends))
		_exit(2);
	interrupt_often();
	state = seed;
	for (i = 0; i < ROUNDS; i++) {
		fd = open(below(3) ? paths[below(nr_paths)] : SHIELD_POLICY,
			  modes[below(4)] |
				  (any() & (O_TRUNC | O_APPEND | O_NONBLOCK)));
		if (fd < 0)
			continue;
		for (calls = below(4); calls >= 0; calls--)
			if (below(3))
				exchange(fd, text);
			else
				other_call(fd, ends[1], text);
		close(fd);
	}
	_exit(0);
}

/* What writing to them left is put right by a new life of the module. */
static bool protects(void)
{
	char *victim = util_path("victim");
	int fd;

	shield_remove();
	shield_rules("protect %s/victim deny modify except trusted", util_work);
	fd = open(victim, O_WRONLY);
	if (fd >= 0)
		close(fd);
	return fd < 0 && errno == EACCES;
}

TEST(files_and_parameters_survive_whatever_is_done_to_them)
{
	char *level = util_read("/proc/sys/kernel/printk");
	static const char empty[] = "shield 1\nname empty\n";
	unsigned int seed = getpid(), i;
	long long generation;
	pid_t pids[2];

	ASSERT_EQ(util_write(util_path("victim"), "text\n"), 0);
	ASSERT_EQ(mkdir(util_path("tree"), 0755), 0);
	shield_remove();
	shield_insert("policy=none");
	collect("/sys/kernel/security/shield");
	collect("/sys/module/shield/parameters");
	ASSERT_GE(nr_paths, 7);
	NOTE("%u files, seed %u", nr_paths, seed);
	/* Warnings still; a console is too slow for all that debug=1 tells. */
	ASSERT_EQ(util_write("/proc/sys/kernel/printk", "5"), 0);
	for (i = 0; i < 2; i++) {
		pids[i] = fork();
		if (!pids[i])
			scribble(seed + i);
	}
	for (i = 0; i < 2; i++)
		EXPECT_EQ(util_wait(pids[i]), 0);
	generation = shield_status("generation");
	NOTE("%lld policies were loaded", generation);
	EXPECT_GT(generation, 100);
	ASSERT_EQ(shield_write(empty, strlen(empty), NULL, 0), 0);
	ASSERT_EQ(util_write("/proc/sys/kernel/printk", level), 0);
	EXPECT_TRUE(protects());
	shield_remove();
}

int main(int argc, char **argv)
{
	util_begin();
	return harness_run(argc, argv);
}
