/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a vfsmount tells of its propagation.
 */
#ifndef SHIELD_COMPAT_MOUNT_H
#define SHIELD_COMPAT_MOUNT_H

#include <linux/compiler.h>
#include <linux/mount.h>

#ifdef MNT_SHARED
static inline void shield_mount_learn(void)
{
}
#else
/* Bytes from a vfsmount to the flags of its mount; 0 if that is not known. */
extern int shield_mount_flags_at;

/* The one of a shared mount. */
extern int shield_mount_shared;

/**
 * shield_mount_learn() - find out where the kernel notes what is shared
 *
 * Context: process; sleeps; no hook is armed.
 */
void shield_mount_learn(void);
#endif

/**
 * shield_mount_is_shared() - is what is mounted there mounted elsewhere, too?
 * @mnt: mount
 *
 * Where that cannot be found out, the answer is yes.
 *
 * Return: true if it may be.
 */
static inline bool shield_mount_is_shared(const struct vfsmount *mnt)
{
#ifdef MNT_SHARED
	return mnt->mnt_flags & MNT_SHARED;
#else
	const void *flags = (const char *)mnt + shield_mount_flags_at;

	return !shield_mount_flags_at ||
	       READ_ONCE(*(const int *)flags) & shield_mount_shared;
#endif
}

#endif
