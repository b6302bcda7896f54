// SPDX-License-Identifier: GPL-2.0-only
/* A protected tree: everything below a directory, however it is reached. */
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

FIXTURE(tree)
{
	char *dir;
};

FIXTURE_VARIANT(tree)
{
	const char *act;
	enum site_fs fs;
};

FIXTURE_SETUP(tree)
{
	shield_no_rules();
	self->dir = site_make(variant->fs, VICTIM_DIRECTORY);
	ASSERT_EQ(chdir(self->dir), 0);
}

FIXTURE_TEARDOWN(tree)
{
	ASSERT_EQ(chdir("/"), 0);
	shield_no_rules();
}

static void HARNESS_AT_START cross(void)
{
	static const char *const acts[] = {
		"write_inside",
		"chmod_inside",
		"create_deep",
		"create_in_directory",
		"mkdir_in_directory",
		"link_into_directory",
		"rename_into_directory",
		"unnamed_file_into_directory",
		"unlink_in_directory",
		"rmdir_in_directory",
		"rename_out_of_directory",
		"rename_within_directory",
		"exchange_into_directory",
		"rename_cave",
		"rename_room_in",
		"link_out",
		"rename_directory_away",
		"exchange_directory",
		"chmod_directory",
		"tmpfs_over_directory",
	};
	struct tree_variant *variant;
	unsigned int i, fs;
	char *name;

	for (fs = EXT4; fs <= TMPFS; fs <<= 1) {
		for (i = 0; i < sizeof(acts) / sizeof(*acts); i++) {
			variant = malloc(sizeof(*variant));
			if (!variant || asprintf(&name, "%s.%s",
						 site_fs_name(fs), acts[i]) < 0)
				abort();
			variant->act = acts[i];
			variant->fs = fs;
			harness_add_variant(&tree_entry, name, variant);
		}
	}
}

TEST_F(tree, is_changed_by_the_trusted_alone)
{
	char *before = site_snapshot(self->dir);

	shield_rules("protect %s/victim recursive deny modify except trusted",
		     self->dir);
	EXPECT_EQ(untrusted(variant->act, self->dir), EACCES);
	EXPECT_STREQ(before, site_snapshot(self->dir));
	EXPECT_EQ(trusted(variant->act, self->dir), 0);
}

/* How a file reaches the tree, by a trusted program, and its older name. */
FIXTURE(arrival)
{
	char *dir;
};

FIXTURE_VARIANT(arrival)
{
	const char *act;
	const char *older_name;
	const char *new_name;
};

FIXTURE_VARIANT_ADD(arrival, by_link){
	.act = "link_in",
	.older_name = "other",
	.new_name = "victim/new",
};
FIXTURE_VARIANT_ADD(arrival, by_rename){
	.act = "rename_in",
	.older_name = "older",
	.new_name = "victim/new",
};
FIXTURE_VARIANT_ADD(arrival, by_rename_of_its_directory){
	.act = "rename_room_in",
	.older_name = NULL,
	.new_name = "victim/room/file",
};

FIXTURE_SETUP(arrival)
{
	shield_no_rules();
	self->dir = site_make(EXT4, VICTIM_DIRECTORY);
	ASSERT_EQ(chdir(self->dir), 0);
	ASSERT_EQ(link("other", "older"), 0);
	ASSERT_EQ(util_write("room/file", "text\n"), 0);
}

FIXTURE_TEARDOWN(arrival)
{
	ASSERT_EQ(chdir("/"), 0);
	shield_no_rules();
}

TEST_F(arrival, in_a_tree_protects_the_file_by_all_its_names)
{
	shield_rules("protect %s/victim recursive deny modify except trusted",
		     self->dir);
	ASSERT_EQ(trusted(variant->act, self->dir), 0);
	EXPECT_EQ(open(variant->new_name, O_WRONLY), -1);
	EXPECT_EQ(errno, EACCES);
	if (variant->older_name) {
		EXPECT_EQ(open(variant->older_name, O_WRONLY), -1);
		EXPECT_EQ(errno, EACCES);
		shield_settled();
		EXPECT_EQ(open(variant->older_name, O_WRONLY), -1);
		EXPECT_EQ(errno, EACCES);
	}
}

FIXTURE(handle)
{
	char *dir;
};

FIXTURE_VARIANT(handle)
{
	enum site_fs fs;
};

FIXTURE_VARIANT_ADD(handle, ext4){ .fs = EXT4 };
FIXTURE_VARIANT_ADD(handle, xfs){ .fs = XFS };
FIXTURE_VARIANT_ADD(handle, btrfs){ .fs = BTRFS };

FIXTURE_SETUP(handle)
{
	char handle[sizeof(struct file_handle) + MAX_HANDLE_SZ] = {};
	int mount_id, fd;

	shield_no_rules();
	self->dir = site_make(variant->fs, VICTIM_DIRECTORY);
	ASSERT_EQ(chdir(self->dir), 0);
	((struct file_handle *)handle)->handle_bytes = MAX_HANDLE_SZ;
	ASSERT_EQ(name_to_handle_at(AT_FDCWD, "victim/inside", (void *)handle,
				    &mount_id, 0),
		  0);
	fd = open("handle", O_WRONLY | O_CREAT, 0644);
	ASSERT_EQ(write(fd, handle, sizeof(handle)), (ssize_t)sizeof(handle));
	close(fd);
	ASSERT_EQ(chdir("/"), 0);
}

FIXTURE_TEARDOWN(handle)
{
	shield_no_rules();
}

static void forget_names(void)
{
	sync();
	ASSERT_EQ(util_write("/proc/sys/vm/drop_caches", "2\n"), 0);
}

static void handle_opens_for_the_trusted_alone(const char *dir)
{
	forget_names();
	EXPECT_EQ(untrusted("open_saved_handle", dir), EACCES);
	forget_names();
	EXPECT_EQ(trusted("open_saved_handle", dir), 0);
}

TEST_F(handle, of_a_file_in_a_tree_opens_for_the_trusted_alone)
{
	shield_rules("protect %s/victim recursive deny modify except trusted",
		     self->dir);
	handle_opens_for_the_trusted_alone(self->dir);
}

TEST_F(handle, of_a_file_under_a_prefix_opens_for_the_trusted_alone)
{
	shield_rules("protect %s/victim/in prefix deny modify except trusted",
		     self->dir);
	handle_opens_for_the_trusted_alone(self->dir);
}

TEST_F(handle, opens_for_all_where_no_tree_is_protected)
{
	shield_rules("protect %s/victim deny modify except trusted", self->dir);
	forget_names();
	EXPECT_EQ(untrusted("open_saved_handle", self->dir), 0);
}

TEST(file_beside_a_tree_is_nobodys_business)
{
	char *dir;

	shield_no_rules();
	dir = site_make(EXT4, VICTIM_DIRECTORY);
	shield_rules("protect %s/victim recursive deny all except trusted",
		     dir);
	ASSERT_EQ(chdir(dir), 0);
	EXPECT_EQ(util_write("other", "changed\n"), 0);
	EXPECT_EQ(util_write("room/new", "new\n"), 0);
	EXPECT_EQ(rename("room/new", "newer"), 0);
	EXPECT_EQ(unlink("newer"), 0);
	EXPECT_EQ(rmdir("room"), 0);
	shield_no_rules();
}

int main(int argc, char **argv)
{
	act_main(argc, argv);
	util_begin();
	return harness_run(argc, argv);
}
