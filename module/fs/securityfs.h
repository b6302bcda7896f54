/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * /sys/kernel/security/shield/
 */
#ifndef SHIELD_FS_SECURITYFS_H
#define SHIELD_FS_SECURITYFS_H

#include <linux/fs.h>

extern const struct file_operations shield_fs_certificate;
extern const struct file_operations shield_fs_confirm;
extern const struct file_operations shield_fs_events;
extern const struct file_operations shield_fs_policy;
extern const struct file_operations shield_fs_seal;
extern const struct file_operations shield_fs_stats;
extern const struct file_operations shield_fs_status;
extern const struct file_operations shield_fs_window;

/**
 * shield_fs_may_watch() - may who opens a file see what happens on the machine?
 * @file: being opened
 *
 * Return: true for who may read the kernel's log outside of any container.
 */
bool shield_fs_may_watch(const struct file *file);

/**
 * shield_fs_may_administer() - may the current task change what shield does?
 * @file: open file through which it would; its opener is asked, too
 *
 * Return: true with CAP_MAC_ADMIN in the initial namespaces.
 */
bool shield_fs_may_administer(const struct file *file);

/**
 * shield_fs_init() - create the directory and its files
 *
 * Context: process; sleeps.
 * Return: 0, or the error of securityfs.
 */
int shield_fs_init(void);

/**
 * shield_fs_exit() - remove them
 *
 * Context: process; sleeps. Open files hold the module, but for `events`.
 */
void shield_fs_exit(void);

#endif
