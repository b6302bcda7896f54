// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a vfsmount tells of its propagation, on kernels that keep it where no
 * header of theirs says.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include "compat/mount.h"

#include <linux/printk.h>

#include "compat/layout.h"

/* Of one page; what lies farther is no struct mount that we know. */
#define FARTHEST 1024

int shield_mount_flags_at;
int shield_mount_shared;

static bool learn(const struct shield_layout *layout)
{
	int from = shield_layout_member(layout, "mount", "mnt");
	int to = shield_layout_member(layout, "mount", "mnt_t_flags");
	int flag = shield_layout_enumerator(layout, "T_SHARED");

	if (from < 0 || to <= from || to > FARTHEST || flag <= 0)
		return false;
	shield_mount_shared = flag;
	shield_mount_flags_at = to - from;
	return true;
}

void shield_mount_learn(void)
{
	struct shield_layout layout;
	int error = shield_layout_read(&layout);

	if (!error) {
		if (!learn(&layout))
			error = -ENOENT;
		shield_layout_free(&layout);
	}
	if (error)
		pr_warn("cannot tell which mounts are shared (%d): all count as such, also those of services' own namespaces\n",
			error);
}
