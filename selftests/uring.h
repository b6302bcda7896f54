/* SPDX-License-Identifier: GPL-2.0-only */
/* As much of io_uring as the tests use: one request at a time. */
#ifndef SHIELD_SELFTESTS_URING_H
#define SHIELD_SELFTESTS_URING_H

#include <linux/io_uring.h>

/**
 * struct ring - an io_uring with room for one request
 * @fd: its descriptor
 * @sq: submission queue
 * @cq: completion queue
 * @sqes: its one entry, to be filled in before uring_submit()
 * @params: where the fields of the queues are
 */
struct ring {
	int fd;
	char *sq;
	char *cq;
	struct io_uring_sqe *sqes;
	struct io_uring_params params;
};

/* -1 and errno, or 0. */
int uring_make(struct ring *ring);

/* With all that is registered. */
void uring_close(struct ring *ring);

/* The descriptor becomes fixed file 0. -1 and errno, or 0. */
int uring_register(struct ring *ring, int fd);

/* Result of the one request, as a system call gives it. */
int uring_submit(struct ring *ring);

#endif
