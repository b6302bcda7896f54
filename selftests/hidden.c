// SPDX-License-Identifier: GPL-2.0-only
/*
 * A descriptor from before a file was protected is found and denied wherever it
 * lies meanwhile: in a process, in a socket, in a ring.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "act.h"
#include "earlier.h"
#include "harness.h"
#include "shield.h"
#include "uring.h"
#include "util.h"

/**
 * struct hiding - where a descriptor is while the policy is loaded
 * @fd: the descriptor, or -1
 * @sockets: it is on its way through them
 * @ring: it is registered with it
 * @child: has a copy of it under the number @theirs
 * @theirs: see @child
 */
struct hiding {
	int fd;
	int sockets[2];
	struct ring ring;
	pid_t child;
	int theirs;
};

static void give_up(struct hiding *hiding)
{
	close(hiding->fd);
	hiding->fd = -1;
}

static void keep(struct hiding *hiding)
{
	(void)hiding;
}

static int use_own(struct hiding *hiding)
{
	return attack(hiding->fd);
}

static void send_away(struct hiding *hiding)
{
	char room[CMSG_SPACE(sizeof(int))] = {}, byte = 0;
	struct iovec vector = { &byte, 1 };
	struct msghdr message = {
		.msg_iov = &vector,
		.msg_iovlen = 1,
		.msg_control = room,
		.msg_controllen = sizeof(room),
	};
	struct cmsghdr *part = CMSG_FIRSTHDR(&message);

	part->cmsg_level = SOL_SOCKET;
	part->cmsg_type = SCM_RIGHTS;
	part->cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(part), &hiding->fd, sizeof(int));
	ASSERT_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, hiding->sockets), 0);
	ASSERT_EQ(sendmsg(hiding->sockets[0], &message, 0), 1);
	give_up(hiding);
}

static int receive_and_use(struct hiding *hiding)
{
	char room[CMSG_SPACE(sizeof(int))], byte;
	struct iovec vector = { &byte, 1 };
	struct msghdr message = {
		.msg_iov = &vector,
		.msg_iovlen = 1,
		.msg_control = room,
		.msg_controllen = sizeof(room),
	};

	if (hiding->fd < 0) {
		ASSERT_EQ(recvmsg(hiding->sockets[1], &message, 0), 1);
		memcpy(&hiding->fd, CMSG_DATA(CMSG_FIRSTHDR(&message)),
		       sizeof(int));
	}
	return attack(hiding->fd);
}

static void put_in_ring(struct hiding *hiding)
{
	ASSERT_EQ(uring_make(&hiding->ring), 0);
	ASSERT_EQ(uring_register(&hiding->ring, hiding->fd), 0);
	give_up(hiding);
}

static int use_ring(struct hiding *hiding)
{
	static char text[] = "attacked\n";

	hiding->ring.sqes->opcode = IORING_OP_WRITE;
	hiding->ring.sqes->flags = IOSQE_FIXED_FILE;
	hiding->ring.sqes->fd = 0;
	hiding->ring.sqes->addr = (unsigned long)text;
	hiding->ring.sqes->len = 9;
	return errno_of(uring_submit(&hiding->ring));
}

static void leave_to_child(struct hiding *hiding)
{
	hiding->child = start(NULL, NULL);
	hiding->theirs = hiding->fd;
	give_up(hiding);
}

static int take_from_child(struct hiding *hiding)
{
	int process = syscall(SYS_pidfd_open, hiding->child, 0);

	if (hiding->fd < 0)
		hiding->fd =
			syscall(SYS_pidfd_getfd, process, hiding->theirs, 0);
	ASSERT_GE(hiding->fd, 0);
	return attack(hiding->fd);
}

FIXTURE(hidden)
{
	struct hiding hiding;
};

FIXTURE_VARIANT(hidden)
{
	void (*hide)(struct hiding * hiding);
	int (*use)(struct hiding * hiding);
	enum site_fs fs;
};

FIXTURE_VARIANT_ADD(hidden, ext4_descriptor){ keep, use_own, EXT4 };
FIXTURE_VARIANT_ADD(hidden, tmpfs_descriptor){ keep, use_own, TMPFS };
FIXTURE_VARIANT_ADD(hidden, xfs_descriptor){ keep, use_own, XFS };
FIXTURE_VARIANT_ADD(hidden, btrfs_descriptor){ keep, use_own, BTRFS };
FIXTURE_VARIANT_ADD(hidden, ext4_socket){ send_away, receive_and_use, EXT4 };
FIXTURE_VARIANT_ADD(hidden, tmpfs_socket){ send_away, receive_and_use, TMPFS };
FIXTURE_VARIANT_ADD(hidden, ext4_ring){ put_in_ring, use_ring, EXT4 };
FIXTURE_VARIANT_ADD(hidden, tmpfs_ring){ put_in_ring, use_ring, TMPFS };
FIXTURE_VARIANT_ADD(hidden, ext4_process){ leave_to_child, take_from_child,
					   EXT4 };
FIXTURE_VARIANT_ADD(hidden, btrfs_process){ leave_to_child, take_from_child,
					    BTRFS };

FIXTURE_SETUP(hidden)
{
	fresh(variant->fs, VICTIM_FILE);
	self->hiding.fd = open("victim", O_WRONLY | O_APPEND);
	ASSERT_GE(self->hiding.fd, 0);
	variant->hide(&self->hiding);
}

FIXTURE_TEARDOWN(hidden)
{
	leave();
}

TEST_F(hidden, descriptor_writes_where_nothing_is_protected)
{
	char *before = site_snapshot(here());

	EXPECT_EQ(variant->use(&self->hiding), 0);
	EXPECT_NE(strcmp(before, site_snapshot(here())), 0);
}

TEST_F(hidden, descriptor_from_before_is_told_and_denied)
{
	long long armed = shield_status("hooks"), denied;
	char *before;

	shield_rules(PROTECT, here());
	before = site_snapshot(here());
	EXPECT_EQ(shield_status("holders"), 1);
	EXPECT_GT(shield_status("hooks"), armed);
	denied = shield_status("denied");
	EXPECT_EQ(variant->use(&self->hiding), EACCES);
	EXPECT_EQ(variant->use(&self->hiding), EACCES);
	EXPECT_GE(shield_status("denied"), denied + 2);
	EXPECT_STREQ(before, site_snapshot(here()));
	EXPECT_EQ(trusted("open_write", here()), 0);
}

/* Such a file is none that the rule names, and found by what it counts. */
TEST_F(hidden, descriptor_of_a_file_in_a_tree_is_told_and_denied)
{
	char *before;

	shield_rules("protect %s recursive deny modify except trusted", here());
	before = site_snapshot(here());
	EXPECT_EQ(shield_status("holders"), 1);
	EXPECT_EQ(variant->use(&self->hiding), EACCES);
	EXPECT_STREQ(before, site_snapshot(here()));
	EXPECT_EQ(trusted("open_write", here()), 0);
}

TEST_F(hidden, descriptor_of_a_file_of_a_prefix_is_told_and_denied)
{
	char *before;

	shield_rules("protect %s/vic prefix deny modify except trusted",
		     here());
	before = site_snapshot(here());
	EXPECT_EQ(shield_status("holders"), 1);
	EXPECT_EQ(variant->use(&self->hiding), EACCES);
	EXPECT_STREQ(before, site_snapshot(here()));
	EXPECT_EQ(trusted("open_write", here()), 0);
}

TEST_F(hidden, descriptor_is_forgotten_when_it_is_gone)
{
	long long armed;

	shield_rules("protect %s/other deny modify except trusted", here());
	armed = shield_status("hooks");
	shield_rules(PROTECT, here());
	EXPECT_EQ(variant->use(&self->hiding), EACCES);
	close(self->hiding.fd);
	if (self->hiding.ring.fd)
		uring_close(&self->hiding.ring);
	if (self->hiding.child)
		stop(self->hiding.child);
	EXPECT_TRUE(util_becomes(are_hooks, &armed, PATIENCE_MS));
	EXPECT_EQ(shield_status("holders"), 0);
	EXPECT_EQ(errno_of(open("victim", O_WRONLY)), EACCES);
}

/* Or a trusted program could be given a descriptor to hide another behind. */
TEST(descriptor_shared_with_a_trusted_program_is_held_all_the_same)
{
	struct hiding hiding = {};
	pid_t pid;

	fresh(EXT4, VICTIM_FILE);
	shield_rules("protect %s/other deny modify except trusted", here());
	hiding.fd = open("victim", O_WRONLY);
	pid = fork();
	if (!pid)
		_exit(trusted("hold_open", here()));
	send_away(&hiding);
	while (!util_exists("room/held"))
		util_sleep_ms(20);
	shield_rules(PROTECT, here());
	EXPECT_EQ(shield_status("holders"), 1);
	EXPECT_EQ(receive_and_use(&hiding), EACCES);
	ASSERT_EQ(util_write("room/go", ""), 0);
	EXPECT_EQ(util_wait(pid), 0);
	EXPECT_EQ(attack(hiding.fd), EACCES);
	leave();
}

int main(int argc, char **argv)
{
	act_main(argc, argv);
	util_begin();
	return harness_run(argc, argv);
}
