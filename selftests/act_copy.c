// SPDX-License-Identifier: GPL-2.0-only
/* Ways to write that are no write(): from another file, from a pipe, later. */
#include <errno.h>
#include <fcntl.h>
#include <linux/aio_abi.h>
#include <linux/falloc.h>
#include <linux/fs.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/sendfile.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "act.h"

static int victim(void)
{
	return open("victim", O_WRONLY);
}

static int other(void)
{
	return open("other", O_RDONLY);
}

/*
 * Blocks are shared whole, so there must be more than the victim has. Not in
 * the site, where it would be a change, too.
 */
static int large(void)
{
	static const char blocks[8192] = "attacked";
	int fd = open("../large", O_RDWR | O_CREAT | O_CLOEXEC, 0644);

	if (fd < 0 || write(fd, blocks, sizeof(blocks)) != sizeof(blocks))
		return -1;
	return fd;
}

static int send_into(void)
{
	int to = victim();

	if (to < 0)
		return -1;
	return sendfile(to, other(), NULL, 8) == 8 ? 0 : -1;
}

static int splice_into(void)
{
	int to = victim(), ends[2];

	if (to < 0 || pipe(ends) || write(ends[1], "attacked", 8) != 8)
		return -1;
	return splice(ends[0], NULL, to, NULL, 8, 0) == 8 ? 0 : -1;
}

static int copy_range_into(void)
{
	int to = victim();

	if (to < 0)
		return -1;
	return copy_file_range(other(), NULL, to, NULL, 8, 0) == 8 ? 0 : -1;
}

static int reflink_into(void)
{
	int to = victim();

	return to < 0 ? -1 : ioctl(to, FICLONE, large());
}

static int reflink_range_into(void)
{
	struct file_clone_range range = {};
	int to = victim();

	if (to < 0)
		return -1;
	range.src_fd = large();
	return ioctl(to, FICLONERANGE, &range);
}

static int reflink_into_earlier(void)
{
	return ioctl(EARLIER_FD, FICLONE, large());
}

static int write_asynchronously(void)
{
	static const char text[] = "attacked";
	struct iocb request = {
		.aio_lio_opcode = IOCB_CMD_PWRITE,
		.aio_buf = (uintptr_t)text,
		.aio_nbytes = sizeof(text),
	};
	struct iocb *requests[] = { &request };
	aio_context_t context = 0;
	struct io_event event;
	int to = victim();

	if (to < 0)
		return -1;
	request.aio_fildes = to;
	if (syscall(SYS_io_setup, 1, &context) ||
	    syscall(SYS_io_submit, context, 1, requests) != 1 ||
	    syscall(SYS_io_getevents, context, 1, 1, &event, NULL) != 1)
		return -1;
	return event.res == sizeof(text) ? 0 : -1;
}

static int punch_earlier(void)
{
	return fallocate(EARLIER_FD, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE,
			 0, 8);
}

static int zero_earlier(void)
{
	return fallocate(EARLIER_FD, FALLOC_FL_ZERO_RANGE, 0, 8);
}

static int insert_earlier(void)
{
	return fallocate(EARLIER_FD, FALLOC_FL_INSERT_RANGE, 0, 4096);
}

/* More than one block is needed, which only who may write can make. */
static int collapse_earlier(void)
{
	if (!fallocate(EARLIER_FD, FALLOC_FL_COLLAPSE_RANGE, 0, 4096))
		return 0;
	if (errno != EINVAL || insert_earlier())
		return -1;
	return fallocate(EARLIER_FD, FALLOC_FL_COLLAPSE_RANGE, 0, 4096);
}

static int unshare_earlier(void)
{
	return fallocate(EARLIER_FD, FALLOC_FL_UNSHARE_RANGE, 0, 8);
}

static int grow_earlier(void)
{
	return fallocate(EARLIER_FD, 0, 0, 8192);
}

/* clang-format off */
const struct act act_copy[] = {
	{ "send_into", WRITE, .run = send_into },
	{ "splice_into", WRITE, .run = splice_into },
	{ "copy_range_into", WRITE, .run = copy_range_into },
	{ "reflink_into", WRITE, .only = XFS | BTRFS, .run = reflink_into },
	{ "reflink_range_into", WRITE, .only = XFS | BTRFS, .run = reflink_range_into },
	{ "reflink_into_earlier_descriptor", WRITE, .earlier = O_WRONLY, .has_earlier = true, .only = XFS | BTRFS, .run = reflink_into_earlier },
	{ "write_asynchronously", WRITE, .run = write_asynchronously },
	{ "punch_hole_by_earlier_descriptor", WRITE, .earlier = O_WRONLY, .has_earlier = true, .run = punch_earlier },
	{ "zero_range_by_earlier_descriptor", WRITE, .earlier = O_WRONLY, .has_earlier = true, .only = EXT4 | XFS | BTRFS, .run = zero_earlier },
	{ "insert_range_by_earlier_descriptor", WRITE, .earlier = O_WRONLY, .has_earlier = true, .only = EXT4 | XFS, .run = insert_earlier },
	{ "collapse_range_by_earlier_descriptor", WRITE, .earlier = O_WRONLY, .has_earlier = true, .leaves_no_trace = true, .only = EXT4 | XFS, .run = collapse_earlier },
	{ "unshare_range_by_earlier_descriptor", WRITE, .earlier = O_WRONLY, .has_earlier = true, .leaves_no_trace = true, .only = XFS, .run = unshare_earlier },
	{ "grow_by_earlier_descriptor", APPEND, WRITE, .earlier = O_WRONLY, .has_earlier = true, .run = grow_earlier },
	{}
};
/* clang-format on */
