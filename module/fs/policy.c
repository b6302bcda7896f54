// SPDX-License-Identifier: GPL-2.0-only
/*
 * The file `policy`: one write() is one policy; reading gives back what loads
 * again, or after a write through the same open file what came of it.
 */
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "fs/securityfs.h"
#include "load.h"
#include "policy/active.h"

/**
 * struct session - one open file
 * @lock: Protects: all below
 * @text: what reading gives; owned
 * @len: bytes of @text
 * @is_loaded: a policy was loaded through it
 */
struct session {
	struct mutex lock; /* Protects: all below */
	char *text;
	size_t len;
	bool is_loaded;
};

/* A copy, so that a reader keeps its generation until close. */
static int copy_policy(struct session *session)
{
	const struct shield_policy *policy;
	int error = 0;

	/* Who loads may wait for a file system that does not answer. */
	if (mutex_lock_killable(&shield_policy_mutex))
		return -EINTR;
	policy = shield_policy_locked();
	if (policy && policy->len) {
		session->text = kvmalloc(policy->len, GFP_KERNEL);
		if (session->text) {
			memcpy(session->text, policy->text, policy->len);
			session->len = policy->len;
		} else {
			error = -ENOMEM;
		}
	}
	mutex_unlock(&shield_policy_mutex);
	return error;
}

static int policy_open(struct inode *inode, struct file *file)
{
	struct session *session;
	int error = 0;

	if (!shield_fs_may_administer(file))
		return -EPERM;
	session = kzalloc(sizeof(*session), GFP_KERNEL);
	if (!session)
		return -ENOMEM;
	mutex_init(&session->lock);
	if (file->f_mode & FMODE_READ)
		error = copy_policy(session);
	if (error) {
		kfree(session);
		return error;
	}
	file->private_data = session;
	return 0;
}

static int policy_release(struct inode *inode, struct file *file)
{
	struct session *session = file->private_data;

	kvfree(session->text);
	kfree(session);
	return 0;
}

static ssize_t policy_read(struct file *file, char __user *buffer, size_t size,
			   loff_t *pos)
{
	struct session *session = file->private_data;
	ssize_t got;

	mutex_lock(&session->lock);
	got = simple_read_from_buffer(buffer, size, pos, session->text,
				      session->len);
	mutex_unlock(&session->lock);
	return got;
}

/* What the next read from the start of the same open file gives. */
static void answer(struct session *session, char *text)
{
	lockdep_assert_held(&session->lock);
	kvfree(session->text);
	session->text = text;
	session->len = text ? strlen(text) : 0;
}

static void answer_error(struct session *session,
			 const struct shield_error *error)
{
	answer(session, kasprintf(GFP_KERNEL, "%u:%u: %s\n", error->pos.line,
				  error->pos.column, error->message));
}

static void answer_notes(struct session *session,
			 const struct shield_notes *notes)
{
	if (notes->dropped)
		answer(session,
		       kasprintf(GFP_KERNEL, "%s0:0: notice: %u more notices\n",
				 notes->text, notes->dropped));
	else
		answer(session, kstrdup(notes->text, GFP_KERNEL));
}

static int load_for(struct session *session, char *text, size_t size)
{
	struct shield_notes *notes = kzalloc(sizeof(*notes), GFP_KERNEL);
	struct shield_error error;
	int result;

	if (!notes) {
		kvfree(text);
		return -ENOMEM;
	}
	result = shield_load(text, size, notes, &error, false);
	if (result)
		answer_error(session, &error);
	else
		answer_notes(session, notes);
	session->is_loaded = !result;
	kfree(notes);
	return result;
}

static int refuse(struct session *session, int result, const char *message)
{
	struct shield_error error = {};

	strscpy(error.message, message, sizeof(error.message));
	answer_error(session, &error);
	return result;
}

static int write_whole(struct session *session, const char __user *buffer,
		       size_t size, loff_t pos)
{
	char *text;

	if (pos || session->is_loaded)
		return refuse(
			session, -EINVAL,
			"one write() at offset 0 is one policy; what came before is in force");
	if (size > SHIELD_MAX_TEXT)
		return refuse(session, -E2BIG,
			      "the policy is longer than 16 MiB");
	text = kvmalloc(size + 1, GFP_KERNEL);
	if (!text)
		return -ENOMEM;
	if (copy_from_user(text, buffer, size)) {
		kvfree(text);
		return -EFAULT;
	}
	return load_for(session, text, size);
}

/* The offset stays 0, so that the answer can be read without lseek(). */
static ssize_t policy_write(struct file *file, const char __user *buffer,
			    size_t size, loff_t *pos)
{
	struct session *session = file->private_data;
	int error;

	if (!shield_fs_may_administer(file))
		return -EPERM;
	mutex_lock(&session->lock);
	error = write_whole(session, buffer, size, *pos);
	mutex_unlock(&session->lock);
	return error ?: size;
}

const struct file_operations shield_fs_policy = {
	.owner = THIS_MODULE,
	.open = policy_open,
	.release = policy_release,
	.read = policy_read,
	.write = policy_write,
	.llseek = default_llseek,
};
