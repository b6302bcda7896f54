// SPDX-License-Identifier: GPL-2.0-only
/*
 * A path stays protected whatever happens to the names on the way: what a
 * trusted program puts there is protected at once, what is not there yet when
 * it appears, and nothing on the way can be swapped.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "act.h"
#include "harness.h"
#include "shield.h"
#include "site.h"
#include "util.h"

/* errno of an attempt of this process, which nobody trusts; 0 if it succeeds. */
static int try_open(const char *path, int flags)
{
	int fd = open(path, flags | O_CLOEXEC, 0644);

	if (fd < 0)
		return errno;
	close(fd);
	return 0;
}

static int try_rename(const char *from, const char *to)
{
	return rename(from, to) ? errno : 0;
}

static int try_unlink(const char *path)
{
	return unlink(path) ? errno : 0;
}

static int try_mkdir(const char *path)
{
	return mkdir(path, 0755) ? errno : 0;
}

static void fresh(enum site_fs fs, enum site_victim victim)
{
	shield_no_rules();
	ASSERT_EQ(chdir(site_make(fs, victim)), 0);
}

static char *here(void)
{
	return getcwd(NULL, 0);
}

/* An act by which a trusted program puts a new file at the protected path. */
FIXTURE(arrival){};

FIXTURE_VARIANT(arrival)
{
	const char *act;
	enum site_victim victim;
	const char *older_name;
	enum site_fs fs;
};

FIXTURE_SETUP(arrival)
{
	fresh(variant->fs, variant->victim);
	ASSERT_EQ(link("other", "room/older"), 0);
	ASSERT_EQ(util_write("attack", "the attacker's\n"), 0);
}

FIXTURE_TEARDOWN(arrival)
{
	ASSERT_EQ(chdir("/"), 0);
	shield_no_rules();
}

static void HARNESS_AT_START cross_arrivals(void)
{
	static const struct arrival_variant acts[] = {
		{ "rename_over", VICTIM_FILE, "room/older" },
		{ "exchange_with_other", VICTIM_FILE, "room/older" },
		{ "exchange_other_with", VICTIM_FILE, "room/older" },
		{ "make_by_rename", VICTIM_MISSING, "room/older" },
		{ "make_link", VICTIM_MISSING, "other" },
		{ "make_by_unnamed_file", VICTIM_MISSING },
		{ "create_exclusive", VICTIM_MISSING },
		{ "make_regular", VICTIM_MISSING },
	};
	struct arrival_variant *variant;
	unsigned int i, fs;
	char *name;

	for (fs = EXT4; fs < ALL_FS; fs <<= 1) {
		for (i = 0; i < sizeof(acts) / sizeof(*acts); i++) {
			variant = malloc(sizeof(*variant));
			if (!variant ||
			    asprintf(&name, "%s.%s", site_fs_name(fs),
				     acts[i].act) < 0)
				abort();
			*variant = acts[i];
			variant->fs = fs;
			harness_add_variant(&arrival_entry, name, variant);
		}
	}
}

TEST_F(arrival, leaves_the_new_file_protected)
{
	char *before;

	shield_rules("protect %s/victim deny modify except trusted", here());
	ASSERT_EQ(trusted(variant->act, here()), 0);
	before = site_snapshot(here());
	EXPECT_EQ(try_open("victim", O_WRONLY), EACCES);
	EXPECT_EQ(try_open("victim", O_RDONLY | O_TRUNC), EACCES);
	EXPECT_EQ(try_unlink("victim"), EACCES);
	EXPECT_EQ(try_rename("attack", "victim"), EACCES);
	EXPECT_EQ(chmod("victim", 0666) ? errno : 0, EACCES);
	if (variant->older_name)
		EXPECT_EQ(try_open(variant->older_name, O_WRONLY), EACCES);
	/* Nor does the worker that looks after it take that away. */
	shield_settled();
	EXPECT_EQ(try_open("victim", O_WRONLY), EACCES);
	if (variant->older_name)
		EXPECT_EQ(try_open(variant->older_name, O_WRONLY), EACCES);
	EXPECT_STREQ(before, site_snapshot(here()));
	EXPECT_EQ(trusted("open_write", here()), 0);
}

/* Or a year of changed passwords would fill the memory. */
TEST(replaced_files_are_forgotten)
{
	const char *dir;
	long long before;
	int i;

	fresh(EXT4, VICTIM_FILE);
	dir = here();
	shield_rules("protect %s/victim deny modify except trusted", dir);
	before = shield_status("objects");
	for (i = 0; i < 100; i++) {
		ASSERT_EQ(util_write("other", "text\n"), 0);
		ASSERT_EQ(trusted("rename_over", dir), 0);
	}
	shield_settled();
	EXPECT_LE(shield_status("objects"), before + 10);
	EXPECT_EQ(try_open("victim", O_WRONLY), EACCES);
	shield_no_rules();
}

static bool is_writable(void *path)
{
	return !try_open(path, O_WRONLY);
}

/* rename() finds out that the source is a mount point after it has asked us. */
TEST(failed_rename_by_trusted_program_protects_nothing_new)
{
	fresh(EXT4, VICTIM_FILE);
	ASSERT_EQ(util_write("room/cover", "cover\n"), 0);
	ASSERT_EQ(mount("room/cover", "other", NULL, MS_BIND, NULL), 0);
	shield_rules("protect %s/victim deny modify except trusted", here());
	EXPECT_EQ(trusted("rename_mounted_over", here()), EBUSY);
	ASSERT_EQ(umount("other"), 0);
	EXPECT_TRUE(util_becomes(is_writable, "other", 2000));
	EXPECT_EQ(try_open("victim", O_WRONLY), EACCES);
	shield_no_rules();
}

FIXTURE(number){};

FIXTURE_VARIANT(number)
{
	enum site_fs fs;
};

FIXTURE_VARIANT_ADD(number, ext4){ .fs = EXT4 };
FIXTURE_VARIANT_ADD(number, xfs){ .fs = XFS };

FIXTURE_SETUP(number)
{
	fresh(variant->fs, VICTIM_FILE);
}

FIXTURE_TEARDOWN(number)
{
	ASSERT_EQ(chdir("/"), 0);
	shield_no_rules();
}

/* Creates files until one has the inode number; its name, or NULL. */
static const char *reuse_number(ino_t number)
{
	static char name[32];
	struct stat st;
	int i;

	for (i = 0; i < 500; i++) {
		snprintf(name, sizeof(name), "reuse.%d", i);
		ASSERT_EQ(util_write(name, "another file\n"), 0);
		ASSERT_EQ(stat(name, &st), 0);
		if (st.st_ino == number)
			return name;
	}
	return NULL;
}

TEST_F(number, of_a_removed_file_protects_no_other_file)
{
	const char *reused;
	struct stat st;

	ASSERT_EQ(stat("victim", &st), 0);
	shield_rules("protect %s/victim deny modify except trusted", here());
	ASSERT_EQ(trusted("unlink", here()), 0);
	/* XFS frees it in a worker. */
	sync();
	util_sleep_ms(200);
	reused = reuse_number(st.st_ino);
	ASSERT_NE(reused, NULL);
	EXPECT_EQ(try_open(reused, O_WRONLY), 0);
	EXPECT_EQ(try_unlink(reused), 0);
	EXPECT_EQ(try_open("victim", O_WRONLY | O_CREAT), EACCES);
	EXPECT_FALSE(util_exists("victim"));
}

/* What is created before the name is protected may be protected a moment later. */
static bool creation_is_denied(void *path)
{
	if (try_open(path, O_WRONLY | O_CREAT | O_EXCL) == EACCES)
		return true;
	return try_unlink(path) == EACCES;
}

TEST(path_of_missing_directories_is_protected_once_they_appear)
{
	fresh(EXT4, VICTIM_MISSING);
	shield_rules("protect %s/victim/deep/file deny modify except trusted",
		     here());
	EXPECT_EQ(try_mkdir("victim"), 0);
	EXPECT_EQ(try_mkdir("victim/deep"), 0);
	EXPECT_TRUE(util_becomes(creation_is_denied, "victim/deep/file", 2000));
	EXPECT_EQ(try_open("victim/deep/another", O_WRONLY | O_CREAT), 0);
	EXPECT_EQ(try_rename("victim", "gone"), EACCES);
	EXPECT_EQ(trusted("make_directory", here()), EEXIST);
	shield_no_rules();
}

#define PATHS 64

/* Who looks where the first leads to does so while the second is made. */
TEST(paths_whose_directories_appear_one_after_another_are_protected)
{
	char path[64], *rules = strdup("");
	unsigned int i;

	fresh(EXT4, VICTIM_MISSING);
	for (i = 0; i < PATHS; i++)
		ASSERT_GE(asprintf(&rules,
				   "%sprotect %s/new%u/deep/file deny modify\n",
				   rules, here(), i),
			  0);
	shield_rules("%s", rules);
	for (i = 0; i < PATHS; i++) {
		snprintf(path, sizeof(path), "new%u", i);
		EXPECT_EQ(try_mkdir(path), 0);
		snprintf(path, sizeof(path), "new%u/deep", i);
		EXPECT_EQ(try_mkdir(path), 0);
		util_sleep_ms(10);
	}
	for (i = 0; i < PATHS; i++) {
		snprintf(path, sizeof(path), "new%u/deep/file", i);
		EXPECT_TRUE(util_becomes(creation_is_denied, path, 2000))
		{
			NOTE("%s", path);
		}
	}
	shield_no_rules();
}

static bool write_is_denied(void *path)
{
	return try_open(path, O_WRONLY) == EACCES;
}

TEST(file_in_a_directory_moved_into_place_is_protected)
{
	fresh(EXT4, VICTIM_MISSING);
	ASSERT_EQ(mkdir("room/deep", 0755), 0);
	ASSERT_EQ(util_write("room/deep/file", "text\n"), 0);
	shield_rules("protect %s/victim/deep/file deny modify except trusted",
		     here());
	EXPECT_EQ(try_open("room/deep/file", O_WRONLY), 0);
	EXPECT_EQ(try_rename("room", "victim"), 0);
	EXPECT_TRUE(util_becomes(write_is_denied, "victim/deep/file", 2000));
	EXPECT_EQ(try_unlink("victim/deep/file"), EACCES);
	shield_no_rules();
}

TEST(prefix_protects_every_longer_name_and_no_other)
{
	fresh(EXT4, VICTIM_FILE);
	ASSERT_EQ(util_write("victim.1", "rotated\n"), 0);
	shield_rules("protect %s/victim. prefix deny modify except trusted",
		     here());
	EXPECT_EQ(try_open("victim.1", O_WRONLY), EACCES);
	EXPECT_EQ(try_unlink("victim.1"), EACCES);
	EXPECT_EQ(try_rename("victim.1", "gone"), EACCES);
	EXPECT_EQ(try_open("victim.2", O_WRONLY | O_CREAT), EACCES);
	EXPECT_EQ(try_rename("other", "victim.gz"), EACCES);
	EXPECT_EQ(symlink("other", "victim.ln") ? errno : 0, EACCES);
	EXPECT_EQ(try_open("victim", O_WRONLY), 0);
	EXPECT_EQ(try_open("victim2", O_WRONLY | O_CREAT), 0);
	EXPECT_EQ(try_open("room/victim.1", O_WRONLY | O_CREAT), 0);
	shield_no_rules();
}

TEST(symlink_on_the_way_cannot_be_swapped)
{
	fresh(EXT4, VICTIM_MISSING);
	ASSERT_EQ(util_write("room/file", "text\n"), 0);
	ASSERT_EQ(symlink("room", "way"), 0);
	ASSERT_EQ(symlink("/nowhere", "another"), 0);
	shield_rules("protect %s/way/file deny modify except trusted", here());
	EXPECT_EQ(try_open("way/file", O_WRONLY), EACCES);
	EXPECT_EQ(try_open("room/file", O_WRONLY), EACCES);
	EXPECT_EQ(try_unlink("way"), EACCES);
	EXPECT_EQ(try_rename("way", "gone"), EACCES);
	EXPECT_EQ(try_rename("another", "way"), EACCES);
	EXPECT_EQ(try_rename("room", "gone"), EACCES);
	EXPECT_EQ(try_unlink("another"), 0);
	shield_no_rules();
}

TEST(symlink_at_the_end_is_protected_with_what_it_leads_to)
{
	fresh(EXT4, VICTIM_FILE);
	shield_rules("protect %s/symlink deny modify except trusted", here());
	EXPECT_EQ(try_open("symlink", O_WRONLY), EACCES);
	EXPECT_EQ(try_open("victim", O_WRONLY), EACCES);
	EXPECT_EQ(try_unlink("victim"), EACCES);
	EXPECT_EQ(try_unlink("symlink"), EACCES);
	EXPECT_EQ(try_rename("other", "symlink"), EACCES);
	EXPECT_EQ(trusted("open_by_symlink_write", here()), 0);
	shield_no_rules();
}

TEST(directories_on_the_way_can_be_neither_moved_nor_hidden)
{
	char *before;

	fresh(EXT4, VICTIM_MISSING);
	ASSERT_EQ(mkdir("room/a", 0755), 0);
	ASSERT_EQ(mkdir("room/a/b", 0755), 0);
	ASSERT_EQ(mkdir("room/beside", 0755), 0);
	ASSERT_EQ(util_write("room/a/b/file", "text\n"), 0);
	before = site_snapshot(here());
	shield_rules("protect %s/room/a/b/file deny write except trusted",
		     here());
	EXPECT_EQ(try_rename("room", "gone"), EACCES);
	EXPECT_EQ(try_rename("room/a", "room/gone"), EACCES);
	EXPECT_EQ(try_rename("room/a/b", "gone"), EACCES);
	EXPECT_EQ(renameat2(AT_FDCWD, "room/a", AT_FDCWD, "room/beside",
			    RENAME_EXCHANGE) ?
			  errno :
			  0,
		  EACCES);
	EXPECT_EQ(rmdir("room/a/b") ? errno : 0, EACCES);
	EXPECT_EQ(mount("tmpfs", "room/a", "tmpfs", 0, NULL) ? errno : 0,
		  EACCES);
	EXPECT_EQ(mount("room/beside", "room", NULL, MS_BIND, NULL) ? errno : 0,
		  EACCES);
	EXPECT_STREQ(before, site_snapshot(here()));
	EXPECT_EQ(try_rename("room/beside", "room/moved"), 0);
	EXPECT_EQ(try_open("room/a/b/another", O_WRONLY | O_CREAT), 0);
	shield_no_rules();
}

int main(int argc, char **argv)
{
	act_main(argc, argv);
	util_begin();
	return harness_run(argc, argv);
}
