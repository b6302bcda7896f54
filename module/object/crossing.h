/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Mounts that the paths of a policy lead over.
 *
 * A directory may be mounted in many places. To unmount one of them hides what
 * is protected only if it is the one on the way, so these are remembered: by
 * pointers that are compared and never followed.
 */
#ifndef SHIELD_OBJECT_CROSSING_H
#define SHIELD_OBJECT_CROSSING_H

#include <linux/types.h>

struct dentry;
struct vfsmount;

/* Past this many every mount counts as one on the way. */
#define SHIELD_MAX_CROSSINGS 64

/**
 * struct shield_crossing - a mount on the way
 * @mnt: mount; the kernel gives its memory to another once it is gone
 * @root: what is mounted, which the other hardly has, too
 */
struct shield_crossing {
	const struct vfsmount *mnt;
	const struct dentry *root;
};

/**
 * struct shield_crossings - mounts on the way
 * @nr: used elements of @all; one more than there are if some did not fit
 * @all: mounts of init's namespace
 */
struct shield_crossings {
	unsigned int nr;
	struct shield_crossing all[SHIELD_MAX_CROSSINGS];
};

/**
 * shield_crossings_add() - a path leads over a mount
 * @crossings: of the policy
 * @mnt: mount
 *
 * Context: process; shield_policy_mutex is held.
 */
void shield_crossings_add(struct shield_crossings *crossings,
			  const struct vfsmount *mnt);

/**
 * shield_crossings_may_have() - is a mount on the way?
 * @crossings: of the active policy
 * @mnt: mount
 *
 * A mount of the same directory at the address of an earlier one is taken for
 * that one.
 *
 * Context: any.
 * Return: false if certainly not.
 */
bool shield_crossings_may_have(const struct shield_crossings *crossings,
			       const struct vfsmount *mnt);

#endif
