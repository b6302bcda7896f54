// SPDX-License-Identifier: GPL-2.0-only
/*
 * BTF, the kernel's description of its types: whatever it says, nothing is read
 * outside of it, and what is found is a place that it names.
 */
#include "compat/layout.h"
#include "fuzz.h"

static struct input given;

struct file *filp_open(const char *path, int flags, int mode)
{
	(void)flags;
	(void)mode;
	insist(!strcmp(path, "/sys/kernel/btf/vmlinux"));
	return (struct file *)&given;
}

struct inode *file_inode(const struct file *file)
{
	return (struct inode *)file;
}

loff_t i_size_read(const struct inode *inode)
{
	return ((const struct input *)inode)->left;
}

/* A file is read in pieces of any size. */
ssize_t kernel_read(struct file *file, void *to, size_t size, loff_t *at)
{
	const struct input *input = (const struct input *)file;
	const size_t some = size > 100 ? size / 2 : size;

	insist(*at + some <= input->left);
	memcpy(to, input->at + *at, some);
	*at += some;
	return some;
}

void fput(struct file *file)
{
	insist(file == (struct file *)&given);
}

/* What was found was there under its name. */
static void check_found(int found, const char *name)
{
	insist(found >= 0 || found == -ENOENT);
	insist(found < 0 ||
	       memmem(given.at, given.left, name, strlen(name) + 1));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct shield_layout layout;
	int error, found;

	given = (struct input){ data, size };
	error = shield_layout_read(&layout);
	if (error) {
		insist(error == -EINVAL || error == -EFBIG);
		return 0;
	}
	found = shield_layout_member(&layout, "ftrace_ops", "flags");
	check_found(found, "ftrace_ops");
	check_found(found, "flags");
	found = shield_layout_enumerator(&layout, "FTRACE_OPS_FL_PERMANENT");
	check_found(found, "FTRACE_OPS_FL_PERMANENT");
	shield_layout_free(&layout);
	return 0;
}
