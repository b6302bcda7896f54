// SPDX-License-Identifier: GPL-2.0-only
/*
 * /sys/kernel/security/shield/
 */
#include "fs/securityfs.h"

#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/dcache.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/pid_namespace.h>
#include <linux/security.h>
#include <linux/user_namespace.h>

#include "fs/events.h"

static const struct {
	const char *name;
	umode_t mode;
	const struct file_operations *operations;
} files[] = {
	{ "certificate", 0600, &shield_fs_certificate },
	{ "confirm", 0644, &shield_fs_confirm },
	{ "events", 0400, &shield_fs_events },
	{ "policy", 0600, &shield_fs_policy },
	{ "seal", 0644, &shield_fs_seal },
	{ "stats", 0400, &shield_fs_stats },
	{ "status", 0444, &shield_fs_status },
	{ "window", 0600, &shield_fs_window },
};

static struct dentry *directory;
static struct dentry *entries[ARRAY_SIZE(files)];

/* Services have mount namespaces of their own, but not process numbers. */
bool shield_fs_may_watch(const struct file *file)
{
	return file_ns_capable(file, &init_user_ns, CAP_SYSLOG) &&
	       task_active_pid_ns(current) == &init_pid_ns;
}

int shield_fs_init(void)
{
	unsigned int i;

	directory = securityfs_create_dir("shield", NULL);
	/* modprobe takes EEXIST for "already loaded" and says nothing. */
	if (directory == ERR_PTR(-EEXIST))
		return -EBUSY;
	if (IS_ERR(directory))
		return PTR_ERR(directory);
	for (i = 0; i < ARRAY_SIZE(files); i++) {
		entries[i] = securityfs_create_file(files[i].name,
						    files[i].mode, directory,
						    NULL, files[i].operations);
		if (IS_ERR(entries[i])) {
			int error = PTR_ERR(entries[i]);

			entries[i] = NULL;
			shield_fs_exit();
			return error;
		}
	}
	return 0;
}

/*
 * Who has a descriptor of the path alone (O_PATH) keeps the inode, and may open
 * it after we are gone: what it finds then is the kernel's, and nothing but EIO.
 * Done first: the kernel warns whoever opens a file whose module cannot be held
 * any more, which from here on nobody does.
 */
static void forsake(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(entries); i++)
		if (entries[i])
			make_bad_inode(d_inode(entries[i]));
}

void shield_fs_exit(void)
{
	unsigned int i = ARRAY_SIZE(entries);

	forsake();
	while (i--) {
		securityfs_remove(entries[i]);
		entries[i] = NULL;
	}
	/* Whoever has it as working directory must not keep its name. */
	d_drop(directory);
	securityfs_remove(directory);
	directory = NULL;
	shield_fs_events_exit();
}
