// SPDX-License-Identifier: GPL-2.0-only
/*
 * Who had a file open or mapped before it was protected: is found wherever the
 * descriptor lies, is told, cannot write, and is forgotten when it is gone.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "act.h"
#include "earlier.h"
#include "harness.h"
#include "shield.h"
#include "util.h"

TEST(holder_is_named_with_process_and_descriptor)
{
	char *status, *wanted;
	int fd;

	fresh(EXT4, VICTIM_FILE);
	fd = open("victim", O_RDWR);
	shield_rules(PROTECT, here());
	status = util_read(SHIELD_STATUS);
	ASSERT_GT(
		asprintf(
			&wanted,
			"holder-1: %s/victim by process %d (holders), descriptor %d\n",
			here(), getpid(), fd),
		0);
	EXPECT_NE(strstr(status, wanted), NULL)
	{
		NOTE("%s\n%s", wanted, status);
	}
	EXPECT_NE(strstr(status, "\nenforcing: yes\n"), NULL);
	leave();
}

TEST(reading_by_a_descriptor_from_before_goes_on)
{
	char text[8];
	int fd;

	fresh(EXT4, VICTIM_FILE);
	fd = open("victim", O_RDWR);
	shield_rules(PROTECT, here());
	EXPECT_EQ(attack(fd), EACCES);
	EXPECT_EQ(read(fd, text, sizeof(text)), sizeof(text));
	EXPECT_NE(mmap(NULL, 4096, PROT_READ, MAP_SHARED, fd, 0), MAP_FAILED);
	EXPECT_NE(mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0),
		  MAP_FAILED);
	leave();
}

TEST(descriptor_of_another_file_writes_while_one_is_held)
{
	int held, other;

	fresh(EXT4, VICTIM_FILE);
	held = open("victim", O_WRONLY);
	other = open("other", O_WRONLY);
	shield_rules(PROTECT, here());
	EXPECT_EQ(attack(held), EACCES);
	EXPECT_EQ(attack(other), 0);
	EXPECT_NE(mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED,
		       open("other", O_RDWR), 0),
		  MAP_FAILED);
	leave();
}

TEST(file_in_a_tree_is_denied_to_a_descriptor_from_before)
{
	int fd, deep;

	fresh(EXT4, VICTIM_DIRECTORY);
	ASSERT_EQ(util_write("victim/cave/deep", "text\n"), 0);
	fd = open("victim/inside", O_WRONLY);
	deep = open("victim/cave/deep", O_WRONLY | O_APPEND);
	shield_rules("protect %s/victim recursive deny modify except trusted",
		     here());
	EXPECT_EQ(attack(fd), EACCES);
	EXPECT_EQ(attack(deep), EACCES);
	EXPECT_EQ(shield_status("holders"), 2);
	EXPECT_EQ(trusted("write_inside", here()), 0);
	leave();
}

TEST(file_of_a_prefix_is_denied_to_a_descriptor_from_before)
{
	int fd;

	fresh(TMPFS, VICTIM_FILE);
	ASSERT_EQ(util_write("victim.1", "rotated\n"), 0);
	fd = open("victim.1", O_WRONLY);
	shield_rules("protect %s/victim. prefix deny modify except trusted",
		     here());
	EXPECT_EQ(attack(fd), EACCES);
	leave();
}

TEST(descriptor_by_a_hard_link_is_denied)
{
	int fd;

	fresh(EXT4, VICTIM_FILE);
	ASSERT_EQ(link("victim", "room/link"), 0);
	fd = open("room/link", O_WRONLY);
	shield_rules(PROTECT, here());
	EXPECT_EQ(attack(fd), EACCES);
	leave();
}

/* What a rule lets everybody do is done by a descriptor from before, too. */
TEST(descriptor_for_appending_appends_where_that_is_allowed)
{
	int append, write;

	fresh(EXT4, VICTIM_FILE);
	append = open("victim", O_WRONLY | O_APPEND);
	write = open("victim", O_WRONLY);
	shield_rules(
		"protect %s/victim deny modify allow append except trusted",
		here());
	EXPECT_EQ(attack(append), 0);
	EXPECT_EQ(attack(write), EACCES);
	EXPECT_EQ(fcntl(append, F_SETFL, 0) ? errno : 0, EACCES);
	leave();
}

/* Everything that a trusted program does by what it opened itself is its own. */
TEST(descriptors_of_trusted_programs_hold_nothing)
{
	long long armed;
	pid_t pid;

	fresh(EXT4, VICTIM_FILE);
	shield_rules(PROTECT, here());
	armed = shield_status("hooks");
	pid = fork();
	if (!pid)
		_exit(trusted("hold_open", here()));
	while (!util_exists("room/held"))
		util_sleep_ms(20);
	shield_rules(PROTECT, here());
	EXPECT_EQ(shield_status("holders"), 0);
	EXPECT_EQ(shield_status("hooks"), armed);
	ASSERT_EQ(util_write("room/go", ""), 0);
	EXPECT_EQ(util_wait(pid), 0);
	leave();
}

/* By whom the new file was opened while it had another name. */
FIXTURE(arrival)
{
	int fd;
};

FIXTURE_VARIANT(arrival)
{
	const char *act;
	enum site_victim victim;
	enum site_fs fs;
};

FIXTURE_VARIANT_ADD(arrival, ext4_rename){ "rename_over", VICTIM_FILE, EXT4 };
FIXTURE_VARIANT_ADD(arrival, tmpfs_rename){ "rename_over", VICTIM_FILE, TMPFS };
FIXTURE_VARIANT_ADD(arrival, btrfs_exchange){ "exchange_other_with",
					      VICTIM_FILE, BTRFS };
FIXTURE_VARIANT_ADD(arrival, xfs_link){ "make_link", VICTIM_MISSING, XFS };

FIXTURE_SETUP(arrival)
{
	fresh(variant->fs, variant->victim);
	self->fd = open("other", O_RDWR);
	ASSERT_GE(self->fd, 0);
}

FIXTURE_TEARDOWN(arrival)
{
	leave();
}

TEST_F(arrival, of_an_open_file_is_denied_to_who_opened_it)
{
	char *before;

	shield_rules(PROTECT, here());
	EXPECT_EQ(attack(self->fd), 0);
	ASSERT_EQ(trusted(variant->act, here()), 0);
	EXPECT_TRUE(util_becomes(is_denied, &self->fd, PATIENCE_MS));
	before = site_snapshot(here());
	EXPECT_EQ(attack(self->fd), EACCES);
	EXPECT_STREQ(before, site_snapshot(here()));
	EXPECT_EQ(trusted("open_write", here()), 0);
	close(self->fd);
	EXPECT_TRUE(util_becomes(is_let_go, NULL, PATIENCE_MS));
}

TEST_F(arrival, of_a_mapped_file_is_denied_to_the_trusted)
{
	char *before, *page;

	shield_rules(PROTECT, here());
	page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, self->fd,
		    0);
	ASSERT_NE(page, MAP_FAILED);
	before = site_snapshot(here());
	EXPECT_EQ(trusted(variant->act, here()), EACCES);
	EXPECT_STREQ(before, site_snapshot(here()));
	munmap(page, 4096);
	close(self->fd);
	EXPECT_EQ(trusted(variant->act, here()), 0);
}

/* Counts in the file, as fast as it can. */
static void count_for_ever(int fd)
{
	char text[16];
	unsigned int i;

	for (i = 0;; i++) {
		snprintf(text, sizeof(text), "%010u\n", i);
		if (pwrite(fd, text, 11, 0) < 0 && errno != EACCES)
			_exit(1);
	}
}

static bool has_moved(void *before)
{
	return strcmp(before, util_read("victim"));
}

/* What is written by the time that the load is done may be written. */
TEST(writes_end_with_the_load_of_the_policy)
{
	char *dir, *before;
	int fd, round;
	pid_t pid;

	fresh(EXT4, VICTIM_FILE);
	dir = here();
	fd = open("victim", O_WRONLY);
	pid = fork();
	if (!pid)
		count_for_ever(fd);
	close(fd);
	for (round = 0; round < 15; round++) {
		shield_no_rules();
		before = util_read("victim");
		ASSERT_TRUE(util_becomes(has_moved, before, PATIENCE_MS));
		shield_rules(PROTECT, dir);
		before = util_read("victim");
		util_sleep_ms(20);
		EXPECT_STREQ(before, util_read("victim"));
	}
	stop(pid);
	leave();
}

/* The guard on what is held is not let down in between. */
TEST(writes_stay_denied_while_the_policy_is_loaded_anew)
{
	char *dir, *before;
	int fd, round;
	pid_t pid;

	fresh(EXT4, VICTIM_FILE);
	dir = here();
	fd = open("victim", O_WRONLY);
	shield_rules(PROTECT, dir);
	before = util_read("victim");
	pid = fork();
	if (!pid)
		count_for_ever(fd);
	for (round = 0; round < 25; round++) {
		shield_rules(PROTECT, dir);
		shield_rules("protect %s recursive deny modify except trusted",
			     dir);
	}
	EXPECT_STREQ(before, util_read("victim"));
	EXPECT_EQ(attack(fd), EACCES);
	stop(pid);
	shield_no_rules();
	EXPECT_EQ(attack(fd), 0);
	close(fd);
	leave();
}

int main(int argc, char **argv)
{
	act_main(argc, argv);
	util_begin();
	return harness_run(argc, argv);
}
