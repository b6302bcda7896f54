/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where a hooked function keeps the arguments we know.
 *
 * Between kernels an argument was put in front (user_namespace, then
 * mnt_idmap), a pointer became const, a flags word grew. Each macro here
 * compares the kernel's own prototype with those we know and yields the
 * position of the first argument that our typed hook names, or -1, which the
 * hook table turns into a build error with the function's name.
 */
#ifndef SHIELD_COMPAT_PROTOTYPES_H
#define SHIELD_COMPAT_PROTOTYPES_H

#include <linux/compiler.h>

struct mnt_idmap;
struct user_namespace;
struct delegated_inode;

/* clang-format off */

/* The prototype is the one that the hook names. */
#define SHIELD_PLAIN(fn, ret, ...) (__same_type(fn, ret(__VA_ARGS__)) ? 0 : -1)

/* The same, with the mount's user namespace or idmap in front since 5.12. */
#define SHIELD_IDMAPPED(fn, ret, ...)                                        \
	(__same_type(fn, ret(__VA_ARGS__)) ? 0 :                             \
	 __same_type(fn, ret(struct user_namespace *, __VA_ARGS__)) ? 1 :    \
	 __same_type(fn, ret(struct mnt_idmap *, __VA_ARGS__))	   ? 1 :     \
								     -1)

/* vfs_unlink(dir, dentry, delegated): its last argument has two types, too. */
#define SHIELD_UNLINK(fn, ret, ...)                                           \
	(SHIELD_IDMAPPED(fn, ret, __VA_ARGS__, struct inode **) >= 0 ?        \
		 SHIELD_IDMAPPED(fn, ret, __VA_ARGS__, struct inode **) :     \
		 SHIELD_IDMAPPED(fn, ret, __VA_ARGS__, struct delegated_inode *))

/* A system call, which returns long. */
#define SHIELD_SYSCALL(fn, ret, ...) (__same_type(fn, long(__VA_ARGS__)) ? 0 : -1)

/* task_alloc(task, clone_flags): the flags became 64 bits wide. */
#define SHIELD_TASK_ALLOC(fn, ret, ...)                          \
	(__same_type(fn, ret(__VA_ARGS__, unsigned long)) ? 0 :  \
	 __same_type(fn, ret(__VA_ARGS__, u64))		  ? 0 :  \
							    -1)

/* bprm hooks: arguments became const in 6.x; we never write through those. */
#define SHIELD_CREDS_FROM_FILE(fn, ret, ...)                                  \
	(__same_type(fn, ret(struct linux_binprm *, struct file *))	  ? 0 : \
	 __same_type(fn, ret(struct linux_binprm *, const struct file *)) ? 0 : \
									    -1)
#define SHIELD_COMMITTED_CREDS(fn, ret, ...)                          \
	(__same_type(fn, ret(struct linux_binprm *))	   ? 0 :      \
	 __same_type(fn, ret(const struct linux_binprm *)) ? 0 :      \
							     -1)

/* clang-format on */

#endif
