/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A directory with something in it to attack, on each of the file systems that
 * shield knows; and what it looks like, in every detail.
 */
#ifndef SHIELD_SELFTESTS_SITE_H
#define SHIELD_SELFTESTS_SITE_H

enum site_fs {
	EXT4 = 1 << 0,
	TMPFS = 1 << 1,
	XFS = 1 << 2,
	BTRFS = 1 << 3,
	ALL_FS = EXT4 | TMPFS | XFS | BTRFS,
};

#define NR_FS 4

/**
 * enum site_victim - what "victim" is
 * @VICTIM_FILE: executable, with an extended attribute
 * @VICTIM_MISSING: not there
 * @VICTIM_DIRECTORY: holds the file "inside" and the directory "cave"
 * @VICTIM_EMPTY_DIRECTORY: holds nothing
 */
enum site_victim {
	VICTIM_FILE,
	VICTIM_MISSING,
	VICTIM_DIRECTORY,
	VICTIM_EMPTY_DIRECTORY,
};

#define SITE_TEXT "#!/bin/true\nthe victim's text\n"

const char *site_fs_name(enum site_fs fs);

/* Mounted once for each program, on first use; leaves the test if it fails. */
const char *site_mount(enum site_fs fs);

/* A new site; its path, malloc()ed. What was at the site before is gone. */
char *site_make(enum site_fs fs, enum site_victim victim);

/*
 * Every name below @dir with all that can be known of it, as text: a change of
 * any byte or attribute changes it. malloc()ed.
 */
char *site_snapshot(const char *dir);

#endif
