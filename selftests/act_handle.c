// SPDX-License-Identifier: GPL-2.0-only
/* Ways to open a file that begin with neither its path nor this task. */
#include <errno.h>
#include <fcntl.h>
#include <linux/io_uring.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "act.h"

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

/**
 * struct ring - an io_uring with room for one request
 * @fd: its descriptor
 * @sq: submission queue
 * @cq: completion queue
 * @sqes: its one entry
 * @params: where the fields of the queues are
 */
struct ring {
	int fd;
	char *sq;
	char *cq;
	struct io_uring_sqe *sqes;
	struct io_uring_params params;
};

static void *map_ring(const struct ring *ring, size_t size, off_t offset)
{
	return mmap(NULL, size, PROT_READ | PROT_WRITE,
		    MAP_SHARED | MAP_POPULATE, ring->fd, offset);
}

static int make_ring(struct ring *ring)
{
	memset(ring, 0, sizeof(*ring));
	ring->fd = syscall(SYS_io_uring_setup, 1, &ring->params);
	if (ring->fd < 0)
		return -1;
	ring->sq = map_ring(ring, 4096, IORING_OFF_SQ_RING);
	ring->cq = map_ring(ring, 4096, IORING_OFF_CQ_RING);
	ring->sqes = map_ring(ring, sizeof(*ring->sqes), IORING_OFF_SQES);
	if (ring->sq == MAP_FAILED || ring->cq == MAP_FAILED ||
	    ring->sqes == MAP_FAILED)
		return -1;
	return 0;
}

/* Result of the one request, as a system call gives it. */
static int submit(struct ring *ring)
{
	unsigned int *array = (void *)(ring->sq + ring->params.sq_off.array);
	unsigned int *tail = (void *)(ring->sq + ring->params.sq_off.tail);
	struct io_uring_cqe *cqe =
		(void *)(ring->cq + ring->params.cq_off.cqes);

	*array = 0;
	__atomic_store_n(tail, 1, __ATOMIC_RELEASE);
	if (syscall(SYS_io_uring_enter, ring->fd, 1, 1, IORING_ENTER_GETEVENTS,
		    NULL, 0) < 0)
		return -1;
	if (cqe->res >= 0)
		return cqe->res;
	errno = -cqe->res;
	return -1;
}

static int uring_open(int flags, int how)
{
	struct ring ring;

	if (make_ring(&ring))
		return -1;
	ring.sqes->opcode = IORING_OP_OPENAT;
	ring.sqes->flags = how;
	ring.sqes->fd = AT_FDCWD;
	ring.sqes->addr = (unsigned long)"victim";
	ring.sqes->open_flags = flags;
	return use(submit(&ring), flags);
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

	if (make_ring(&ring))
		return -1;
	ring.sqes->opcode = IORING_OP_UNLINKAT;
	ring.sqes->flags = IOSQE_ASYNC;
	ring.sqes->fd = AT_FDCWD;
	ring.sqes->addr = (unsigned long)"victim";
	return submit(&ring);
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
