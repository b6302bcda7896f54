// SPDX-License-Identifier: GPL-2.0-only
/*
 * Ways to exchange the blocks of two files. Neither is written, and the call is
 * made on one of them: the other is named by a descriptor.
 */
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "act.h"
#include "site.h"

/* Swaps the file's data with that of the boot loader's inode. */
static int swap_boot(void)
{
	return ioctl(EARLIER_FD, _IO('f', 17));
}

int act_move_extents(int fd, int donor)
{
	struct {
		uint32_t reserved;
		uint32_t donor;
		uint64_t from, to, len, moved;
	} arg = { .donor = donor, .len = 1 };

	/* What is not on the disk yet cannot be moved. */
	sync();
	return ioctl(fd, _IOWR('f', 15, arg), &arg);
}

static int move_extents_here(void)
{
	return act_move_extents(EARLIER_FD, open("other", O_RDWR));
}

static int move_extents_there(void)
{
	return act_move_extents(open("other", O_RDWR), EARLIER_FD);
}

struct xfs_time {
	int64_t seconds;
	int32_t nanoseconds;
};

/* struct xfs_swapext: the times must be those of the file. */
struct xfs_swap {
	int64_t version, target, source, offset, length;
	char pad[16];
	struct {
		uint64_t ino;
		uint16_t mode, nlink;
		uint32_t uid, gid, rdev;
		int32_t blksize;
		int64_t size;
		struct xfs_time atime, mtime, ctime;
		int64_t blocks;
		char rest[40];
	} known;
};

static struct xfs_time time_of(const struct timespec *time)
{
	return (struct xfs_time){ time->tv_sec, time->tv_nsec };
}

/* As large as the victim, and of other content. */
static int same_size(off_t size)
{
	int fd = open(".", O_RDWR | O_TMPFILE, 0600);

	for (; size; size--)
		if (write(fd, "x", 1) != 1)
			return -1;
	return fsync(fd) ? -1 : fd;
}

/* Asks for it by @fd, or by the source's descriptor if that is -1. */
static int swap_xfs(int fd)
{
	struct xfs_swap arg = { .target = EARLIER_FD };
	struct stat status;

	if (fstat(EARLIER_FD, &status))
		return -1;
	arg.source = same_size(status.st_size);
	arg.length = status.st_size;
	arg.known.mtime = time_of(&status.st_mtim);
	arg.known.ctime = time_of(&status.st_ctim);
	sync();
	return ioctl(fd < 0 ? (int)arg.source : fd, _IOWR('X', 109, arg), &arg);
}

static int swap_xfs_by_victim(void)
{
	return swap_xfs(EARLIER_FD);
}

static int swap_xfs_by_other(void)
{
	return swap_xfs(-1);
}

#define EARLIER .earlier = O_RDWR, .has_earlier = true

/* clang-format off */
const struct act act_extents[] = {
	{ "swap_with_boot_inode", WRITE, EARLIER, .only = EXT4, .run = swap_boot },
	{ "move_extents_here", WRITE, EARLIER, .leaves_no_trace = true, .only = EXT4, .run = move_extents_here },
	{ "move_extents_there", WRITE, EARLIER, .leaves_no_trace = true, .only = EXT4, .run = move_extents_there },
	{ "swap_extents_by_victim", WRITE, EARLIER, .only = XFS, .run = swap_xfs_by_victim },
	{ "swap_extents_by_other", WRITE, EARLIER, .only = XFS, .run = swap_xfs_by_other },
	{}
};
/* clang-format on */
