// SPDX-License-Identifier: GPL-2.0-only
#include "site.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "harness.h"
#include "util.h"

static const struct {
	enum site_fs fs;
	const char *name;
	/* Command, in the working directory, where there is a directory @name. */
	const char *make;
} file_systems[NR_FS] = {
	{ EXT4, "ext4",
	  "truncate -s 64M image.ext4 && mkfs.ext4 -q -b 4096 -O verity,^metadata_csum image.ext4 && mount -o loop image.ext4 ext4" },
	{ TMPFS, "tmpfs", "mount -t tmpfs tmpfs tmpfs" },
	{ XFS, "xfs",
	  "truncate -s 300M image.xfs && mkfs.xfs -q image.xfs && mount -o loop image.xfs xfs" },
	{ BTRFS, "btrfs",
	  "truncate -s 120M image.btrfs && mkfs.btrfs -q image.btrfs && mount -o loop image.btrfs btrfs" },
};

static unsigned int index_of(enum site_fs fs)
{
	unsigned int i;

	for (i = 0; i < NR_FS; i++)
		if (file_systems[i].fs == fs)
			return i;
	abort();
}

const char *site_fs_name(enum site_fs fs)
{
	return file_systems[index_of(fs)].name;
}

/* Not if mounting it failed, for an earlier test. */
static bool is_mounted(const char *path)
{
	struct stat above, here;

	return !stat(util_work, &above) && !stat(path, &here) &&
	       above.st_dev != here.st_dev;
}

const char *site_mount(enum site_fs fs)
{
	const char *name = site_fs_name(fs);
	char *mounted = util_path("%s", name);

	if (mkdir(mounted, 0755))
		ASSERT_TRUE(is_mounted(mounted));
	else
		util_must("cd %s && %s", util_work,
			  file_systems[index_of(fs)].make);
	return mounted;
}

static int remove_one(const char *path, const struct stat *st, int type,
		      struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	while (!umount2(path, MNT_DETACH | UMOUNT_NOFOLLOW))
		;
	return remove(path);
}

static void clear(const char *dir)
{
	char *victim;

	if (!util_exists(dir))
		return;
	/* What is mounted over a file or directory hides it from the walk. */
	if (asprintf(&victim, "%s/victim", dir) < 0)
		abort();
	while (!umount2(victim, MNT_DETACH))
		;
	free(victim);
	ASSERT_EQ(nftw(dir, remove_one, 16, FTW_DEPTH | FTW_PHYS), 0)
	{
		NOTE("cannot remove %s: %s", dir, strerror(errno));
	}
}

static void make_victim(enum site_victim victim)
{
	switch (victim) {
	case VICTIM_MISSING:
		return;
	case VICTIM_FILE:
		ASSERT_EQ(util_write("victim", SITE_TEXT), 0);
		ASSERT_EQ(chmod("victim", 0755), 0);
		break;
	case VICTIM_DIRECTORY:
		ASSERT_EQ(mkdir("victim", 0755), 0);
		ASSERT_EQ(util_write("victim/inside", SITE_TEXT), 0);
		ASSERT_EQ(mkdir("victim/cave", 0755), 0);
		break;
	case VICTIM_EMPTY_DIRECTORY:
		ASSERT_EQ(mkdir("victim", 0755), 0);
		break;
	}
	ASSERT_EQ(setxattr("victim", "trusted.shield", "old", 3, 0), 0);
}

char *site_make(enum site_fs fs, enum site_victim victim)
{
	char *dir;

	if (asprintf(&dir, "%s/site", site_mount(fs)) < 0)
		abort();
	clear(dir);
	ASSERT_EQ(mkdir(dir, 0755), 0);
	ASSERT_EQ(chdir(dir), 0);
	make_victim(victim);
	ASSERT_EQ(util_write("other", "the other's text\n"), 0);
	ASSERT_EQ(mkdir("room", 0755), 0);
	ASSERT_EQ(symlink("victim", "symlink"), 0);
	ASSERT_EQ(chdir("/"), 0);
	return dir;
}
