// SPDX-License-Identifier: GPL-2.0-only
/*
 * Open files that answer.
 */
#include "fs/answer.h"

#include <linux/slab.h>
#include <linux/string.h>

struct shield_answer *shield_answer_open(struct file *file)
{
	struct shield_answer *answer = kzalloc(sizeof(*answer), GFP_KERNEL);

	if (!answer)
		return NULL;
	mutex_init(&answer->lock);
	file->private_data = answer;
	return answer;
}

int shield_answer_release(struct inode *inode, struct file *file)
{
	kfree(file->private_data);
	return 0;
}

ssize_t shield_answer_read(struct file *file, char __user *buffer, size_t size,
			   loff_t *pos)
{
	struct shield_answer *answer = file->private_data;
	ssize_t got;

	mutex_lock(&answer->lock);
	got = simple_read_from_buffer(buffer, size, pos, answer->text,
				      strlen(answer->text));
	mutex_unlock(&answer->lock);
	return got;
}

char *shield_answer_begin(struct file *file)
{
	struct shield_answer *answer = file->private_data;

	mutex_lock(&answer->lock);
	*answer->text = '\0';
	return answer->text;
}

void shield_answer_end(struct file *file)
{
	struct shield_answer *answer = file->private_data;

	if (*answer->text)
		strcat(answer->text, "\n");
	mutex_unlock(&answer->lock);
}
