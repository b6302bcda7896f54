// SPDX-License-Identifier: GPL-2.0-only
/*
 * The file `policy`: whatever is written to it, there is always one whole
 * policy in force, and it says exactly what was wrong with another.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "act.h"
#include "harness.h"
#include "shield.h"
#include "site.h"
#include "util.h"

#define EMPTY "shield 1\nname empty\n"

static char *dir;

/* errno of an open for writing by this process, which nobody trusts. */
static int try_victim(void)
{
	int fd = open("victim", O_WRONLY | O_CLOEXEC);

	if (fd < 0)
		return errno;
	close(fd);
	return 0;
}

static void fresh(void)
{
	shield_no_rules();
	dir = site_make(EXT4, VICTIM_FILE);
	ASSERT_EQ(chdir(dir), 0);
	shield_rules("protect %s/victim deny modify except trusted", dir);
}

TEST(what_is_read_loads_again)
{
	char *text, *again, *odd;

	fresh();
	if (asprintf(
		    &odd,
		    "# comment\n\nprotect \"%s/a \\\"b\\\" \\043\\\\\" prefix deny write,attr allow attr to trusted",
		    dir) < 0)
		abort();
	shield_rules("%s", odd);
	text = util_read(SHIELD_POLICY);
	EXPECT_NE(strstr(text, odd), NULL);
	EXPECT_EQ(shield_write(text, strlen(text), NULL, 0), 0);
	again = util_read(SHIELD_POLICY);
	EXPECT_STREQ(text, again);
	shield_no_rules();
}

TEST(generation_counts_policies)
{
	long long generation;

	fresh();
	generation = shield_status("generation");
	shield_rules(" ");
	EXPECT_EQ(shield_status("generation"), generation + 1);
	shield_rules(" ");
	EXPECT_EQ(shield_status("generation"), generation + 2);
}

TEST(reader_keeps_its_text_until_close)
{
	char *before, seen[4096] = "";
	ssize_t got;
	int fd;

	fresh();
	before = util_read(SHIELD_POLICY);
	fd = open(SHIELD_POLICY, O_RDONLY);
	ASSERT_GE(fd, 0);
	got = read(fd, seen, 10);
	ASSERT_EQ(got, 10);
	shield_rules("protect /nowhere deny write");
	got = read(fd, seen + 10, sizeof(seen) - 11);
	ASSERT_GT(got, 0);
	EXPECT_STREQ(seen, before);
	close(fd);
	EXPECT_NE(strcmp(util_read(SHIELD_POLICY), before), 0);
	shield_no_rules();
}

TEST(policy_is_one_write_at_the_beginning)
{
	static const char text[] = EMPTY;
	int fd;

	fresh();
	fd = open(SHIELD_POLICY, O_RDWR);
	EXPECT_EQ(pwrite(fd, text, strlen(text), 1), -1);
	EXPECT_EQ(errno, EINVAL);
	EXPECT_EQ(write(fd, text, 4), -1);
	EXPECT_EQ(errno, EINVAL);
	EXPECT_EQ(try_victim(), EACCES);
	EXPECT_EQ(write(fd, text, strlen(text)), (long)strlen(text));
	EXPECT_EQ(try_victim(), 0);
	close(fd);
	shield_no_rules();
}

TEST(missing_path_is_accepted_with_a_notice)
{
	char answer[512];
	static const char text[] = "shield 1\n\n"
				   "protect /nowhere/at/all deny write\n"
				   "protect /etc/shadow deny write\n";

	fresh();
	EXPECT_EQ(shield_write(text, strlen(text), answer, sizeof(answer)), 0);
	EXPECT_EQ(strncmp(answer, "3:9: notice: /nowhere/at/all ", 29), 0)
	{
		NOTE("    answer: %s", answer);
	}
	EXPECT_EQ(strchr(answer, '\n') - answer, (long)strlen(answer) - 1);
	shield_no_rules();
}

/* Who may not write a policy, though root or as good as root. */
FIXTURE(writer){};

FIXTURE_VARIANT(writer)
{
	int (*become)(void);
	/* The file was opened before, by one who may. */
	bool opened_before;
};

static int without_capability(void)
{
	struct __user_cap_header_struct header = { _LINUX_CAPABILITY_VERSION_3,
						   0 };
	struct __user_cap_data_struct data[2];

	if (syscall(SYS_capget, &header, data))
		return -1;
	data[CAP_TO_INDEX(CAP_MAC_ADMIN)].effective &=
		~CAP_TO_MASK(CAP_MAC_ADMIN);
	return syscall(SYS_capset, &header, data);
}

static int nobody(void)
{
	return setresuid(65534, 65534, 65534);
}

static int root_of_a_user_namespace(void)
{
	if (unshare(CLONE_NEWUSER) ||
	    util_write("/proc/self/uid_map", "0 0 1\n"))
		return -1;
	return setresuid(0, 0, 0);
}

static int root_of_a_mount_namespace(void)
{
	return unshare(CLONE_NEWNS);
}

static int root_in_a_chroot(void)
{
	return chroot("/sys") || chdir("/");
}

FIXTURE_VARIANT_ADD(writer, without_capability){ without_capability };
FIXTURE_VARIANT_ADD(writer, without_capability_any_more){ without_capability,
							  true };
FIXTURE_VARIANT_ADD(writer, nobody_any_more){ nobody, true };
FIXTURE_VARIANT_ADD(writer,
		    root_of_a_user_namespace){ root_of_a_user_namespace };
FIXTURE_VARIANT_ADD(writer,
		    now_root_of_a_user_namespace){ root_of_a_user_namespace,
						   true };
FIXTURE_VARIANT_ADD(writer,
		    root_of_a_mount_namespace){ root_of_a_mount_namespace };
FIXTURE_VARIANT_ADD(writer,
		    now_root_of_a_mount_namespace){ root_of_a_mount_namespace,
						    true };
FIXTURE_VARIANT_ADD(writer, now_in_a_chroot){ root_in_a_chroot, true };

FIXTURE_SETUP(writer)
{
	fresh();
}

FIXTURE_TEARDOWN(writer)
{
	ASSERT_EQ(chdir("/"), 0);
	shield_no_rules();
}

static int write_as(const struct writer_variant *variant)
{
	int fd = -1;

	if (variant->opened_before)
		fd = open(SHIELD_POLICY, O_RDWR);
	if (variant->become && variant->become())
		return 126;
	if (fd < 0)
		fd = open(SHIELD_POLICY, O_RDWR);
	if (fd < 0)
		return errno;
	return write(fd, EMPTY, strlen(EMPTY)) < 0 ? errno : 0;
}

static int write_in_child(const struct writer_variant *variant)
{
	pid_t pid = fork();

	if (!pid)
		_exit(write_as(variant));
	return util_wait(pid);
}

TEST_F(writer, is_refused_and_the_administrator_is_not)
{
	static const struct writer_variant administrator = {};

	EXPECT_EQ(write_in_child(variant), EPERM);
	EXPECT_EQ(try_victim(), EACCES);
	EXPECT_EQ(write_in_child(&administrator), 0);
	EXPECT_EQ(try_victim(), 0);
}

TEST(others_cannot_even_open_it)
{
	pid_t pid;

	fresh();
	pid = fork();
	if (!pid) {
		if (nobody())
			_exit(126);
		_exit(open(SHIELD_POLICY, O_RDONLY) < 0 ? errno : 0);
	}
	EXPECT_EQ(util_wait(pid), EACCES);
	shield_no_rules();
}

#define ROUNDS 40

static pid_t write_often(const char *name)
{
	pid_t pid = fork();
	char *text;
	int i;

	if (pid)
		return pid;
	if (asprintf(&text,
		     "shield 1\nname %s\nprogram trusted %s/trusted\n"
		     "protect %s/victim deny modify except trusted\n",
		     name, util_work, dir) < 0)
		abort();
	for (i = 0; i < ROUNDS; i++)
		if (shield_write(text, strlen(text), NULL, 0))
			_exit(1);
	_exit(0);
}

TEST(concurrent_writers_and_an_attacker_find_one_whole_policy)
{
	unsigned int tries = 0, slipped = 0;
	long long generation;
	pid_t first, second;
	char *text;

	fresh();
	generation = shield_status("generation");
	first = write_often("first");
	second = write_often("second");
	while (shield_status("generation") < generation + 2 * ROUNDS &&
	       tries < 1000000) {
		slipped += try_victim() != EACCES;
		tries++;
	}
	EXPECT_EQ(util_wait(first), 0);
	EXPECT_EQ(util_wait(second), 0);
	NOTE("%u attacks during %d loads", tries, 2 * ROUNDS);
	EXPECT_EQ(slipped, 0);
	EXPECT_GT(tries, 100);
	EXPECT_EQ(shield_status("generation"), generation + 2 * ROUNDS);
	text = util_read(SHIELD_POLICY);
	EXPECT_TRUE(strstr(text, "name first\n") ||
		    strstr(text, "name second\n"));
	EXPECT_FALSE(strstr(text, "name first\n") &&
		     strstr(text, "name second\n"));
	shield_no_rules();
}

TEST(thousands_of_rules_load)
{
	char *text = NULL;
	size_t size;
	FILE *out;
	int i;

	fresh();
	out = open_memstream(&text, &size);
	fprintf(out, "shield 1\nprotect %s/victim deny modify\n", dir);
	for (i = 0; i < 2000; i++)
		fprintf(out, "protect %s/file.%d deny write\n", dir, i);
	fclose(out);
	EXPECT_EQ(shield_write(text, size, NULL, 0), 0);
	EXPECT_EQ(shield_status("rules"), 2001);
	EXPECT_EQ(try_victim(), EACCES);
	EXPECT_EQ(open("file.1999", O_WRONLY | O_CREAT, 0644), -1);
	EXPECT_EQ(errno, EACCES);
	shield_no_rules();
}

int main(int argc, char **argv)
{
	act_main(argc, argv);
	util_begin();
	return harness_run(argc, argv);
}
