// SPDX-License-Identifier: GPL-2.0-only
#include "uring.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

static void *map_ring(const struct ring *ring, size_t size, off_t offset)
{
	return mmap(NULL, size, PROT_READ | PROT_WRITE,
		    MAP_SHARED | MAP_POPULATE, ring->fd, offset);
}

int uring_make(struct ring *ring)
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

void uring_close(struct ring *ring)
{
	munmap(ring->sq, 4096);
	munmap(ring->cq, 4096);
	munmap(ring->sqes, sizeof(*ring->sqes));
	close(ring->fd);
}

int uring_register(struct ring *ring, int fd)
{
	return syscall(SYS_io_uring_register, ring->fd, IORING_REGISTER_FILES,
		       &fd, 1);
}

int uring_submit(struct ring *ring)
{
	unsigned int *array = (void *)(ring->sq + ring->params.sq_off.array);
	unsigned int *tail = (void *)(ring->sq + ring->params.sq_off.tail);
	unsigned int *head = (void *)(ring->cq + ring->params.cq_off.head);
	struct io_uring_cqe *cqe =
		(void *)(ring->cq + ring->params.cq_off.cqes);

	cqe += *head & (ring->params.cq_entries - 1);
	*array = 0;
	__atomic_store_n(tail, *tail + 1, __ATOMIC_RELEASE);
	if (syscall(SYS_io_uring_enter, ring->fd, 1, 1, IORING_ENTER_GETEVENTS,
		    NULL, 0) < 0)
		return -1;
	__atomic_store_n(head, *head + 1, __ATOMIC_RELEASE);
	if (cqe->res >= 0)
		return cqe->res;
	errno = -cqe->res;
	return -1;
}
