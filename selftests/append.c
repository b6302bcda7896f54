// SPDX-License-Identifier: GPL-2.0-only
/*
 * Who may append and not write only makes a file longer, by every way that
 * takes bytes.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/aio_abi.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include <linux/fs.h>

#include "act.h"
#include "earlier.h"
#include "harness.h"
#include "shield.h"
#include "uring.h"
#include "util.h"

#ifndef RWF_NOAPPEND
#define RWF_NOAPPEND 0x20
#endif

#define MAY_APPEND "protect %s/victim deny modify allow append except trusted"

static char bytes[] = "attacked\n";
static const struct iovec vector = { bytes, 9 };

static int overwrite_by_flag(int fd)
{
	return errno_of(pwritev2(fd, &vector, 1, 0, RWF_NOAPPEND));
}

static int overwrite_by_uring(int fd)
{
	struct ring ring;
	int error;

	ASSERT_EQ(uring_make(&ring), 0);
	ring.sqes->opcode = IORING_OP_WRITE;
	ring.sqes->fd = fd;
	ring.sqes->addr = (unsigned long)bytes;
	ring.sqes->len = 9;
	ring.sqes->rw_flags = RWF_NOAPPEND;
	error = errno_of(uring_submit(&ring));
	uring_close(&ring);
	return error;
}

static int overwrite_by_aio(int fd)
{
	struct iocb request = {
		.aio_lio_opcode = IOCB_CMD_PWRITE,
		.aio_fildes = fd,
		.aio_buf = (unsigned long)bytes,
		.aio_nbytes = 9,
		.aio_rw_flags = RWF_NOAPPEND,
	}, *requests = &request;
	aio_context_t context = 0;
	struct io_event event;

	ASSERT_EQ(syscall(SYS_io_setup, 1, &context), 0);
	if (syscall(SYS_io_submit, context, 1, &requests) != 1)
		return errno;
	ASSERT_EQ(syscall(SYS_io_getevents, context, 1, 1, &event, NULL), 1);
	syscall(SYS_io_destroy, context);
	return event.res < 0 ? -event.res : 0;
}

FIXTURE(flag)
{
	int fd;
};

FIXTURE_VARIANT(flag)
{
	enum site_fs fs;
	int (*overwrite)(int fd);
};

FIXTURE_VARIANT_ADD(flag, ext4_system_call){ EXT4, overwrite_by_flag };
FIXTURE_VARIANT_ADD(flag, tmpfs_system_call){ TMPFS, overwrite_by_flag };
FIXTURE_VARIANT_ADD(flag, xfs_system_call){ XFS, overwrite_by_flag };
FIXTURE_VARIANT_ADD(flag, btrfs_system_call){ BTRFS, overwrite_by_flag };
FIXTURE_VARIANT_ADD(flag, ext4_uring){ EXT4, overwrite_by_uring };
FIXTURE_VARIANT_ADD(flag, ext4_aio){ EXT4, overwrite_by_aio };

FIXTURE_SETUP(flag)
{
	fresh(variant->fs, VICTIM_FILE);
	self->fd = open("other", O_WRONLY | O_APPEND);
	if (variant->overwrite(self->fd) == EOPNOTSUPP)
		SKIP("this kernel has no RWF_NOAPPEND");
}

FIXTURE_TEARDOWN(flag)
{
	leave();
}

/* The first byte of the file, which nobody may change who may only append. */
static char first(void)
{
	char byte = 0;
	int fd = open("victim", O_RDONLY);

	EXPECT_EQ(read(fd, &byte, 1), 1);
	close(fd);
	return byte;
}

TEST_F(flag, overwrites_where_nothing_is_protected)
{
	int fd = open("victim", O_WRONLY | O_APPEND);

	EXPECT_EQ(variant->overwrite(fd), 0);
	EXPECT_EQ(first(), *bytes);
}

TEST_F(flag, is_denied_to_who_may_only_append)
{
	int fd;

	shield_rules(MAY_APPEND, here());
	fd = open("victim", O_WRONLY | O_APPEND);
	ASSERT_GE(fd, 0);
	EXPECT_EQ(attack(fd), 0);
	EXPECT_EQ(variant->overwrite(fd), EACCES);
	EXPECT_EQ(first(), *SITE_TEXT);
	EXPECT_EQ(attack(fd), 0);
	EXPECT_EQ(trusted("open_write", here()), 0);
}

TEST_F(flag, is_denied_by_a_descriptor_from_before)
{
	int fd = open("victim", O_WRONLY | O_APPEND);

	shield_rules(MAY_APPEND, here());
	EXPECT_EQ(attack(fd), 0);
	EXPECT_EQ(variant->overwrite(fd), EACCES);
	EXPECT_EQ(first(), *SITE_TEXT);
}

TEST_F(flag, does_on_other_files_what_it_does)
{
	shield_rules(MAY_APPEND, here());
	EXPECT_EQ(variant->overwrite(self->fd), 0);
}

/* What was exchanged shows then: the other file reads as zeroes. */
static void forget_pages(void)
{
	util_must("sync && echo 3 >/proc/sys/vm/drop_caches");
}

TEST(who_may_append_to_a_file_does_not_exchange_its_blocks)
{
	fresh(EXT4, VICTIM_FILE);
	EXPECT_EQ(untrusted("exchange_appended", here()), 0);
	forget_pages();
	EXPECT_NE(first(), *SITE_TEXT);
	fresh(EXT4, VICTIM_FILE);
	shield_rules(MAY_APPEND, here());
	EXPECT_EQ(untrusted("exchange_appended", here()), EACCES);
	forget_pages();
	EXPECT_EQ(first(), *SITE_TEXT);
	EXPECT_EQ(trusted("exchange_appended", here()), 0);
	forget_pages();
	EXPECT_NE(first(), *SITE_TEXT);
	leave();
}

TEST(file_system_is_defragmented_where_nobody_may_only_append)
{
	char *elsewhere = site_make(TMPFS, VICTIM_FILE);

	fresh(EXT4, VICTIM_FILE);
	shield_rules(
		"protect %s/victim deny modify except trusted\n"
		"protect %s/victim deny modify allow append except trusted",
		here(), elsewhere);
	EXPECT_EQ(untrusted("defragment_other", here()), 0);
	shield_rules(MAY_APPEND, here());
	EXPECT_EQ(untrusted("defragment_other", here()), EACCES);
	EXPECT_EQ(trusted("defragment_other", here()), 0);
	free(elsewhere);
	leave();
}

/* Ways that the kernel itself keeps from a descriptor for appending, or not. */
TEST(descriptor_for_appending_only_makes_the_file_longer)
{
	struct file_clone_range range = {};
	int fd, other, ends[2];
	loff_t at = 0;
	off_t size;

	fresh(BTRFS, VICTIM_FILE);
	shield_rules(MAY_APPEND, here());
	fd = open("victim", O_WRONLY | O_APPEND);
	other = open("other", O_RDONLY);
	range.src_fd = other;
	size = lseek(fd, 0, SEEK_END);
	ASSERT_EQ(pipe(ends), 0);
	ASSERT_EQ(write(ends[1], bytes, 9), 9);
	EXPECT_EQ(pwrite(fd, bytes, 9, 0), 9);
	EXPECT_EQ(lseek(fd, 0, SEEK_END), size + 9);
	EXPECT_EQ(errno_of(splice(ends[0], NULL, fd, &at, 9, 0)), EINVAL);
	EXPECT_EQ(errno_of(sendfile(fd, other, NULL, 9)), EINVAL);
	EXPECT_EQ(errno_of(copy_file_range(other, NULL, fd, &at, 9, 0)), EBADF);
	EXPECT_EQ(errno_of(ioctl(fd, FICLONE, other)), EACCES);
	EXPECT_EQ(errno_of(ioctl(fd, FICLONERANGE, &range)), EACCES);
	EXPECT_EQ(errno_of(fallocate(fd,
				     FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE,
				     0, 4)),
		  EACCES);
	EXPECT_EQ(errno_of(ftruncate(fd, 1)), EACCES);
	EXPECT_EQ(errno_of(fcntl(fd, F_SETFL, 0)), EACCES);
	EXPECT_EQ(mmap(NULL, 4096, PROT_WRITE, MAP_SHARED, fd, 0), MAP_FAILED);
	EXPECT_EQ(errno, EACCES);
	EXPECT_EQ(first(), *SITE_TEXT);
	EXPECT_EQ(lseek(fd, 0, SEEK_END), size + 9);
	leave();
}

int main(int argc, char **argv)
{
	act_main(argc, argv);
	util_begin();
	return harness_run(argc, argv);
}
