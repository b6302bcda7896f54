// SPDX-License-Identifier: GPL-2.0-only
/* Ways to write by a descriptor that is older than the protection. */
#include <errno.h>
#include <fcntl.h>
#include <linux/aio_abi.h>
#include <linux/fs.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "act.h"
#include "uring.h"

static char attack[] = "attacked\n";
#define SIZE ((ssize_t)sizeof(attack) - 1)

static const struct iovec vector = { attack, SIZE };

static int all(ssize_t written)
{
	if (written >= 0 && written != SIZE)
		errno = EIO;
	return written == SIZE ? 0 : -1;
}

static int earlier_write(void)
{
	return all(write(EARLIER_FD, attack, SIZE));
}

static int earlier_writev(void)
{
	return all(writev(EARLIER_FD, &vector, 1));
}

static int earlier_pwrite(void)
{
	return all(pwrite(EARLIER_FD, attack, SIZE, 3));
}

static int earlier_pwritev2(void)
{
	return all(pwritev2(EARLIER_FD, &vector, 1, 3, RWF_DSYNC));
}

static int earlier_pwritev2_append(void)
{
	return all(pwritev2(EARLIER_FD, &vector, 1, 0, RWF_APPEND));
}

static int earlier_dup_write(void)
{
	return all(write(dup(EARLIER_FD), attack, SIZE));
}

static int fill_pipe(int ends[2])
{
	return pipe(ends) || all(write(ends[1], attack, SIZE)) ? -1 : 0;
}

static int earlier_splice(void)
{
	int ends[2];

	if (fill_pipe(ends))
		return -1;
	return all(splice(ends[0], NULL, EARLIER_FD, NULL, SIZE, 0));
}

static int earlier_splice_at(void)
{
	loff_t at = 3;
	int ends[2];

	if (fill_pipe(ends))
		return -1;
	return all(splice(ends[0], NULL, EARLIER_FD, &at, SIZE, 0));
}

static int earlier_sendfile(void)
{
	return all(sendfile(EARLIER_FD, open("other", O_RDONLY), NULL, SIZE));
}

static int earlier_copy_file_range(void)
{
	return all(copy_file_range(open("other", O_RDONLY), NULL, EARLIER_FD,
				   NULL, SIZE, 0));
}

/* Without a name, or it would be found. */
static int make_source(const char *text, size_t size)
{
	int fd = open(".", O_RDWR | O_TMPFILE, 0600);

	if (write(fd, text, size) != (ssize_t)size || fsync(fd))
		return -1;
	return fd;
}

/* File systems share no less than this. */
static const char block[4096] = "cloned\n";

static int earlier_clone(void)
{
	return ioctl(EARLIER_FD, FICLONE, make_source(block, sizeof(block)));
}

static int earlier_clone_range(void)
{
	struct file_clone_range range = {
		.src_fd = make_source(block, sizeof(block)),
		.src_length = sizeof(block),
	};

	return ioctl(EARLIER_FD, FICLONERANGE, &range);
}

/* Root may do this even without having the file open for writing. */
static int earlier_dedupe(void)
{
	struct file_dedupe_range *range = calloc(
		1, sizeof(*range) + sizeof(struct file_dedupe_range_info));
	int fd = make_source(SITE_TEXT, strlen(SITE_TEXT));

	range->src_length = strlen(SITE_TEXT);
	range->dest_count = 1;
	range->info[0].dest_fd = EARLIER_FD;
	if (ioctl(fd, FIDEDUPERANGE, range))
		return -1;
	errno = range->info[0].status < 0 ? -range->info[0].status : 0;
	return errno ? -1 : 0;
}

static int uring_write(int fd, int flags, bool is_registered)
{
	struct ring ring;

	if (uring_make(&ring) || (is_registered && uring_register(&ring, fd)))
		return -1;
	ring.sqes->opcode = IORING_OP_WRITE;
	ring.sqes->flags = flags;
	ring.sqes->fd = is_registered ? 0 : fd;
	ring.sqes->addr = (unsigned long)attack;
	ring.sqes->len = SIZE;
	return all(uring_submit(&ring));
}

static int earlier_uring_write(void)
{
	return uring_write(EARLIER_FD, 0, false);
}

static int earlier_uring_worker_write(void)
{
	return uring_write(EARLIER_FD, IOSQE_ASYNC, false);
}

static int earlier_uring_fixed_write(void)
{
	return uring_write(EARLIER_FD, IOSQE_FIXED_FILE, true);
}

static int earlier_aio_write(void)
{
	struct iocb request = {
		.aio_lio_opcode = IOCB_CMD_PWRITE,
		.aio_fildes = EARLIER_FD,
		.aio_buf = (unsigned long)attack,
		.aio_nbytes = SIZE,
	}, *requests = &request;
	aio_context_t context = 0;
	struct io_event event;

	if (syscall(SYS_io_setup, 1, &context) ||
	    syscall(SYS_io_submit, context, 1, &requests) != 1 ||
	    syscall(SYS_io_getevents, context, 1, 1, &event, NULL) != 1)
		return -1;
	errno = event.res < 0 ? -event.res : 0;
	return all(event.res);
}

static int earlier_map(void)
{
	char *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED,
			  EARLIER_FD, 0);

	if (page == MAP_FAILED)
		return -1;
	memcpy(page, attack, SIZE);
	return 0;
}

static int earlier_map_validated(void)
{
	char *page = mmap(NULL, 4096, PROT_WRITE, MAP_SHARED_VALIDATE,
			  EARLIER_FD, 0);

	if (page == MAP_FAILED)
		return -1;
	memcpy(page, attack, SIZE);
	return 0;
}

static int earlier_map_for_reading_then_protect(void)
{
	char *page = mmap(NULL, 4096, PROT_READ, MAP_SHARED, EARLIER_FD, 0);

	if (page == MAP_FAILED || mprotect(page, 4096, PROT_READ | PROT_WRITE))
		return -1;
	memcpy(page, attack, SIZE);
	return 0;
}

static int earlier_punch_hole(void)
{
	return fallocate(EARLIER_FD, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE,
			 0, 4);
}

#define EARLIER(flags) .earlier = flags, .has_earlier = true

/* clang-format off */
const struct act act_earlier[] = {
	{ "earlier_write", WRITE, EARLIER(O_WRONLY), .run = earlier_write },
	{ "earlier_read_write_write", WRITE, EARLIER(O_RDWR), .run = earlier_write },
	{ "earlier_append_write", APPEND, EARLIER(O_WRONLY | O_APPEND), .run = earlier_write },
	{ "earlier_read_append_write", WRITE, EARLIER(O_RDWR | O_APPEND), .run = earlier_write },
	{ "earlier_writev", WRITE, EARLIER(O_WRONLY), .run = earlier_writev },
	{ "earlier_pwrite", WRITE, EARLIER(O_WRONLY), .run = earlier_pwrite },
	{ "earlier_pwritev2", WRITE, EARLIER(O_WRONLY), .run = earlier_pwritev2 },
	{ "earlier_pwritev2_append", WRITE, EARLIER(O_WRONLY), .run = earlier_pwritev2_append },
	{ "earlier_dup_write", WRITE, EARLIER(O_WRONLY), .run = earlier_dup_write },
	{ "earlier_splice", WRITE, EARLIER(O_WRONLY), .run = earlier_splice },
	{ "earlier_splice_at", WRITE, EARLIER(O_WRONLY), .run = earlier_splice_at },
	{ "earlier_sendfile", WRITE, EARLIER(O_WRONLY), .run = earlier_sendfile },
	{ "earlier_copy_file_range", WRITE, EARLIER(O_WRONLY), .run = earlier_copy_file_range },
	{ "earlier_clone", WRITE, EARLIER(O_WRONLY), .only = XFS | BTRFS, .run = earlier_clone },
	{ "earlier_clone_range", WRITE, EARLIER(O_WRONLY), .only = XFS | BTRFS, .run = earlier_clone_range },
	{ "earlier_dedupe", WRITE, EARLIER(O_WRONLY), .leaves_no_trace = true, .only = XFS | BTRFS, .run = earlier_dedupe },
	{ "earlier_uring_write", WRITE, EARLIER(O_WRONLY), .run = earlier_uring_write },
	{ "earlier_uring_worker_write", WRITE, EARLIER(O_WRONLY), .run = earlier_uring_worker_write },
	{ "earlier_uring_fixed_write", WRITE, EARLIER(O_WRONLY), .run = earlier_uring_fixed_write },
	{ "earlier_aio_write", WRITE, EARLIER(O_WRONLY), .run = earlier_aio_write },
	{ "earlier_map", WRITE, EARLIER(O_RDWR), .run = earlier_map },
	{ "earlier_map_validated", WRITE, EARLIER(O_RDWR), .run = earlier_map_validated },
	{ "earlier_map_for_reading_then_protect", WRITE, EARLIER(O_RDWR), .run = earlier_map_for_reading_then_protect },
	{ "earlier_punch_hole", WRITE, EARLIER(O_WRONLY), .run = earlier_punch_hole },
	{}
};
/* clang-format on */
