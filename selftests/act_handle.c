// SPDX-License-Identifier: GPL-2.0-only
/* Ways to open a file that begin with neither its path nor this task. */
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "act.h"
#include "uring.h"

static int use(int fd, int flags)
{
	if (fd < 0)
		return -1;
	if (flags & O_WRONLY && write(fd, "attacked\n", 9) != 9)
		return -1;
	return close(fd);
}

static int open_handle(int flags)
{
	struct file_handle *handle = calloc(1, sizeof(*handle) + MAX_HANDLE_SZ);
	int mount_id, dir = open(".", O_RDONLY | O_DIRECTORY);

	if (!handle || dir < 0)
		return -1;
	handle->handle_bytes = MAX_HANDLE_SZ;
	if (name_to_handle_at(AT_FDCWD, "victim", handle, &mount_id, 0))
		return -1;
	return use(open_by_handle_at(dir, handle, flags), flags);
}

static int open_by_handle_read(void)
{
	return open_handle(O_RDONLY);
}

static int open_by_handle_write(void)
{
	return open_handle(O_WRONLY);
}

static int open_by_handle_append(void)
{
	return open_handle(O_WRONLY | O_APPEND);
}

static int open_by_handle_truncate(void)
{
	return open_handle(O_WRONLY | O_TRUNC);
}

static int uring_open(int flags, int how)
{
	struct ring ring;

	if (uring_make(&ring))
		return -1;
	ring.sqes->opcode = IORING_OP_OPENAT;
	ring.sqes->flags = how;
	ring.sqes->fd = AT_FDCWD;
	ring.sqes->addr = (unsigned long)"victim";
	ring.sqes->open_flags = flags;
	return use(uring_submit(&ring), flags);
}

static int uring_open_read(void)
{
	return uring_open(O_RDONLY, 0);
}

static int uring_open_write(void)
{
	return uring_open(O_WRONLY, 0);
}

/* In a worker thread of the kernel, which must be no more and no less trusted. */
static int uring_worker_open_write(void)
{
	return uring_open(O_WRONLY, IOSQE_ASYNC);
}

static int uring_worker_unlink(void)
{
	struct ring ring;

	if (uring_make(&ring))
		return -1;
	ring.sqes->opcode = IORING_OP_UNLINKAT;
	ring.sqes->flags = IOSQE_ASYNC;
	ring.sqes->fd = AT_FDCWD;
	ring.sqes->addr = (unsigned long)"victim";
	return uring_submit(&ring);
}

/* clang-format off */
const struct act act_handle[] = {
	{ "open_by_handle_read", READ, .leaves_no_trace = true, .run = open_by_handle_read },
	{ "open_by_handle_write", WRITE, .run = open_by_handle_write },
	{ "open_by_handle_append", APPEND, .run = open_by_handle_append },
	{ "open_by_handle_truncate", WRITE, .run = open_by_handle_truncate },
	{ "uring_open_read", READ, .leaves_no_trace = true, .run = uring_open_read },
	{ "uring_open_write", WRITE, .run = uring_open_write },
	{ "uring_worker_open_write", WRITE, .run = uring_worker_open_write },
	{ "uring_worker_unlink", REMOVE, .run = uring_worker_unlink },
	{}
};
/* clang-format on */
