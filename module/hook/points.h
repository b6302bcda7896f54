/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The list of all hook points. Each is defined, with its types, in the file of
 * the things that it judges, and stands here by its name.
 */
#ifndef SHIELD_HOOK_POINTS_H
#define SHIELD_HOOK_POINTS_H

#include "compat/points.h"
#include "hook/point.h"

/* clang-format off */
#define SHIELD_POINTS(point)			\
	point(security_file_open)		\
	point(security_file_ioctl)		\
	point(security_file_ioctl_compat)	\
	SHIELD_POINT_URING(point)		\
	SHIELD_POINT_TRUNCATE(point)		\
	point(security_path_truncate)		\
	point(vfs_unlink)			\
	point(security_inode_rmdir)		\
	point(security_inode_rename)		\
	point(security_inode_link)		\
	point(security_inode_create)		\
	point(security_inode_mknod)		\
	point(security_inode_mkdir)		\
	point(security_inode_symlink)		\
	point(security_inode_setattr)		\
	point(security_inode_setxattr)		\
	point(security_inode_removexattr)	\
	SHIELD_POINT_ACL(point)			\
	SHIELD_POINT_SERVED(point)		\
	SHIELD_POINT_FILEATTR(point)		\
	point(security_file_fcntl)		\
	point(vfs_fallocate)			\
	point(security_file_permission)		\
	point(generic_write_checks)		\
	point(security_mmap_file)		\
	point(security_file_mprotect)		\
	point(security_sb_mount)		\
	point(security_move_mount)		\
	point(security_sb_umount)		\
	point(security_sb_pivotroot)		\
	point(security_bprm_creds_from_file)	\
	point(security_bprm_committed_creds)	\
	point(security_ptrace_access_check)	\
	point(security_ptrace_traceme)		\
	point(security_task_alloc)		\
	point(security_task_free)		\
	point(security_sb_set_mnt_opts)		\
	point(security_sb_free)			\
	point(security_inode_free)		\
	SHIELD_POINT_UNLOAD(point)		\
	point(security_locked_down)
/* clang-format on */

#define SHIELD_DECLARE(fn) extern const struct shield_point shield_point_##fn;

SHIELD_POINTS(SHIELD_DECLARE)

/* Every hook of this build, in the order of the list. */
extern const struct shield_point *const shield_points[];
extern const unsigned int shield_nr_points;

/* A set of points is a u64: bit n is shield_points[n]. */
#define SHIELD_MAX_POINTS 64

#endif
