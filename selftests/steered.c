// SPDX-License-Identifier: GPL-2.0-only
/*
 * A trusted program that somebody has prepared the ground for: what a task, or
 * another that holds on to it, arranges before it executes the program.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "act.h"
#include "harness.h"
#include "shield.h"
#include "site.h"
#include "util.h"

#define PROTECT "protect %s/victim deny modify except trusted"

FIXTURE(before_exec)
{
	char *dir;
};

FIXTURE_VARIANT(before_exec)
{
	int (*prepare)(void);
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

/* Returns the listener, if @flags ask for one. */
static int filter(unsigned int action, unsigned int flags)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
			 offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_acct, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, action),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = { 4, code };

	return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, &program);
}

static int filter_calls(void)
{
	return filter(SECCOMP_RET_ALLOW, 0);
}

/* Who holds the listener answers calls, and puts descriptors in. */
static int answer_calls(void)
{
	return filter(SECCOMP_RET_USER_NOTIF,
		      SECCOMP_FILTER_FLAG_NEW_LISTENER) < 0 ?
		       -1 :
		       0;
}

/* The tracer lives on and lets everything pass. */
static void trace(pid_t pid)
{
	int status;

	while (waitpid(pid, &status, 0) == pid && WIFSTOPPED(status))
		ptrace(PTRACE_CONT, pid, NULL, NULL);
	_exit(WIFEXITED(status) ? WEXITSTATUS(status) : 128);
}

static int be_traced(void)
{
	pid_t pid = fork();

	if (pid)
		trace(pid);
	return ptrace(PTRACE_TRACEME, 0, NULL, NULL);
}

static int be_attached(long how)
{
	pid_t pid = fork();

	if (!pid)
		return raise(SIGSTOP);
	waitpid(pid, NULL, WUNTRACED);
	if (ptrace(how, pid, NULL, NULL))
		_exit(126);
	kill(pid, SIGCONT);
	trace(pid);
	return -1;
}

static int be_attached_to(void)
{
	return be_attached(PTRACE_ATTACH);
}

static int be_seized(void)
{
	return be_attached(PTRACE_SEIZE);
}

static int wait_for_end(void *context)
{
	(void)context;
	return pause();
}

static int share(int flags)
{
	static char stack[65536];

	return clone(wait_for_end, stack + sizeof(stack), flags | SIGCHLD,
		     NULL) < 0 ?
		       -1 :
		       0;
}

/* A peer could chroot() it, or change its working directory, at any time. */
static int share_root(void)
{
	return share(CLONE_FS);
}

/* Exec ends these two by itself. */
static int share_memory(void)
{
	return share(CLONE_VM);
}

static int share_descriptors(void)
{
	return share(CLONE_FILES);
}

/* As posix_spawn() does. */
static int vfork_it(void)
{
	int status;
	pid_t pid = syscall(SYS_clone, CLONE_VFORK | SIGCHLD, 0, 0, 0, 0);

	if (!pid)
		return 0;
	waitpid(pid, &status, 0);
	_exit(WIFEXITED(status) ? WEXITSTATUS(status) : 128);
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
FIXTURE_VARIANT_ADD(before_exec, answer_calls){
	.prepare = answer_calls,
	.at_home = EACCES,
};
FIXTURE_VARIANT_ADD(before_exec, be_traced){
	.prepare = be_traced,
	.at_home = EACCES,
	.anywhere = EACCES,
};
FIXTURE_VARIANT_ADD(before_exec, be_attached_to){
	.prepare = be_attached_to,
	.at_home = EACCES,
	.anywhere = EACCES,
};
FIXTURE_VARIANT_ADD(before_exec, be_seized){
	.prepare = be_seized,
	.at_home = EACCES,
	.anywhere = EACCES,
};
FIXTURE_VARIANT_ADD(before_exec, share_root){
	.prepare = share_root,
	.at_home = EACCES,
	.anywhere = EACCES,
};
FIXTURE_VARIANT_ADD(before_exec, share_memory){
	.prepare = share_memory,
};
FIXTURE_VARIANT_ADD(before_exec, share_descriptors){
	.prepare = share_descriptors,
};
FIXTURE_VARIANT_ADD(before_exec, vfork_it){
	.prepare = vfork_it,
};

FIXTURE_SETUP(before_exec)
{
	shield_no_rules();
	self->dir = site_make(EXT4, VICTIM_FILE);
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

	EXPECT_EQ(act_prepared(variant, self->dir), 0);
	shield_rules(PROTECT, self->dir);
	EXPECT_EQ(act_prepared(variant, self->dir), variant->at_home);
	if (asprintf(&text,
		     "shield 1\nprogram trusted %s/trusted namespace any\n" PROTECT
		     "\n",
		     util_work, self->dir) < 0)
		abort();
	ASSERT_EQ(shield_write(text, strlen(text), NULL, 0), 0);
	EXPECT_EQ(act_prepared(variant, self->dir), variant->anywhere);
}

static int open_when_told(void *dir)
{
	char name[256];

	snprintf(name, sizeof(name), "%s/room/go", (const char *)dir);
	while (access(name, F_OK))
		util_sleep_ms(20);
	snprintf(name, sizeof(name), "%s/victim", (const char *)dir);
	return open(name, O_WRONLY) < 0 ? errno : 0;
}

static bool runs_trusted(void *pid)
{
	char name[64], program[256] = "";

	snprintf(name, sizeof(name), "/proc/%d/exe", *(int *)pid);
	return readlink(name, program, sizeof(program) - 1) > 0 &&
	       strstr(program, "/trusted");
}

/* It shared memory and descriptors with the task that executed the program. */
TEST(peer_from_before_exec_gains_nothing)
{
	static char stack[65536];
	char *dir = site_make(EXT4, VICTIM_FILE), *go;
	pid_t program, peer;
	int ends[2];

	shield_rules(PROTECT, dir);
	go = util_path("ext4/site/room/go");
	ASSERT_EQ(pipe(ends), 0);
	program = fork();
	if (!program) {
		peer = clone(open_when_told, stack + sizeof(stack),
			     CLONE_VM | CLONE_FILES | CLONE_PARENT | SIGCHLD,
			     dir);
		if (write(ends[1], &peer, sizeof(peer)) != sizeof(peer))
			_exit(126);
		execl(util_path("trusted"), "trusted", "--act",
		      "open_after_signal", dir, NULL);
		_exit(127);
	}
	ASSERT_EQ(read(ends[0], &peer, sizeof(peer)), (int)sizeof(peer));
	ASSERT_TRUE(util_becomes(runs_trusted, &program, 5000));
	ASSERT_EQ(util_write(go, ""), 0);
	EXPECT_EQ(util_wait(program), 0);
	EXPECT_EQ(util_wait(peer), EACCES);
	shield_no_rules();
}

TEST(trusted_program_gets_no_tracer_by_asking_for_one)
{
	char *dir = site_make(EXT4, VICTIM_FILE);

	shield_rules(PROTECT, dir);
	EXPECT_EQ(untrusted("ask_to_be_traced", dir), 0);
	EXPECT_EQ(trusted("ask_to_be_traced", dir), EACCES);
	shield_no_rules();
}

int main(int argc, char **argv)
{
	act_main(argc, argv);
	util_begin();
	return harness_run(argc, argv);
}
