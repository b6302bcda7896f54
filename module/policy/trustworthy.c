// SPDX-License-Identifier: GPL-2.0-only
/*
 * May a file be trusted as a program?
 */
#include "policy/trustworthy.h"

#include <linux/err.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/namei.h>
#include <linux/path.h>
#include <linux/string.h>

#include "policy/programs.h"

static const char *refusal_of_name(const struct path *at)
{
	char name[NAME_MAX + 1];

	/* The name may change meanwhile; then the load is as good as later. */
	snprintf(name, sizeof(name), "%pd", at->dentry);
	return shield_program_refusal(name);
}

static const char *refusal_of_content(const struct path *at)
{
	struct file *file = dentry_open(at, O_RDONLY, current_cred());
	char magic[2] = "";
	loff_t pos = 0;
	ssize_t got;

	if (IS_ERR(file))
		return "the file cannot be read";
	got = kernel_read(file, magic, sizeof(magic), &pos);
	fput(file);
	if (got == sizeof(magic) && !memcmp(magic, "#!", sizeof(magic)))
		return "it is a script, and its interpreter would be trusted with any script; name a compiled program";
	return NULL;
}

static const char *refusal_of_inode(const struct inode *inode)
{
	if (!S_ISREG(inode->i_mode))
		return "it is not a regular file";
	if (inode->i_mode & 0002)
		return "everyone may write it; chmod o-w first";
	return NULL;
}

const char *shield_trustworthy_refusal(const char *path)
{
	const char *why = shield_program_refusal(kbasename(path));
	struct path at;

	if (why || kern_path(path, LOOKUP_FOLLOW, &at))
		return why;
	why = refusal_of_name(&at);
	why = why ?: refusal_of_inode(d_inode(at.dentry));
	why = why ?: refusal_of_content(&at);
	path_put(&at);
	return why;
}
