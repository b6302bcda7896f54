// SPDX-License-Identifier: GPL-2.0-only
/* Who is trusted: whoever runs the program's own file, undisturbed. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "act.h"
#include "harness.h"
#include "shield.h"
#include "site.h"
#include "util.h"

#define PROTECT "protect %s/victim deny modify except trusted"

/* A program file for those who are not trusted, and the file to attack. */
static char *fresh(void)
{
	char *dir, *copy = util_path("copy");

	shield_no_rules();
	if (!util_exists(copy))
		ASSERT_EQ(util_copy("/proc/self/exe", copy, 0755), 0);
	dir = site_make(EXT4, VICTIM_FILE);
	shield_rules(PROTECT, dir);
	return dir;
}

FIXTURE(subject)
{
	char *dir;
};

FIXTURE_VARIANT(subject)
{
	const char *act;
	/* For the trusted; the untrusted get EACCES. */
	int result;
};

FIXTURE_VARIANT_ADD(subject, itself){ "open_write", 0 };
FIXTURE_VARIANT_ADD(subject, child){ "open_in_child", 0 };
FIXTURE_VARIANT_ADD(subject, grandchild){ "open_in_grandchild", 0 };
FIXTURE_VARIANT_ADD(subject, thread){ "open_in_thread", 0 };
FIXTURE_VARIANT_ADD(subject, program_it_executes){ "open_after_exec", EACCES };
FIXTURE_VARIANT_ADD(subject,
		    program_its_vfork_child_executes){ "open_after_vfork",
						       EACCES };

FIXTURE_SETUP(subject)
{
	self->dir = fresh();
}

FIXTURE_TEARDOWN(subject)
{
	shield_no_rules();
}

TEST_F(subject, has_the_trust_that_the_program_gives)
{
	EXPECT_EQ(trusted(variant->act, self->dir), variant->result);
	EXPECT_EQ(untrusted(variant->act, self->dir), EACCES);
}

TEST(trusted_program_runs_in_secure_mode)
{
	char *dir = fresh();

	EXPECT_EQ(trusted("is_secure", dir), 0);
	EXPECT_EQ(untrusted("is_secure", dir), ENODATA);
	shield_no_rules();
}

TEST(copy_of_the_program_is_not_trusted)
{
	char *dir = fresh();

	EXPECT_EQ(act_by(util_path("copy"), act_find("open_write"), dir),
		  EACCES);
	EXPECT_EQ(trusted("open_write", dir), 0);
	shield_no_rules();
}

TEST(file_of_the_program_is_protected)
{
	char *program, *copy, *before;

	fresh();
	program = util_path("trusted");
	copy = util_path("copy");
	before = util_read(program);
	EXPECT_EQ(rename(copy, program) ? errno : 0, EACCES);
	EXPECT_EQ(unlink(program) ? errno : 0, EACCES);
	EXPECT_EQ(link(program, util_path("link")) ? errno : 0, EACCES);
	EXPECT_EQ(open(program, O_WRONLY) < 0 ? errno : 0, EACCES);
	EXPECT_EQ(chmod(program, 0777) ? errno : 0, EACCES);
	EXPECT_EQ(mount(copy, program, NULL, MS_BIND, NULL) ? errno : 0,
		  EACCES);
	EXPECT_STREQ(before, util_read(program));
	shield_no_rules();
}

/* Started when nobody had named its file; or the name was taken away. */
TEST(program_is_trusted_by_the_policy_in_force_at_exec_and_at_the_act)
{
	char *dir = fresh(), *go;
	pid_t pid;

	go = util_path("ext4/site/room/go");
	shield_remove();
	pid = fork();
	if (!pid)
		_exit(trusted("open_after_signal", dir));
	util_sleep_ms(200);
	shield_rules(PROTECT, dir);
	ASSERT_EQ(util_write(go, ""), 0);
	EXPECT_EQ(util_wait(pid), EACCES);
	ASSERT_EQ(unlink(go), 0);

	pid = fork();
	if (!pid)
		_exit(trusted("open_after_signal", dir));
	util_sleep_ms(200);
	shield_rules("program others /usr/bin/passwd\n"
		     "protect %s/victim deny modify except others",
		     dir);
	ASSERT_EQ(util_write(go, ""), 0);
	EXPECT_EQ(util_wait(pid), EACCES);
	shield_no_rules();
}

TEST(recycled_addresses_of_trusted_tasks_carry_no_trust)
{
	unsigned int i, denied = 0, rounds = 1500;
	char *dir = fresh();
	pid_t storm, pid;
	int fd;

	ASSERT_EQ(chdir(dir), 0);
	storm = fork();
	if (!storm)
		_exit(trusted("fork_many", dir));
	for (i = 0; i < rounds; i++) {
		pid = fork();
		if (!pid) {
			fd = open("victim", O_WRONLY);
			_exit(fd < 0 ? errno : 0);
		}
		denied += util_wait(pid) == EACCES;
	}
	EXPECT_EQ(denied, rounds);
	EXPECT_EQ(util_wait(storm), 0);
	EXPECT_EQ(open("victim", O_WRONLY), -1);
	ASSERT_EQ(chdir("/"), 0);
	shield_no_rules();
}

/* What cannot be a program, and a word of the reason. */
FIXTURE(refused){};

FIXTURE_VARIANT(refused)
{
	const char *path;
	const char *reason;
};

FIXTURE_VARIANT_ADD(refused, shell){ "/bin/bash", "shell" };
FIXTURE_VARIANT_ADD(refused, symlink_to_shell){ "/bin/sh", "shell" };
FIXTURE_VARIANT_ADD(refused, interpreter){ "/usr/bin/perl", "interpreter" };
FIXTURE_VARIANT_ADD(refused, symlink_to_interpreter){ "/usr/bin/awk",
						      "interpreter" };
FIXTURE_VARIANT_ADD(refused, hidden_symlink){ "%s/harmless", "shell" };
FIXTURE_VARIANT_ADD(refused, script){ "%s/script", "script" };
FIXTURE_VARIANT_ADD(refused, directory){ "/usr/bin", "not a regular file" };
FIXTURE_VARIANT_ADD(refused, writable_by_all){ "%s/writable", "chmod" };

FIXTURE_SETUP(refused)
{
	util_must(
		"cd %s && ln -sf /bin/dash harmless && echo '#!/bin/sh' >script && chmod 755 script && cp /bin/true writable && chmod 777 writable",
		util_work);
	shield_no_rules();
}

FIXTURE_TEARDOWN(refused)
{
}

TEST_F(refused, as_a_program_with_the_reason)
{
	char path[256], *text, answer[512];
	long long generation = shield_status("generation");

	snprintf(path, sizeof(path), variant->path, util_work);
	if (asprintf(&text,
		     "shield 1\nprogram group %s\n"
		     "protect /etc/shadow deny write except group\n",
		     path) < 0)
		abort();
	EXPECT_EQ(shield_write(text, strlen(text), answer, sizeof(answer)),
		  -EINVAL);
	EXPECT_EQ(strncmp(answer, "2:15: ", 6), 0);
	EXPECT_NE(strstr(answer, variant->reason), NULL)
	{
		NOTE("    answer: %s", answer);
	}
	EXPECT_EQ(shield_status("generation"), generation);
}

int main(int argc, char **argv)
{
	act_main(argc, argv);
	util_begin();
	return harness_run(argc, argv);
}
