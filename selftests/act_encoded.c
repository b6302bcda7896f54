// SPDX-License-Identifier: GPL-2.0-only
/*
 * Ways to read and to write a file of btrfs as it lies on the disk. Reading asks
 * for no descriptor that may read.
 */
#include <fcntl.h>
#include <linux/io_uring.h>
#include <stdint.h>
#include <sys/ioctl.h>
#include <sys/uio.h>

#include "act.h"
#include "uring.h"

/* struct btrfs_ioctl_encoded_io_args */
struct encoded {
	const struct iovec *vector;
	uint64_t count;
	int64_t offset;
	uint64_t flags, len, unencoded_len, unencoded_offset;
	uint32_t compression, encryption;
	uint8_t reserved[64];
};

#define ENCODED_READ _IOR(0x94, 64, struct encoded)
#define ENCODED_WRITE _IOW(0x94, 64, struct encoded)
#define ZLIB 1

/* Two blocks of the letter A. */
static char compressed[] =
	"\x78\xda\xed\xc1\x01\x0d\x00\x00\x00\xc2\xa0\x6c\xef\x5f\xca\x1c"
	"\x6e\x40\x01\x00\x00\x00\x00\x00\x00\x00\xef\x06\xce\xa5\x20\x79";
#define LETTERS 8192

static int by_ioctl(int fd, unsigned int command, struct encoded *what)
{
	return ioctl(fd, command, what);
}

static int by_uring(int fd, unsigned int command, struct encoded *what)
{
	struct ring ring;

	if (uring_make(&ring))
		return -1;
	ring.sqes->opcode = IORING_OP_URING_CMD;
	ring.sqes->fd = fd;
	ring.sqes->cmd_op = command;
	ring.sqes->addr = (unsigned long)what;
	return uring_submit(&ring);
}

typedef int asking(int fd, unsigned int command, struct encoded *what);

static int read_encoded(asking *ask)
{
	static char bytes[1 << 17];
	const struct iovec vector = { bytes, sizeof(bytes) };
	struct encoded what = { .vector = &vector, .count = 1 };

	return ask(open("victim", O_WRONLY), ENCODED_READ, &what) > 0 ? 0 : -1;
}

static int write_encoded(asking *ask)
{
	const struct iovec vector = { compressed, sizeof(compressed) - 1 };
	struct encoded what = {
		.vector = &vector,
		.count = 1,
		.len = LETTERS,
		.unencoded_len = LETTERS,
		.compression = ZLIB,
	};

	return ask(EARLIER_FD, ENCODED_WRITE, &what) > 0 ? 0 : -1;
}

static int read_by_ioctl(void)
{
	return read_encoded(by_ioctl);
}

static int read_by_uring(void)
{
	return read_encoded(by_uring);
}

static int write_by_ioctl(void)
{
	return write_encoded(by_ioctl);
}

static int write_by_uring(void)
{
	return write_encoded(by_uring);
}

const struct act act_encoded[] = {
	{ "read_encoded_by_ioctl", .run = read_by_ioctl },
	{ "read_encoded_by_uring", .run = read_by_uring },
	{ "write_encoded_by_ioctl", .run = write_by_ioctl },
	{ "write_encoded_by_uring", .run = write_by_uring },
	{}
};
