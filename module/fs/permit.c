// SPDX-License-Identifier: GPL-2.0-only
/*
 * Who may change what shield does.
 */
#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/fs.h>
#include <linux/user_namespace.h>

#include "fs/securityfs.h"
#include "subject/home.h"

bool shield_fs_may_administer(const struct file *file)
{
	return file_ns_capable(file, &init_user_ns, CAP_MAC_ADMIN) &&
	       capable(CAP_MAC_ADMIN) && shield_home_mounts() &&
	       shield_home_root();
}
