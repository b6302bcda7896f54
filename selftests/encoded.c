// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a file of btrfs holds is neither read nor written as it lies on the disk
 * by who may not read or write it, also where io_uring asks for it.
 */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "act.h"
#include "earlier.h"
#include "harness.h"
#include "shield.h"
#include "util.h"

FIXTURE(encoded){};

FIXTURE_VARIANT(encoded)
{
	const char *read;
	const char *write;
};

FIXTURE_VARIANT_ADD(encoded, ioctl){ "read_encoded_by_ioctl",
				     "write_encoded_by_ioctl" };
FIXTURE_VARIANT_ADD(encoded, uring){ "read_encoded_by_uring",
				     "write_encoded_by_uring" };

static void open_earlier(void)
{
	int fd = open("victim", O_WRONLY);

	ASSERT_EQ(dup2(fd, EARLIER_FD), EARLIER_FD);
	close(fd);
}

/* Older kernels know it not at all, or not by io_uring. */
static void skip_unknown(int error)
{
	if (error == ENOTTY || error == EOPNOTSUPP || error == EINVAL)
		SKIP("this kernel has no such command");
	ASSERT_EQ(error, 0);
}

FIXTURE_SETUP(encoded)
{
	fresh(BTRFS, VICTIM_FILE);
	skip_unknown(untrusted(variant->read, here()));
}

FIXTURE_TEARDOWN(encoded)
{
	close(EARLIER_FD);
	leave();
}

TEST_F(encoded, reading_is_denied_where_reading_is)
{
	long long told;

	shield_rules("protect %s/victim deny read except trusted", here());
	told = shield_status("denied");
	EXPECT_EQ(untrusted(variant->read, here()), EACCES);
	EXPECT_EQ(shield_status("denied"), told + 1);
	EXPECT_EQ(trusted(variant->read, here()), 0);
}

TEST_F(encoded, reading_goes_on_where_something_else_is_denied)
{
	shield_rules("protect %s/other deny read except trusted\n"
		     "protect %s/victim deny attr,remove except trusted",
		     here(), here());
	EXPECT_EQ(untrusted(variant->read, here()), 0);
}

TEST_F(encoded, writing_is_denied_by_a_descriptor_from_before)
{
	off_t size;

	open_earlier();
	skip_unknown(untrusted(variant->write, here()));
	fresh(BTRFS, VICTIM_FILE);
	open_earlier();
	size = lseek(EARLIER_FD, 0, SEEK_END);
	shield_rules("protect %s/victim deny write except trusted", here());
	EXPECT_EQ(untrusted(variant->write, here()), EACCES);
	EXPECT_EQ(lseek(EARLIER_FD, 0, SEEK_END), size);
	EXPECT_EQ(trusted(variant->write, here()), 0);
	EXPECT_NE(lseek(EARLIER_FD, 0, SEEK_END), size);
}

int main(int argc, char **argv)
{
	act_main(argc, argv);
	util_begin();
	return harness_run(argc, argv);
}
