/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Numbers of file systems that older kernels keep to themselves.
 */
#ifndef SHIELD_COMPAT_MAGIC_H
#define SHIELD_COMPAT_MAGIC_H

#include <linux/magic.h>

/* In fs/fuse/inode.c before 5.12. */
#ifndef FUSE_SUPER_MAGIC
#define FUSE_SUPER_MAGIC 0x65735546
#endif

#endif
