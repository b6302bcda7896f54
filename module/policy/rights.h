/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The rights that a rule denies, watches or allows, as docs/policy.md
 * describes them.
 */
#ifndef SHIELD_POLICY_RIGHTS_H
#define SHIELD_POLICY_RIGHTS_H

#include "pure.h"

/**
 * enum shield_right - one kind of access, as a bit of a u16 mask
 * @SHIELD_READ: open for reading
 * @SHIELD_WRITE: open for writing, truncate; of a directory: take entries away
 * @SHIELD_APPEND: open with O_WRONLY, O_APPEND and without O_TRUNC; stays so
 * @SHIELD_EXEC: execute as a program
 * @SHIELD_REMOVE: unlink, rmdir, rename away, be renamed over, exchange
 * @SHIELD_CREATE: make something appear in the directory or at the path
 * @SHIELD_LINK: make another hard link
 * @SHIELD_ATTR: mode, owner, times, xattr, ACL, inode flags
 * @SHIELD_MOUNT: mount or move over
 * @SHIELD_MODIFY: all but read and exec
 * @SHIELD_ALL: every right
 */
enum shield_right {
	SHIELD_READ = BIT(0),
	SHIELD_WRITE = BIT(1),
	SHIELD_APPEND = BIT(2),
	SHIELD_EXEC = BIT(3),
	SHIELD_REMOVE = BIT(4),
	SHIELD_CREATE = BIT(5),
	SHIELD_LINK = BIT(6),
	SHIELD_ATTR = BIT(7),
	SHIELD_MOUNT = BIT(8),
	SHIELD_MODIFY = SHIELD_WRITE | SHIELD_APPEND | SHIELD_REMOVE |
			SHIELD_CREATE | SHIELD_LINK | SHIELD_ATTR |
			SHIELD_MOUNT,
	SHIELD_ALL = SHIELD_MODIFY | SHIELD_READ | SHIELD_EXEC,
};

/**
 * enum shield_when - what else a hook may be armed for; no right of a rule
 * @SHIELD_WHEN_STRICT: some programs are strict
 * @SHIELD_WHEN_APPEND_ONLY: somebody may append to a file and not write it
 * @SHIELD_WHEN_HELD: somebody could write by an earlier way in
 *
 * In the same mask as the rights.
 */
enum shield_when {
	SHIELD_WHEN_STRICT = BIT(12),
	SHIELD_WHEN_APPEND_ONLY = BIT(13),
	SHIELD_WHEN_HELD = BIT(14),
};

/* Single rights, and with the sets `modify` and `all`. */
#define SHIELD_NR_RIGHTS 9
#define SHIELD_NR_RIGHT_NAMES 11

/* Room for every single right with commas, and the NUL. */
#define SHIELD_RIGHTS_TEXT 64

/**
 * struct shield_right_name - how the policy spells a right or a set of rights
 * @name: one word
 * @rights: mask of enum shield_right
 */
struct shield_right_name {
	const char *name;
	u16 rights;
};

/* Element n, below SHIELD_NR_RIGHTS, is the right of bit n. */
extern const struct shield_right_name shield_right_names[SHIELD_NR_RIGHT_NAMES];

/**
 * shield_rights_from_name() - mask for one word of a rule
 * @name: bytes of the word, not NUL-terminated
 * @len: their number
 *
 * Return: the mask (`modify` and `all` give several bits), or 0 if the word
 * is no right.
 */
u16 shield_rights_from_name(const char *name, size_t len);

/**
 * shield_rights_format() - write a mask as the policy writes it
 * @rights: mask of enum shield_right
 * @buf: at least SHIELD_RIGHTS_TEXT bytes
 *
 * Return: @buf, NUL-terminated, for example "write,remove"; the whole of
 * %SHIELD_MODIFY is written as "modify", all rights as "all", no right as "none".
 */
const char *shield_rights_format(u16 rights, char *buf);

#endif
