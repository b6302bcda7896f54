// SPDX-License-Identifier: GPL-2.0-only
/*
 * The file `window`: reads as what a token must name and which maintenance
 * window is open; writing a token opens one, writing "close" closes it, and
 * reading the same open file then says why not.
 */
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "fs/securityfs.h"
#include "maintain.h"
#include "policy/token.h"

/**
 * struct session - one open file
 * @lock: Protects: @answer
 * @answer: what reading gives
 */
struct session {
	struct mutex lock; /* Protects: answer */
	char answer[SHIELD_MAINTAIN_TEXT + 1];
};

static int window_open(struct inode *inode, struct file *file)
{
	struct session *session;

	if (!shield_fs_may_administer(file))
		return -EPERM;
	session = kzalloc(sizeof(*session), GFP_KERNEL);
	if (!session)
		return -ENOMEM;
	mutex_init(&session->lock);
	shield_maintain_show(session->answer);
	file->private_data = session;
	return 0;
}

static int window_release(struct inode *inode, struct file *file)
{
	kfree(file->private_data);
	return 0;
}

static ssize_t window_read(struct file *file, char __user *buffer, size_t size,
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

static int obey(const char *text, size_t len, struct session *session)
{
	int error;

	mutex_lock(&session->lock);
	*session->answer = '\0';
	if (sysfs_streq(text, "close"))
		error = shield_maintain_close();
	else
		error = shield_maintain_open(text, len, session->answer);
	if (*session->answer)
		strcat(session->answer, "\n");
	mutex_unlock(&session->lock);
	return error;
}

/* One write() is one token. The offset stays 0, as that of `seal`. */
static ssize_t window_write(struct file *file, const char __user *buffer,
			    size_t size, loff_t *pos)
{
	char *text;
	int error;

	if (!shield_fs_may_administer(file))
		return -EPERM;
	if (!size || size > SHIELD_MAX_TOKEN)
		return -EINVAL;
	text = memdup_user_nul(buffer, size);
	if (IS_ERR(text))
		return PTR_ERR(text);
	error = obey(text, size, file->private_data);
	kfree(text);
	return error ?: size;
}

const struct file_operations shield_fs_window = {
	.owner = THIS_MODULE,
	.open = window_open,
	.release = window_release,
	.read = window_read,
	.write = window_write,
	.llseek = default_llseek,
};
