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

static const char *refusal_of_inode(const struct inode *inode)
{
	if (!S_ISREG(inode->i_mode))
		return "it is not a regular file";
	if (inode->i_mode & 0002)
		return "everyone may write it; chmod o-w first";
	return NULL;
}

/* A file that cannot be read may be anything, a script too. */
static int check_content(const struct path *at, const char **why)
{
	struct file *file = dentry_open(at, O_RDONLY, current_cred());
	char magic[2] = "";
	loff_t pos = 0;
	ssize_t got;

	*why = "the file cannot be read";
	if (IS_ERR(file))
		return PTR_ERR(file);
	got = kernel_read(file, magic, sizeof(magic), &pos);
	fput(file);
	if (got < 0)
		return got;
	*why = "it is a script, and its interpreter would be trusted with any script; name a compiled program";
	if (got == sizeof(magic) && !memcmp(magic, "#!", sizeof(magic)))
		return -EINVAL;
	return 0;
}

static int check_file(const struct path *at, const char **why)
{
	*why = refusal_of_name(at);
	if (!*why)
		*why = refusal_of_inode(d_inode(at->dentry));
	return *why ? -EINVAL : check_content(at, why);
}

int shield_trustworthy_check(const char *path, const char **why)
{
	struct path at;
	int error;

	*why = shield_program_refusal(kbasename(path));
	if (*why)
		return -EINVAL;
	*why = "the file cannot be looked up";
	error = kern_path(path, LOOKUP_FOLLOW, &at);
	if (error)
		return error == -ENOENT ? 0 : error;
	error = check_file(&at, why);
	path_put(&at);
	return error;
}
