// SPDX-License-Identifier: GPL-2.0-only
/*
 * The file `certificate`: whose signature policies need. Writing one (X.509,
 * DER) pins it, until shield is sealed.
 */
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "fs/securityfs.h"
#include "policy/active.h"
#include "policy/signature.h"
#include "sealed.h"

#define DESCRIPTION 200

static ssize_t certificate_read(struct file *file, char __user *buffer,
				size_t size, loff_t *pos)
{
	char text[DESCRIPTION + 1];

	if (mutex_lock_killable(&shield_policy_mutex))
		return -EINTR;
	shield_signature_key(text, DESCRIPTION);
	mutex_unlock(&shield_policy_mutex);
	strcat(text, "\n");
	return simple_read_from_buffer(buffer, size, pos, text, strlen(text));
}

static int pin_unsealed(struct shield_signer *signer)
{
	int error = 0;

	if (mutex_lock_killable(&shield_policy_mutex))
		return -EINTR;
	if (shield_sealed())
		error = -EPERM;
	else
		shield_signature_pin(signer);
	mutex_unlock(&shield_policy_mutex);
	return error;
}

static int pin(const void *certificate, size_t size)
{
	struct shield_signer signer;
	int error;

	if (shield_sealed())
		return -EPERM;
	error = shield_signature_read(certificate, size, &signer);
	if (error)
		return error;
	error = pin_unsealed(&signer);
	shield_signature_put(&signer);
	return error;
}

/* One write() is one certificate. */
static ssize_t certificate_write(struct file *file, const char __user *buffer,
				 size_t size, loff_t *pos)
{
	void *certificate;
	int error;

	if (!shield_fs_may_administer(file))
		return -EPERM;
	if (*pos || !size || size > SHIELD_MAX_CERTIFICATE)
		return -EINVAL;
	certificate = memdup_user(buffer, size);
	if (IS_ERR(certificate))
		return PTR_ERR(certificate);
	error = pin(certificate, size);
	kfree(certificate);
	return error ?: size;
}

const struct file_operations shield_fs_certificate = {
	.owner = THIS_MODULE,
	.read = certificate_read,
	.write = certificate_write,
	.llseek = default_llseek,
};
