/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a vfsmount tells of its propagation.
 */
#ifndef SHIELD_COMPAT_MOUNT_H
#define SHIELD_COMPAT_MOUNT_H

#include <linux/mount.h>

/**
 * shield_mount_is_shared() - is what is mounted there mounted elsewhere, too?
 * @mnt: mount
 *
 * Where the kernel keeps that to itself, the answer is yes.
 *
 * Return: true if it may be.
 */
static inline bool shield_mount_is_shared(const struct vfsmount *mnt)
{
#ifdef MNT_SHARED
	return mnt->mnt_flags & MNT_SHARED;
#else
	return true;
#endif
}

#endif
