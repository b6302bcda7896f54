// SPDX-License-Identifier: GPL-2.0-only
/*
 * Every right, in every way that we know to use it, on every file system.
 *
 * A variant is an act on a file system. Without shield root does it; with one
 * right denied that it needs root does not, and nothing has changed; the
 * trusted program does it under the same rule; and a rule that denies
 * everything else hinders nobody.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "act.h"
#include "harness.h"
#include "shield.h"
#include "site.h"
#include "util.h"

FIXTURE(right){};

struct attack {
	const struct act *act;
	enum site_fs fs;
};

FIXTURE_VARIANT(right)
{
	struct attack attack;
};

FIXTURE_SETUP(right)
{
}

/* Whatever the act has mounted must not be found by the next test. */
FIXTURE_TEARDOWN(right)
{
	if (util_exists("/sys/module/shield"))
		shield_no_rules();
	free(site_make(variant->attack.fs, VICTIM_MISSING));
}

FIXTURE(rest){};

FIXTURE_VARIANT(rest)
{
	struct attack attack;
};

FIXTURE_SETUP(rest)
{
}

FIXTURE_TEARDOWN(rest)
{
	shield_no_rules();
	free(site_make(variant->attack.fs, VICTIM_MISSING));
}

static void add(struct harness_fixture *fixture, const struct act *act,
		enum site_fs fs)
{
	struct attack *attack = malloc(sizeof(*attack));
	char *name;

	if (!attack ||
	    asprintf(&name, "%s.%s", site_fs_name(fs), act->name) < 0)
		abort();
	attack->act = act;
	attack->fs = fs;
	harness_add_variant(fixture, name, attack);
}

/* What the kernel asks before any file system is tried on two of them. */
static bool is_worth(const struct act *table, const struct act *act,
		     enum site_fs fs)
{
	if (act->only)
		return act->only & fs;
	return fs & (EXT4 | TMPFS) || table == act_handle ||
	       table == act_name || table == act_attr || table == act_earlier;
}

static unsigned int first_of(const struct act *act)
{
	return act->only ? act->only & -act->only : EXT4;
}

static void HARNESS_AT_START cross(void)
{
	const struct act *table, *act;
	unsigned int i, fs;

	for (fs = EXT4; fs < ALL_FS; fs <<= 1)
		for (i = 0; i < act_nr_tables; i++) {
			table = act_tables[i];
			for (act = table; act->name; act++)
				if (is_worth(table, act, fs))
					add(&right_entry, act, fs);
			for (act = table; act->name; act++)
				if (fs == first_of(act))
					add(&rest_entry, act, fs);
		}
}

/* A site, with the descriptor that the act wants to have had before. */
static char *prepare(const struct attack *attack)
{
	const struct act *act = attack->act;
	char *dir = site_make(attack->fs, act->victim), *victim;
	int fd;

	close(EARLIER_FD);
	if (!act->has_earlier)
		return dir;
	if (asprintf(&victim, "%s/victim", dir) < 0)
		abort();
	fd = open(victim, act->earlier | O_CLOEXEC);
	ASSERT_GE(fd, 0);
	ASSERT_EQ(dup2(fd, EARLIER_FD), EARLIER_FD);
	close(fd);
	free(victim);
	return dir;
}

TEST_F(right, is_used_where_shield_is_not_loaded)
{
	const struct attack *attack = &variant->attack;
	char *dir, *before;

	if (attack->act->absent)
		SKIP("%s", attack->act->absent);
	shield_remove();
	dir = prepare(attack);
	before = site_snapshot(dir);
	EXPECT_EQ(act_untrusted(attack->act, dir), 0);
	if (!attack->act->leaves_no_trace)
		EXPECT_NE(strcmp(before, site_snapshot(dir)), 0);
}

static void deny_one(const struct attack *attack, unsigned int right)
{
	const char *name = act_rights(right);
	char *dir, *before;
	long long told;

	shield_no_rules();
	dir = prepare(attack);
	before = site_snapshot(dir);
	shield_rules("protect %s/victim deny %s except trusted", dir, name);
	told = shield_status("denied");
	EXPECT_EQ(act_untrusted(attack->act, dir), EACCES)
	{
		NOTE("    with deny %s", name);
	}
	/* Each denial is an event. */
	EXPECT_GT(shield_status("denied"), told)
	{
		NOTE("    with deny %s", name);
	}
	/* Or this test could not look, either. */
	if (right == READ)
		shield_no_rules();
	EXPECT_STREQ(before, site_snapshot(dir))
	{
		NOTE("    with deny %s", name);
	}
	if (right == READ)
		shield_rules("protect %s/victim deny read except trusted", dir);
	EXPECT_EQ(act_trusted(attack->act, dir), 0)
	{
		NOTE("    with deny %s", name);
	}
}

TEST_F(right, is_denied_to_the_untrusted_and_left_to_the_trusted)
{
	unsigned int right;

	if (variant->attack.act->absent)
		SKIP("%s", variant->attack.act->absent);
	for (right = 1; right < ALL_RIGHTS; right <<= 1)
		if (variant->attack.act->rights & right)
			deny_one(&variant->attack, right);
}

TEST_F(rest, is_not_denied_where_all_others_are)
{
	const struct attack *attack = &variant->attack;
	unsigned int used = attack->act->rights | attack->act->also;
	char *dir;

	if (attack->act->absent)
		SKIP("%s", attack->act->absent);
	shield_no_rules();
	dir = prepare(attack);
	shield_rules("protect %s/victim deny %s", dir,
		     act_rights(ALL_RIGHTS & ~used));
	EXPECT_EQ(act_untrusted(attack->act, dir),
		  attack->act->is_wide ? EACCES : 0);
}

int main(int argc, char **argv)
{
	act_main(argc, argv);
	util_begin();
	return harness_run(argc, argv);
}
