// SPDX-License-Identifier: GPL-2.0-only
/* Ways to change what is known about a file. */
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/fs.h>
#include <linux/fsverity.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "act.h"
#include "call32.h"

static int chmod_victim(void)
{
	return chmod("victim", 0777);
}

static int read_only(void)
{
	return open("victim", O_RDONLY);
}

static int fchmod_victim(void)
{
	return fchmod(read_only(), 0777);
}

static int fchmod_earlier(void)
{
	return fchmod(EARLIER_FD, 0777);
}

static int chmod_by_proc(void)
{
	int fd = open("victim", O_PATH);
	char name[64];

	snprintf(name, sizeof(name), "/proc/self/fd/%d", fd);
	return chmod(name, 0777);
}

static int chown_victim(void)
{
	return chown("victim", 1, 1);
}

static int lchown_victim(void)
{
	return lchown("victim", 1, 1);
}

static int fchown_victim(void)
{
	return fchown(read_only(), 1, 1);
}

static int chown_by_descriptor(void)
{
	return fchownat(open("victim", O_PATH), "", 1, 1, AT_EMPTY_PATH);
}

static int times_now(void)
{
	/* The clock of file times may stand still for a tick. */
	usleep(20000);
	return utimensat(AT_FDCWD, "victim", NULL, 0);
}

static int times_set(void)
{
	const struct timespec times[2] = { { 1, 0 }, { 1, 0 } };

	return utimensat(AT_FDCWD, "victim", times, 0);
}

static int times_by_descriptor(void)
{
	const struct timespec times[2] = { { 0, UTIME_OMIT }, { 1, 0 } };

	return futimens(read_only(), times);
}

static int set_xattr(void)
{
	return setxattr("victim", "trusted.new", "new", 3, 0);
}

static int replace_xattr(void)
{
	return fsetxattr(read_only(), "trusted.shield", "new", 3,
			 XATTR_REPLACE);
}

static int remove_xattr(void)
{
	return removexattr("victim", "trusted.shield");
}

static int remove_xattr_by_descriptor(void)
{
	return fremovexattr(read_only(), "trusted.shield");
}

static int set_capability(void)
{
	const struct vfs_cap_data cap = {
		.magic_etc = VFS_CAP_REVISION_2 | VFS_CAP_FLAGS_EFFECTIVE,
		.data[0].permitted = 1 << CAP_DAC_OVERRIDE,
	};

	return setxattr("victim", "security.capability", &cap, sizeof(cap), 0);
}

/* Everyone may write: user::rwx user:1:rwx group::rwx mask::rwx other::rwx. */
static int set_acl(void)
{
	static const struct {
		uint32_t version;
		struct {
			uint16_t tag;
			uint16_t permissions;
			uint32_t id;
		} entries[5];
	} acl = { 2,
		  { { 0x01, 7, -1 },
		    { 0x02, 7, 1 },
		    { 0x04, 7, -1 },
		    { 0x10, 7, -1 },
		    { 0x20, 7, -1 } } };

	return setxattr("victim", "system.posix_acl_access", &acl, sizeof(acl),
			0);
}

static int remove_acl(void)
{
	return removexattr("victim", "system.posix_acl_access");
}

/*
 * The flags that are there stay: to take ext4's flag for extents away is to ask
 * for other blocks, which it refuses while the file is being written back.
 */
static int change_flags(int fd, int add, int take)
{
	int flags;

	if (ioctl(fd, FS_IOC_GETFLAGS, &flags))
		return -1;
	flags = (flags | add) & ~take;
	return ioctl(fd, FS_IOC_SETFLAGS, &flags);
}

static int set_flags(void)
{
	return change_flags(read_only(), FS_NODUMP_FL, 0);
}

static int set_immutable(void)
{
	int fd = read_only();

	if (change_flags(fd, FS_IMMUTABLE_FL, 0))
		return -1;
	/* Or nobody could clean up. */
	return change_flags(fd, FS_NODUMP_FL, FS_IMMUTABLE_FL);
}

static int set_extended_flags(void)
{
	struct fsxattr flags = { .fsx_xflags = FS_XFLAG_NODUMP };

	return ioctl(read_only(), FS_IOC_FSSETXATTR, &flags);
}

static int set_version(void)
{
	int version = 4711;

	return ioctl(read_only(), FS_IOC_SETVERSION, &version);
}

#define IOCTL_32 54

/* As a program of 32 bits calls it. */
static int ioctl_32(int fd, unsigned int request, const void *argument,
		    size_t size)
{
	long result = call_32(IOCTL_32, fd, request, argument, size);

	errno = result < 0 ? -result : 0;
	return result < 0 ? -1 : 0;
}

static int set_flags_32(void)
{
	int flags, fd = read_only();

	if (ioctl(fd, FS_IOC_GETFLAGS, &flags))
		return -1;
	flags |= FS_NODUMP_FL;
	return ioctl_32(fd, FS_IOC32_SETFLAGS, &flags, sizeof(flags));
}

static int set_extended_flags_32(void)
{
	struct fsxattr flags = { .fsx_xflags = FS_XFLAG_NODUMP };

	return ioctl_32(read_only(), FS_IOC_FSSETXATTR, &flags, sizeof(flags));
}

static int set_version_32(void)
{
	int version = 4711;

	return ioctl_32(read_only(), FS_IOC32_SETVERSION, &version,
			sizeof(version));
}

static int enable_verity(void)
{
	struct fsverity_enable_arg arg = {
		.version = 1,
		.hash_algorithm = FS_VERITY_HASH_ALG_SHA256,
		.block_size = 4096,
	};

	return ioctl(read_only(), FS_IOC_ENABLE_VERITY, &arg);
}

/* clang-format off */
const struct act act_attr[] = {
	{ "chmod", ATTR, .run = chmod_victim },
	{ "fchmod", ATTR, READ, .run = fchmod_victim },
	{ "fchmod_earlier_descriptor", ATTR, .earlier = O_RDONLY, .has_earlier = true, .run = fchmod_earlier },
	{ "chmod_by_proc", ATTR, .run = chmod_by_proc },
	{ "chmod_directory", ATTR, 0, VICTIM_DIRECTORY, .run = chmod_victim },
	{ "chown", ATTR, .run = chown_victim },
	{ "lchown", ATTR, .run = lchown_victim },
	{ "fchown", ATTR, READ, .run = fchown_victim },
	{ "chown_by_descriptor", ATTR, .run = chown_by_descriptor },
	{ "times_now", ATTR, .run = times_now },
	{ "times_set", ATTR, .run = times_set },
	{ "times_by_descriptor", ATTR, READ, .run = times_by_descriptor },
	{ "setxattr", ATTR, .run = set_xattr },
	{ "setxattr_on_directory", ATTR, 0, VICTIM_DIRECTORY, .run = set_xattr },
	{ "fsetxattr", ATTR, READ, .run = replace_xattr },
	{ "removexattr", ATTR, .run = remove_xattr },
	{ "fremovexattr", ATTR, READ, .run = remove_xattr_by_descriptor },
	{ "set_file_capability", ATTR, .run = set_capability },
	{ "set_acl", ATTR, .run = set_acl },
	{ "remove_acl", ATTR, .leaves_no_trace = true, .run = remove_acl },
	/* tmpfs has inode flags since 6.0. */
	{ "set_inode_flags", ATTR, READ, .only = EXT4 | XFS | BTRFS,
	  .run = set_flags },
	{ "set_immutable", ATTR, READ, .only = EXT4 | XFS | BTRFS,
	  .run = set_immutable },
	{ "set_extended_flags", ATTR, READ, .only = EXT4 | XFS | BTRFS, .run = set_extended_flags },
	{ "set_version", ATTR, READ | REMOVE, .only = EXT4, .run = set_version },
	{ "set_inode_flags_by_32_bits", ATTR, READ, .only = EXT4 | XFS | BTRFS, .absent = CALL_32_ABSENT, .run = set_flags_32 },
	{ "set_extended_flags_by_32_bits", ATTR, READ, .only = EXT4 | XFS | BTRFS, .absent = CALL_32_ABSENT, .run = set_extended_flags_32 },
	{ "set_version_by_32_bits", ATTR, READ | REMOVE, .only = EXT4, .absent = CALL_32_ABSENT, .run = set_version_32 },
	{ "enable_verity", ATTR, READ, .only = EXT4, .run = enable_verity },
	{}
};
/* clang-format on */
