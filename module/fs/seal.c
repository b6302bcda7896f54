// SPDX-License-Identifier: GPL-2.0-only
/*
 * The file `seal`: reads as "yes" or "no"; writing "seal", or "seal accept",
 * seals, and reading the same open file then says what came of it.
 */
#include <linux/module.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "fs/answer.h"
#include "fs/securityfs.h"
#include "seal.h"
#include "sealed.h"

static_assert(SHIELD_SEAL_WHY <= SHIELD_ANSWER);

static int seal_open(struct inode *inode, struct file *file)
{
	struct shield_answer *answer;

	if (file->f_mode & FMODE_WRITE && !shield_fs_may_administer(file))
		return -EPERM;
	answer = shield_answer_open(file);
	if (!answer)
		return -ENOMEM;
	strscpy(answer->text, shield_sealed() ? "yes\n" : "no\n",
		sizeof(answer->text));
	return 0;
}

static int obey(const char *word, struct file *file)
{
	bool accept = sysfs_streq(word, "seal accept");
	int error;

	if (!accept && !sysfs_streq(word, "seal"))
		return -EINVAL;
	error = shield_seal(accept, shield_answer_begin(file));
	shield_answer_end(file);
	return error;
}

/* The offset stays 0, so that the answer can be read without lseek(). */
static ssize_t seal_write(struct file *file, const char __user *buffer,
			  size_t size, loff_t *pos)
{
	char word[16];
	int error;

	if (!shield_fs_may_administer(file))
		return -EPERM;
	if (size >= sizeof(word))
		return -EINVAL;
	if (copy_from_user(word, buffer, size))
		return -EFAULT;
	word[size] = '\0';
	error = obey(word, file);
	return error ?: size;
}

const struct file_operations shield_fs_seal = {
	.owner = THIS_MODULE,
	.open = seal_open,
	.release = shield_answer_release,
	.read = shield_answer_read,
	.write = seal_write,
	.llseek = default_llseek,
};
