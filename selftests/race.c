// SPDX-License-Identifier: GPL-2.0-only
/*
 * One CPU opens a protected file for writing, the other puts a new file in its
 * place by a trusted program, as fast as both can. Not one open may slip.
 */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "act.h"
#include "harness.h"
#include "shield.h"
#include "site.h"
#include "util.h"

#define OPENS 20000

/* As many of them see the file replaced, or it was no race. */
#define REPLACED 100

/* A machine that cannot do both in so many opens is too busy to tell. */
#define MOST_OPENS (50 * OPENS)

/* Built with CONFIG_SHIELD_CONTROL_WITHOUT_NAMES; brought by the lab. */
#define CONTROL "/usr/lib/shield-lab/without-names.ko"

/**
 * struct race - what came of one
 * @opens: how many there were
 * @slipped: opens that succeeded
 * @replaced: opens after which another file was there than before
 * @strange: opens that failed for another reason than the denial
 */
struct race {
	unsigned int opens;
	unsigned int slipped;
	unsigned int replaced;
	unsigned int strange;
};

static void pin(int cpu)
{
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET(cpu, &set);
	sched_setaffinity(0, sizeof(set), &set);
}

static pid_t start_replacing(const char *dir)
{
	pid_t pid = fork();

	if (pid)
		return pid;
	pin(1);
	_exit(trusted("replace_for_ever", dir));
}

static void open_often(struct race *race)
{
	ino_t number = 0;
	struct stat st;
	int fd;

	pin(0);
	while ((race->opens < OPENS || race->replaced <= REPLACED) &&
	       race->opens < MOST_OPENS) {
		race->opens++;
		fd = open("victim", O_WRONLY);
		race->slipped += fd >= 0;
		race->strange += fd < 0 && errno != EACCES;
		if (fd >= 0)
			close(fd);
		if (!stat("victim", &st) && st.st_ino != number) {
			race->replaced++;
			number = st.st_ino;
		}
	}
}

static struct race run(const char *dir)
{
	struct race race = {};
	pid_t pid;

	shield_rules("protect %s/victim deny modify except trusted", dir);
	ASSERT_EQ(chdir(dir), 0);
	ASSERT_EQ(open("victim", O_WRONLY), -1);
	pid = start_replacing(dir);
	open_often(&race);
	EXPECT_EQ(kill(pid, 0), 0);
	NOTE("%u opens, %u saw another file, %u slipped, %u strange",
	     race.opens, race.replaced, race.slipped, race.strange);
	EXPECT_EQ(race.strange, 0);
	EXPECT_GT(race.replaced, REPLACED);
	return race;
}

FIXTURE(race)
{
	char *dir;
};

FIXTURE_VARIANT(race)
{
	enum site_fs fs;
};

FIXTURE_VARIANT_ADD(race, ext4){ .fs = EXT4 };
FIXTURE_VARIANT_ADD(race, tmpfs){ .fs = TMPFS };

FIXTURE_SETUP(race)
{
	shield_remove();
	self->dir = site_make(variant->fs, VICTIM_FILE);
	if (sysconf(_SC_NPROCESSORS_ONLN) < 2)
		SKIP("a race needs two CPUs");
}

FIXTURE_TEARDOWN(race)
{
}

TEST_F(race, of_opens_with_trusted_replacement_lets_none_slip)
{
	EXPECT_EQ(run(self->dir).slipped, 0);
}

TEST_F(race, without_the_check_of_names_lets_some_slip)
{
	if (!util_exists(CONTROL))
		SKIP("only the lab brings a module without it");
	util_must("insmod %s policy=none", CONTROL);
	EXPECT_GT(run(self->dir).slipped, 0);
}

int main(int argc, char **argv)
{
	act_main(argc, argv);
	util_begin();
	return harness_run(argc, argv);
}
