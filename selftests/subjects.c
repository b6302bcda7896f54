// SPDX-License-Identifier: GPL-2.0-only
/* Who is trusted: whoever runs the program's own file, undisturbed. */
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
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

/* Something that a task does to itself before it executes the program. */
FIXTURE(before_exec)
{
	char *dir;
};

FIXTURE_VARIANT(before_exec)
{
	int (*prepare)(void);
	const char *program;
	/* With and without `namespace any`. */
	int anywhere;
	int at_home;
};

static int nothing(void)
{
	return 0;
}

static int new_mount_namespace(void)
{
	return unshare(CLONE_NEWNS);
}

static int change_root(void)
{
	return chroot(util_work);
}

static int filter_calls(void)
{
	struct sock_filter allow = BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
	struct sock_fprog program = { 1, &allow };

	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

/* The tracer lives on and lets everything pass. */
static int be_traced(void)
{
	int status;
	pid_t pid;

	pid = fork();
	if (!pid)
		return ptrace(PTRACE_TRACEME, 0, NULL, NULL);
	while (waitpid(pid, &status, 0) == pid && WIFSTOPPED(status))
		ptrace(PTRACE_CONT, pid, NULL, NULL);
	_exit(WIFEXITED(status) ? WEXITSTATUS(status) : 128);
}

static int wait_for_end(void *context)
{
	(void)context;
	return pause();
}

/* A peer could chroot() it, or change its working directory, at any time. */
static int share_root(void)
{
	static char stack[65536];

	return clone(wait_for_end, stack + sizeof(stack), CLONE_FS | SIGCHLD,
		     NULL) < 0 ?
		       -1 :
		       0;
}

FIXTURE_VARIANT_ADD(before_exec, nothing){
	.prepare = nothing,
};
FIXTURE_VARIANT_ADD(before_exec, new_mount_namespace){
	.prepare = new_mount_namespace,
	.at_home = EACCES,
};
FIXTURE_VARIANT_ADD(before_exec, change_root){
	.prepare = change_root,
	.at_home = EACCES,
};
FIXTURE_VARIANT_ADD(before_exec, filter_calls){
	.prepare = filter_calls,
	.at_home = EACCES,
};
FIXTURE_VARIANT_ADD(before_exec, be_traced){
	.prepare = be_traced,
	.at_home = EACCES,
	.anywhere = EACCES,
};
FIXTURE_VARIANT_ADD(before_exec, share_root){
	.prepare = share_root,
	.at_home = EACCES,
	.anywhere = EACCES,
};

FIXTURE_SETUP(before_exec)
{
	self->dir = fresh();
}

FIXTURE_TEARDOWN(before_exec)
{
	shield_no_rules();
}

static int act_prepared(const struct before_exec_variant *variant,
			const char *dir)
{
	bool inside = variant->prepare == change_root;
	const char *from = inside ? "" : util_work;
	char program[256], place[256];
	pid_t pid = fork();

	if (pid)
		return util_wait(pid);
	snprintf(program, sizeof(program), "%s/trusted", from);
	snprintf(place, sizeof(place), "%s%s", from, dir + strlen(util_work));
	if (variant->prepare())
		_exit(126);
	execl(program, "trusted", "--act", "open_write", place, NULL);
	_exit(127);
}

TEST_F(before_exec, decides_whether_the_program_is_trusted)
{
	char *text;

	EXPECT_EQ(act_prepared(variant, self->dir), variant->at_home);
	if (asprintf(&text,
		     "shield 1\nprogram trusted %s/trusted namespace any\n" PROTECT
		     "\n",
		     util_work, self->dir) < 0)
		abort();
	ASSERT_EQ(shield_write(text, strlen(text), NULL, 0), 0);
	EXPECT_EQ(act_prepared(variant, self->dir), variant->anywhere);
}

TEST(trusted_program_runs_in_secure_mode)
{
	char *dir = fresh();

	EXPECT_EQ(trusted("is_secure", dir), 0);
	EXPECT_EQ(untrusted("is_secure", dir), ENODATA);
	shield_no_rules();
}

/* The library leaves a file where it was loaded. */
TEST(passwd_does_not_load_a_library_that_its_caller_names)
{
	char *marker = util_path("marker"), dir[256] = "";

	if (readlink("/proc/self/exe", dir, sizeof(dir) - 1) < 0 ||
	    !strrchr(dir, '/'))
		abort();
	*strrchr(dir, '/') = '\0';
	setenv("SHIELD_MARKER", marker, 1);
	shield_remove();
	util_must("LD_PRELOAD=%s/preload.so passwd -S root", dir);
	EXPECT_TRUE(util_exists(marker));
	unlink(marker);
	shield_insert("policy=default");
	util_must("LD_PRELOAD=%s/preload.so passwd -S root", dir);
	EXPECT_FALSE(util_exists(marker));
	util_must("LD_PRELOAD=%s/preload.so /bin/true", dir);
	EXPECT_TRUE(util_exists(marker));
	shield_remove();
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
