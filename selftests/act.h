/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Things that a task can do to a file. Each is done by a program of its own,
 * trusted or not, in the directory of a site (site.h): to "victim", perhaps
 * with the help of "other", a file, "room", an empty directory, and "symlink",
 * which leads to the victim.
 */
#ifndef SHIELD_SELFTESTS_ACT_H
#define SHIELD_SELFTESTS_ACT_H

#include <stdbool.h>

#include "site.h"

/* As in the policy. */
enum right {
	READ = 1 << 0,
	WRITE = 1 << 1,
	APPEND = 1 << 2,
	EXEC = 1 << 3,
	REMOVE = 1 << 4,
	CREATE = 1 << 5,
	LINK = 1 << 6,
	ATTR = 1 << 7,
	MOUNT = 1 << 8,
	ALL_RIGHTS = (1 << 9) - 1,
};

#define NR_RIGHTS 9

/* Where an act finds the descriptor that was opened before the policy. */
#define EARLIER_FD 100

/**
 * struct act - one way to do something to the victim
 * @name: what is done, for the name of the test
 * @rights: rights of which each alone is enough to deny it
 * @also: rights that it uses besides, after part of it has been done
 * @victim: what the victim is
 * @earlier: flags of the descriptor opened before, if @has_earlier
 * @has_earlier: it needs EARLIER_FD
 * @leaves_no_trace: the site may be the same after it
 * @is_wide: nobody can say which file it concerns, so that a rule that denies
 *           anything of one it could concern denies it, too
 * @only: file systems that have it; 0 for all
 * @absent: why this architecture has it not, or NULL
 * @run: does it; returns -1 and errno, or 0
 */
struct act {
	const char *name;
	unsigned int rights;
	unsigned int also;
	enum site_victim victim;
	int earlier;
	bool has_earlier;
	bool leaves_no_trace;
	bool is_wide;
	unsigned int only;
	const char *absent;
	int (*run)(void);
};

/* Ends with a row without a name. */
extern const struct act act_open[], act_copy[], act_handle[], act_name[],
	act_directory[], act_attr[], act_mount[], act_earlier[], act_extents[];
/* Not a right each: what single tests want to be done. */
extern const struct act act_special[], act_encoded[];

/* All but the last. */
extern const struct act *const act_tables[];
extern const unsigned int act_nr_tables;

/* "read,write" */
const char *act_rights(unsigned int rights);

/* Does @act in @dir as @program; 0 or the errno that it got. */
int act_by(const char *program, const struct act *act, const char *dir);
int act_trusted(const struct act *act, const char *dir);
int act_untrusted(const struct act *act, const char *dir);

/* By name, for tests that need just one. Aborts if there is none. */
const struct act *act_find(const char *name);
int trusted(const char *name, const char *dir);
int untrusted(const char *name, const char *dir);

/*
 * Exchanges the first blocks of two files of ext4: @fd keeps its data, @donor
 * loses it, which shows once the page cache is forgotten.
 */
int act_move_extents(int fd, int donor);

/*
 * What main() does first: if this process was started to act, it acts and does
 * not return.
 */
void act_main(int argc, char **argv);

#endif
