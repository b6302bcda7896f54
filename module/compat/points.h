/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Hook points that only some kernels have. Where one is absent, so is the act,
 * or it passes through another: ACLs are xattrs, ftruncate is path_truncate.
 */
#ifndef SHIELD_COMPAT_POINTS_H
#define SHIELD_COMPAT_POINTS_H

#ifdef SHIELD_HAS_security_file_truncate
#define SHIELD_POINT_TRUNCATE(point) point(security_file_truncate)
#else
#define SHIELD_POINT_TRUNCATE(point)
#endif

#ifdef SHIELD_HAS_security_inode_set_acl
#define SHIELD_POINT_ACL(point) \
	point(security_inode_set_acl) point(security_inode_remove_acl)
#else
#define SHIELD_POINT_ACL(point)
#endif

#ifdef CONFIG_FS_POSIX_ACL
#define SHIELD_POINT_SERVED(point) point(set_posix_acl)
#else
#define SHIELD_POINT_SERVED(point)
#endif

#ifdef SHIELD_HAS_security_inode_file_setattr
#define SHIELD_POINT_FILEATTR(point) point(security_inode_file_setattr)
#else
#define SHIELD_POINT_FILEATTR(point)
#endif

/* No file system took commands by io_uring before their header was made. */
#ifdef SHIELD_HAS_io_uring_cmd
#define SHIELD_POINT_URING(point) point(security_uring_cmd)
#else
#define SHIELD_POINT_URING(point)
#endif

/* 32-bit programs enter arm64 by the same function. */
#if defined(CONFIG_ARM64)
#define SHIELD_POINT_UNLOAD(point) point(__arm64_sys_delete_module)
#elif defined(CONFIG_IA32_EMULATION)
#define SHIELD_POINT_UNLOAD(point) \
	point(__x64_sys_delete_module) point(__ia32_sys_delete_module)
#else
#define SHIELD_POINT_UNLOAD(point) point(__x64_sys_delete_module)
#endif

#endif
