// SPDX-License-Identifier: GPL-2.0-only
/*
 * The file `confirm`: reads as the seconds that the policy in force still waits
 * for its confirmation, 0 if it does not. Whoever writes the policy's generation
 * confirms it.
 */
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/uaccess.h>

#include "confirm.h"
#include "fs/securityfs.h"
#include "load.h"

static ssize_t confirm_read(struct file *file, char __user *buffer, size_t size,
			    loff_t *pos)
{
	char text[16];

	return simple_read_from_buffer(buffer, size, pos, text,
				       scnprintf(text, sizeof(text), "%u\n",
						 shield_confirm_left()));
}

static ssize_t confirm_write(struct file *file, const char __user *buffer,
			     size_t size, loff_t *pos)
{
	u64 generation;
	int error;

	if (!shield_fs_may_administer(file))
		return -EPERM;
	error = kstrtou64_from_user(buffer, size, 10, &generation);
	if (!error)
		error = shield_load_confirm(generation);
	return error ?: size;
}

const struct file_operations shield_fs_confirm = {
	.owner = THIS_MODULE,
	.read = confirm_read,
	.write = confirm_write,
	.llseek = default_llseek,
};
