// SPDX-License-Identifier: GPL-2.0-only
/*
 * The file events: what its lines say, how it is read, waited for and sought
 * in, and what becomes of readers when shield goes.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <linux/capability.h>

#include "harness.h"
#include "shield.h"
#include "util.h"

#define EVENTS "/sys/kernel/security/shield/events"
#define ROOM (1 << 20)

FIXTURE(events)
{
	char *file;
	char *text;
	int fd;
};

static int events_open(void)
{
	return open(EVENTS, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
}

static void deny(const char *file)
{
	if (open(file, O_WRONLY) >= 0 || errno != EACCES)
		NOTE("opening %s was not denied", file);
}

/* Whatever comes within some time, until @text is among it. */
static void read_until(int fd, char *text, const char *wanted)
{
	struct pollfd poller = { .fd = fd, .events = POLLIN };
	size_t len = 0;
	ssize_t got;

	text[0] = '\0';
	while (!strstr(text, wanted) && poll(&poller, 1, 10000) > 0) {
		got = read(fd, text + len, ROOM - 1 - len);
		if (got <= 0)
			break;
		len += got;
		text[len] = '\0';
	}
}

static void go_to_end(int fd)
{
	util_sleep_ms(300);
	lseek(fd, 0, SEEK_END);
}

FIXTURE_SETUP(events)
{
	shield_insert("policy=none");
	self->file = util_path("%s", "victim");
	self->text = malloc(ROOM);
	util_write(self->file, "text");
	shield_rules("protect %s deny modify\n", self->file);
	self->fd = events_open();
	ASSERT_GE(self->fd, 0);
	go_to_end(self->fd);
}

FIXTURE_TEARDOWN(events)
{
	close(self->fd);
	shield_remove();
	free(self->text);
}

TEST_F(events, denial_is_a_line_with_every_field)
{
	char wanted[512];

	deny(self->file);
	read_until(self->fd, self->text, "\n");
	EXPECT_EQ(strncmp(self->text, "v=1 seq=", 8), 0);
	snprintf(wanted, sizeof(wanted), " path=%s ", self->file);
	EXPECT_TRUE(strstr(self->text, wanted));
	snprintf(wanted, sizeof(wanted), " rule=%s ", self->file);
	EXPECT_TRUE(strstr(self->text, wanted));
	snprintf(wanted, sizeof(wanted), " pid=%d tgid=%d ppid=%d uid=0 ",
		 getpid(), getpid(), getppid());
	EXPECT_TRUE(strstr(self->text, wanted));
	EXPECT_TRUE(strstr(self->text, " kind=denied "));
	EXPECT_TRUE(strstr(self->text, " rights=write errno=13 "));
	EXPECT_TRUE(strstr(self->text, " hook=security_file_open "));
	EXPECT_TRUE(strstr(self->text, "/events_file"));
	EXPECT_TRUE(strstr(self->text, " time="));
	EXPECT_TRUE(strstr(self->text, " mono="));
	EXPECT_TRUE(strstr(self->text, " gen="));
	EXPECT_TRUE(strstr(self->text, " line="));
	EXPECT_TRUE(strstr(self->text, " dev="));
	EXPECT_TRUE(strstr(self->text, " ino="));
	EXPECT_TRUE(strstr(self->text, " cgroup="));
	EXPECT_TRUE(strstr(self->text, " comm=events_file"));
}

TEST_F(events, names_chosen_by_the_attacker_are_escaped)
{
	prctl(PR_SET_NAME, "a b\nv=1 \\\"");
	deny(self->file);
	read_until(self->fd, self->text, "\n");
	EXPECT_TRUE(
		strstr(self->text, " comm=a\\040b\\012v=1\\040\\134\\042 "));
	EXPECT_TRUE(strchr(self->text, '\n') ==
		    self->text + strlen(self->text) - 1);
}

TEST_F(events, single_bytes_give_the_same_lines)
{
	char byte, *at = self->text;
	char whole[4096];
	void *volatile nowhere = (void *)1;
	ssize_t got;
	int other = events_open();

	go_to_end(other);
	deny(self->file);
	deny(self->file);
	util_sleep_ms(500);
	got = read(other, whole, sizeof(whole) - 1);
	ASSERT_GT(got, 0);
	whole[got] = '\0';
	EXPECT_EQ(read(self->fd, &byte, 0), 0);
	while (read(self->fd, &byte, 1) == 1)
		*at++ = byte;
	EXPECT_EQ(errno, EAGAIN);
	*at = '\0';
	EXPECT_STREQ(self->text, whole);
	EXPECT_EQ(read(self->fd, nowhere, 100), -1);
	EXPECT_EQ(errno, EAGAIN);
	deny(self->file);
	util_sleep_ms(500);
	EXPECT_EQ(read(self->fd, nowhere, 100), -1);
	EXPECT_EQ(errno, EFAULT);
	/* What could not be copied is not gone. */
	EXPECT_GT(read(self->fd, whole, sizeof(whole)), 100);
	close(other);
}

TEST_F(events, poll_waits_for_events)
{
	struct pollfd poller = { .fd = self->fd, .events = POLLIN };

	EXPECT_EQ(poll(&poller, 1, 300), 0);
	deny(self->file);
	EXPECT_EQ(poll(&poller, 1, 10000), 1);
	EXPECT_EQ(poller.revents, POLLIN);
}

TEST_F(events, offset_is_the_number_of_an_event)
{
	off_t end = lseek(self->fd, 0, SEEK_CUR);
	char wanted[64];

	deny(self->file);
	deny(self->file);
	read_until(self->fd, self->text, "\n");
	EXPECT_GE(lseek(self->fd, 0, SEEK_CUR), end + 1);
	EXPECT_EQ(lseek(self->fd, end, SEEK_SET), end);
	read_until(self->fd, self->text, "\n");
	snprintf(wanted, sizeof(wanted), "v=1 seq=%lld ", (long long)end);
	EXPECT_EQ(strncmp(self->text, wanted, strlen(wanted)), 0);
	EXPECT_EQ(lseek(self->fd, -1, SEEK_SET), -1);
	EXPECT_EQ(errno, EINVAL);
	EXPECT_EQ(lseek(self->fd, 1, SEEK_CUR), -1);
	EXPECT_EQ(lseek(self->fd, -1, SEEK_END), -1);
	EXPECT_EQ(lseek(self->fd, 0, SEEK_DATA), -1);
	EXPECT_EQ(pread(self->fd, wanted, sizeof(wanted), 0), -1);
	EXPECT_EQ(errno, ESPIPE);
	EXPECT_EQ(open(EVENTS, O_WRONLY), -1);
	/* Beyond the last event there is nothing, and nothing breaks. */
	lseek(self->fd, 1LL << 60, SEEK_SET);
	EXPECT_EQ(read(self->fd, wanted, sizeof(wanted)), -1);
	EXPECT_EQ(errno, EAGAIN);
}

/* More lines than are kept, read by who did not read for long. */
TEST_F(events, slow_reader_is_told_how_many_it_lost)
{
	unsigned long long seq, expected, lost = 0, told = 0;
	char *line, *rest;
	int i;

	util_write("/sys/module/shield/parameters/ratelimit_burst", "10000");
	expected = lseek(self->fd, 0, SEEK_CUR);
	for (i = 0; i < 3000; i++)
		deny(self->file);
	util_sleep_ms(2000);
	read_until(self->fd, self->text, "never");
	for (line = strtok_r(self->text, "\n", &rest); line;
	     line = strtok_r(NULL, "\n", &rest)) {
		unsigned long long count;

		if (sscanf(line, "v=1 seq=%llu kind=lost count=%llu", &seq,
			   &count) == 2) {
			lost += count;
			EXPECT_EQ(seq, expected + count - 1);
		} else if (sscanf(line, "v=1 seq=%llu", &seq) == 1) {
			told++;
		}
		if (seq + 1 < expected)
			NOTE("numbers go back at: %s", line);
		expected = seq + 1;
	}
	EXPECT_EQ(told + lost, 3000);
	EXPECT_GT(lost, 1000);
	EXPECT_GT(told, 300);
}

static int wait_for_end(const char *how)
{
	struct pollfd poller = { .events = POLLIN };
	struct epoll_event event = { .events = EPOLLIN };
	char text[4096];
	int fd = open(EVENTS, O_RDONLY), all = epoll_create1(0);

	lseek(fd, 0, SEEK_END);
	poller.fd = fd;
	if (!strcmp(how, "poll"))
		poll(&poller, 1, 60000);
	if (!strcmp(how, "epoll")) {
		epoll_ctl(all, EPOLL_CTL_ADD, fd, &event);
		epoll_wait(all, &event, 1, 60000);
	}
	if (read(fd, text, sizeof(text)) || read(fd, text, sizeof(text)))
		return 1;
	lseek(fd, 0, SEEK_SET);
	epoll_ctl(all, EPOLL_CTL_DEL, fd, NULL);
	close(all);
	close(fd);
	return 0;
}

TEST_F(events, unloading_ends_every_reader)
{
	static const char *const ways[] = { "read", "poll", "epoll" };
	struct epoll_event event = { .events = EPOLLIN };
	int all = epoll_create1(0);
	pid_t pids[3];
	char byte;
	int i;

	/* Idle, in the middle of a line, with an entry in our wait queue. */
	epoll_ctl(all, EPOLL_CTL_ADD, self->fd, &event);
	deny(self->file);
	util_sleep_ms(500);
	EXPECT_EQ(read(self->fd, &byte, 1), 1);
	for (i = 0; i < 3; i++) {
		pids[i] = fork();
		if (!pids[i])
			_exit(wait_for_end(ways[i]));
	}
	util_sleep_ms(1000);
	EXPECT_EQ(util_sh("rmmod shield"), 0);
	EXPECT_FALSE(util_exists("/sys/module/shield"));
	for (i = 0; i < 3; i++)
		EXPECT_EQ(util_wait(pids[i]), 0);
	EXPECT_EQ(read(self->fd, &byte, 1), 0);
	/* The history of one load is no history of the next. */
	shield_insert("policy=none");
	EXPECT_EQ(read(self->fd, &byte, 1), 0);
	close(all);
}

TEST_F(events, reader_that_is_killed_harms_nothing)
{
	pid_t pid;
	int i;

	for (i = 0; i < 20; i++) {
		pid = fork();
		if (!pid)
			_exit(wait_for_end(i % 2 ? "poll" : "epoll"));
		util_sleep_ms(20);
		deny(self->file);
		kill(pid, SIGKILL);
		waitpid(pid, NULL, 0);
	}
	go_to_end(self->fd);
	util_sh("rmmod shield && modprobe shield policy=none");
	shield_rules("protect %s deny modify\n", self->file);
	close(self->fd);
	self->fd = events_open();
	deny(self->file);
	read_until(self->fd, self->text, "kind=denied");
	EXPECT_TRUE(strstr(self->text, "kind=denied"));
}

TEST_F(events, reader_that_stalls_holds_nobody_up)
{
	int other = events_open();
	char byte;
	int i;

	deny(self->file);
	util_sleep_ms(300);
	EXPECT_EQ(read(other, &byte, 1), 1);
	for (i = 0; i < 100; i++)
		deny(self->file);
	read_until(self->fd, self->text, "kind=denied");
	EXPECT_TRUE(strstr(self->text, "kind=denied"));
	close(other);
}

static int open_in_new_processes(void)
{
	pid_t pid;

	if (unshare(CLONE_NEWPID))
		return 2;
	pid = fork();
	if (!pid)
		_exit(events_open() >= 0 || errno != EPERM);
	return util_wait(pid);
}

static int open_without_syslog(void)
{
	struct __user_cap_header_struct header = {
		.version = _LINUX_CAPABILITY_VERSION_3,
	};
	struct __user_cap_data_struct data[2] = {};

	/* Everything of the first word, which is not syslog's. */
	data[0].effective = ~0U;
	data[0].permitted = ~0U;
	if (syscall(SYS_capset, &header, data))
		return 2;
	return events_open() >= 0 || errno != EPERM;
}

/* Root of a container is nobody outside of it, whatever he may do inside. */
TEST_F(events, nothing_is_seen_from_a_user_namespace)
{
	static const char *const files[] = { "events", "stats", "policy" };
	size_t i;

	EXPECT_EQ(util_sh("unshare -Urpfm --mount-proc true"), 0);
	for (i = 0; i < sizeof(files) / sizeof(*files); i++)
		EXPECT_NE(
			util_sh("unshare -Urpfm --mount-proc cat /sys/kernel/security/shield/%s",
				files[i]),
			0);
	EXPECT_EQ(
		util_sh("unshare -Urpfm --mount-proc dmesg -c 2>&1 | grep -q 'not permitted'"),
		0);
}

TEST_F(events, nothing_is_seen_from_a_container)
{
	pid_t pid = fork();

	if (!pid)
		_exit(open_in_new_processes());
	EXPECT_EQ(util_wait(pid), 0);
	pid = fork();
	if (!pid)
		_exit(open_without_syslog());
	EXPECT_EQ(util_wait(pid), 0);
	EXPECT_EQ(util_sh("setpriv --reuid 65534 --clear-groups cat " EVENTS
			  " 2>&1 | grep -q 'Permission denied'"),
		  0);
	EXPECT_EQ(
		util_sh("unshare -pf cat /sys/kernel/security/shield/stats 2>&1 | grep -q 'not permitted'"),
		0);
}

int main(int argc, char **argv)
{
	util_begin();
	return harness_run(argc, argv);
}
