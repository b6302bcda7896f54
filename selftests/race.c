// SPDX-License-Identifier: GPL-2.0-only
/*
 * One CPU opens a protected file for writing, the other puts a new file in its
 * place by a trusted program, as fast as both can; or swaps the symlink by which
 * it is opened. Not one open may slip, also while the policy is loaded anew and
 * anew.
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

/* As many policies are loaded meanwhile by the tests that load them. */
#define LOADS 20

/* How many opens there are from one look at the loads to the next. */
#define OPENS_A_LOOK 1000

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

static pid_t start(const char *act, const char *dir)
{
	pid_t pid = fork();

	if (pid)
		return pid;
	pin(1);
	_exit(trusted(act, dir));
}

#define VICTIM "protect %s/victim deny modify except trusted\n"
#define BOTH VICTIM "protect %s/other deny modify except trusted\n"

static void protect(const char *rules, const char *dir)
{
	shield_rules(rules, dir, dir);
}

/* Every few milliseconds, as far as the machine can. */
static pid_t start_loading(const char *rules, const char *dir)
{
	pid_t pid = fork();

	if (pid)
		return pid;
	for (;;) {
		protect(rules, dir);
		util_sleep_ms(3);
	}
}

/* Whether there was a race of all that should race, or never will be. */
static bool enough(const struct race *race, long long generation)
{
	if (race->opens >= MOST_OPENS)
		return true;
	if (race->opens < OPENS || race->replaced <= REPLACED)
		return false;
	return race->opens % OPENS_A_LOOK == 0 &&
	       shield_status("generation") >= generation;
}

static void open_often(struct race *race, long long generation)
{
	ino_t number = 0;
	struct stat st;
	int fd;

	pin(0);
	while (!enough(race, generation)) {
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

/**
 * run() - open what is replaced
 * @rules: what is protected
 * @dir: where the victim is
 * @act: what replaces it
 * @loads: how many policies are to be loaded before it ends, by somebody else
 *
 * Return: what came of it.
 */
static struct race run(const char *rules, const char *dir, const char *act,
		       unsigned int loads)
{
	struct race race = {};
	long long before;
	pid_t pid;

	protect(rules, dir);
	ASSERT_EQ(chdir(dir), 0);
	ASSERT_EQ(open("victim", O_WRONLY), -1);
	before = shield_status("generation");
	pid = start(act, dir);
	open_often(&race, before + loads);
	EXPECT_EQ(kill(pid, 0), 0);
	NOTE("%u opens, %u saw another file, %u slipped, %u strange",
	     race.opens, race.replaced, race.slipped, race.strange);
	EXPECT_EQ(race.strange, 0);
	EXPECT_GT(race.replaced, REPLACED);
	EXPECT_GE(shield_status("generation"), before + loads);
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
	EXPECT_EQ(run(VICTIM, self->dir, "replace_for_ever", 0).slipped, 0);
}

TEST_F(race, of_opens_with_trusted_exchange_lets_none_slip)
{
	EXPECT_EQ(run(VICTIM, self->dir, "exchange_for_ever", 0).slipped, 0);
}

/*
 * Both are protected: a file that was looked up as the victim and is the other
 * one by the time that it is opened is nobody's business under a policy that
 * came in between and knows only the victim.
 */
TEST_F(race, of_opens_with_trusted_exchange_and_policy_loads_lets_none_slip)
{
	protect(BOTH, self->dir);
	start_loading(BOTH, self->dir);
	EXPECT_EQ(run(BOTH, self->dir, "exchange_for_ever", LOADS).slipped, 0);
}

TEST_F(race, of_opens_with_replacement_and_policy_loads_lets_none_slip)
{
	protect(VICTIM, self->dir);
	start_loading(VICTIM, self->dir);
	EXPECT_EQ(run(VICTIM, self->dir, "replace_for_ever", LOADS).slipped, 0);
}

/*
 * What is opened by the symlink is sometimes the other file, which is nobody's
 * business, and never the victim.
 */
TEST_F(race, of_opens_with_a_swapped_symlink_never_opens_the_victim)
{
	unsigned int i, others = 0, slipped = 0;
	struct stat victim, st;
	int fd;

	protect(VICTIM, self->dir);
	ASSERT_EQ(chdir(self->dir), 0);
	ASSERT_EQ(stat("victim", &victim), 0);
	start("swing_for_ever", self->dir);
	start_loading(VICTIM, self->dir);
	pin(0);
	for (i = 0; i < OPENS; i++) {
		fd = open("swing", O_WRONLY);
		if (fd < 0)
			continue;
		others++;
		fstat(fd, &st);
		slipped += st.st_ino == victim.st_ino;
		close(fd);
	}
	NOTE("%u opens, %u of the other file, %u slipped", i, others, slipped);
	EXPECT_EQ(slipped, 0);
	EXPECT_GT(others, REPLACED);
	EXPECT_LT(others, OPENS - REPLACED);
}

TEST_F(race, without_the_check_of_names_lets_some_slip)
{
	if (!util_exists(CONTROL))
		SKIP("only the lab brings a module without it");
	util_must("insmod %s policy=none", CONTROL);
	EXPECT_GT(run(VICTIM, self->dir, "replace_for_ever", 0).slipped, 0);
}

int main(int argc, char **argv)
{
	act_main(argc, argv);
	util_begin();
	return harness_run(argc, argv);
}
