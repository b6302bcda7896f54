// SPDX-License-Identifier: GPL-2.0-only
/*
 * The file `seal`: reads as "yes" or "no"; writing "seal", or "seal accept",
 * seals, and reading the same open file then says what came of it.
 */
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "fs/securityfs.h"
#include "seal.h"
#include "sealed.h"

/**
 * struct session - one open file
 * @lock: Protects: @answer
 * @answer: what reading gives
 */
struct session {
	struct mutex lock; /* Protects: answer */
	char answer[SHIELD_SEAL_WHY + 1];
};

static int seal_open(struct inode *inode, struct file *file)
{
	struct session *session;

	if (file->f_mode & FMODE_WRITE && !shield_fs_may_administer(file))
		return -EPERM;
	session = kzalloc(sizeof(*session), GFP_KERNEL);
	if (!session)
		return -ENOMEM;
	mutex_init(&session->lock);
	strscpy(session->answer, shield_sealed() ? "yes\n" : "no\n",
		sizeof(session->answer));
	file->private_data = session;
	return 0;
}

static int seal_release(struct inode *inode, struct file *file)
{
	kfree(file->private_data);
	return 0;
}

static ssize_t seal_read(struct file *file, char __user *buffer, size_t size,
			 loff_t *pos)
{
	struct session *session = file->private_data;
	ssize_t got;

	mutex_lock(&session->lock);
	got = simple_read_from_buffer(buffer, size, pos, session->answer,
				      strlen(session->answer));
	mutex_unlock(&session->lock);
	return got;
}

static int obey(const char *word, struct session *session)
{
	bool accept = sysfs_streq(word, "seal accept");
	int error;

	if (!accept && !sysfs_streq(word, "seal"))
		return -EINVAL;
	mutex_lock(&session->lock);
	error = shield_seal(accept, session->answer);
	if (*session->answer)
		strcat(session->answer, "\n");
	mutex_unlock(&session->lock);
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
	error = obey(word, file->private_data);
	return error ?: size;
}

const struct file_operations shield_fs_seal = {
	.owner = THIS_MODULE,
	.open = seal_open,
	.release = seal_release,
	.read = seal_read,
	.write = seal_write,
	.llseek = default_llseek,
};
