// SPDX-License-Identifier: GPL-2.0-only
/*
 * The file `window`: reads as what a token must name and which maintenance
 * window is open; writing a token opens one, writing "close" closes it, and
 * reading the same open file then says why not.
 */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "fs/answer.h"
#include "fs/securityfs.h"
#include "maintain.h"
#include "policy/token.h"

static_assert(SHIELD_MAINTAIN_TEXT <= SHIELD_ANSWER);

static int window_open(struct inode *inode, struct file *file)
{
	struct shield_answer *answer;

	if (!shield_fs_may_administer(file))
		return -EPERM;
	answer = shield_answer_open(file);
	if (!answer)
		return -ENOMEM;
	shield_maintain_show(answer->text);
	return 0;
}

static int obey(const char *text, size_t len, struct file *file)
{
	char *answer = shield_answer_begin(file);
	int error = sysfs_streq(text, "close") ?
			    shield_maintain_close() :
			    shield_maintain_open(text, len, answer);

	shield_answer_end(file);
	return error;
}

/* One write() is one token. The offset stays 0. */
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
	error = obey(text, size, file);
	kfree(text);
	return error ?: size;
}

const struct file_operations shield_fs_window = {
	.owner = THIS_MODULE,
	.open = window_open,
	.release = shield_answer_release,
	.read = shield_answer_read,
	.write = window_write,
	.llseek = default_llseek,
};
