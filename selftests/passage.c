// SPDX-License-Identifier: GPL-2.0-only
/*
 * A policy takes the place of another while a trusted program puts a file into
 * place: the file was let in under the old policy and arrives under the new one,
 * which nobody asked. It is protected as if it had been there, and who had opened
 * it before cannot write it.
 *
 * A rename is held up between our hook and its end by the lock of the file that
 * it moves, which a direct read has while it waits for the page that it reads to.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "act.h"
#include "earlier.h"
#include "harness.h"
#include "shield.h"
#include "util.h"

#define PAGE 4096

struct read {
	const char *path;
	void *page;
};

static void *read_into(void *context)
{
	const struct read *task = context;
	int fd = open(task->path, O_RDONLY | O_DIRECT);

	if (read(fd, task->page, PAGE) < 0)
		_exit(1);
	return NULL;
}

/* The file @path is locked until this process is killed. */
static void lock(void *path)
{
	struct uffdio_api api = { .api = UFFD_API };
	struct uffdio_register range = { .mode = UFFDIO_REGISTER_MODE_MISSING };
	struct read task = { .path = path };
	struct pollfd fault = { .events = POLLIN };
	pthread_t reader;

	fault.fd = syscall(SYS_userfaultfd, O_CLOEXEC | O_NONBLOCK);
	task.page = mmap(NULL, PAGE, PROT_READ | PROT_WRITE,
			 MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	range.range.start = (unsigned long)task.page;
	range.range.len = PAGE;
	if (ioctl(fault.fd, UFFDIO_API, &api) ||
	    ioctl(fault.fd, UFFDIO_REGISTER, &range) ||
	    pthread_create(&reader, NULL, read_into, &task) ||
	    poll(&fault, 1, -1) != 1)
		_exit(1);
}

/**
 * struct waiting - a process that is to wait in the kernel for a lock
 * @pid: process
 * @where: a function that it is in then, of those that /proc tells
 */
struct waiting {
	pid_t pid;
	const char *where;
};

/* The text of a file of the process, "" if it has none; malloc()ed. */
static char *read_of(const struct waiting *waiting, const char *file)
{
	char *name, *text;

	if (asprintf(&name, "/proc/%d/%s", waiting->pid, file) < 0)
		abort();
	text = util_read(name);
	free(name);
	return text ? text : strdup("");
}

static bool has(const struct waiting *waiting, const char *file,
		const char *what)
{
	char *text = read_of(waiting, file);
	bool result = strstr(text, what);

	free(text);
	return result;
}

static bool is_waiting(void *context)
{
	const struct waiting *waiting = context;

	return has(waiting, "stat", ") D ") &&
	       has(waiting, "stack", waiting->where);
}

static bool is_waiting_or_gone(void *context)
{
	return has(context, "stat", ") Z ") || is_waiting(context);
}

struct more {
	const char *key;
	long long than;
};

static bool is_more(void *context)
{
	const struct more *more = context;

	return shield_status(more->key) > more->than;
}

FIXTURE(passage)
{
	pid_t file;
	pid_t gate;
	pid_t in_gate;
	int fd;
};

/**
 * struct passage_variant - what arrives where
 * @victim: of the site
 * @rule: what protects it, in the site
 * @from: what is moved
 * @act: by which the trusted program moves it
 * @to: where it is then
 * @is_path: the rule names the path of the file itself
 * @is_deep: it arrives in a directory that the rule does not name
 * @fs: on which file system
 */
FIXTURE_VARIANT(passage)
{
	enum site_victim victim;
	const char *rule;
	const char *from;
	const char *act;
	const char *to;
	bool is_path;
	bool is_deep;
	enum site_fs fs;
};

FIXTURE_VARIANT_ADD(passage, ext4_path){
	.victim = VICTIM_FILE,
	.rule = "victim",
	.from = "other",
	.act = "rename_over",
	.to = "victim",
	.is_path = true,
	.fs = EXT4,
};
FIXTURE_VARIANT_ADD(passage, xfs_path_exchanged){
	.victim = VICTIM_FILE,
	.rule = "victim",
	.from = "other",
	.act = "exchange_other_with",
	.to = "victim",
	.is_path = true,
	.fs = XFS,
};
FIXTURE_VARIANT_ADD(passage, ext4_prefix){
	.victim = VICTIM_FILE,
	.rule = "vict prefix",
	.from = "other",
	.act = "rename_over",
	.to = "victim",
	.fs = EXT4,
};
FIXTURE_VARIANT_ADD(passage, xfs_tree){
	.victim = VICTIM_DIRECTORY,
	.rule = "victim recursive",
	.from = "room/new",
	.act = "rename_deep_in",
	.to = "victim/cave/new",
	.is_deep = true,
	.fs = XFS,
};
FIXTURE_VARIANT_ADD(passage, ext4_tree){
	.victim = VICTIM_DIRECTORY,
	.rule = "victim recursive",
	.from = "room/new",
	.act = "rename_deep_in",
	.to = "victim/cave/new",
	.is_deep = true,
	.fs = EXT4,
};

#define RULE "protect %s/%s deny modify except trusted\n"

/*
 * The rule of a file in a directory that is being changed: a load waits there
 * until that is done, after it has looked at the rules before.
 */
static void close_gate(struct passage_self *self)
{
	struct waiting waiting = { .where = "vfs_rename" };

	util_must("rm -rf %s/gate && mkdir %s/gate && echo x >%s/gate/a",
		  util_work, util_work, util_work);
	sync();
	self->gate = start(lock, util_path("gate/a"));
	waiting.pid = fork();
	if (!waiting.pid)
		_exit(rename(util_path("gate/a"), util_path("gate/b")));
	ASSERT_TRUE(util_becomes(is_waiting, &waiting, PATIENCE_MS));
	self->in_gate = waiting.pid;
}

static void open_gate(struct passage_self *self)
{
	stop(self->gate);
	EXPECT_EQ(util_wait(self->in_gate), 0);
}

FIXTURE_SETUP(passage)
{
	fresh(variant->fs, variant->victim);
	if (!util_exists(variant->from))
		ASSERT_EQ(util_write(variant->from, "the other's text\n"), 0);
	ASSERT_EQ(link(variant->from, "older"), 0);
	sync();
	self->fd = open(variant->from, O_WRONLY);
	ASSERT_GE(self->fd, 0);
	close_gate(self);
	self->file = start(lock, (void *)variant->from);
}

FIXTURE_TEARDOWN(passage)
{
	leave();
}

/* Under the policy before, and as far as where it waits for the file. */
static pid_t move(const struct passage_variant *variant)
{
	struct more one = { "objects", shield_status("objects") };
	pid_t pid = fork();

	if (!pid)
		_exit(trusted(variant->act, here()));
	ASSERT_TRUE(util_becomes(is_more, &one, PATIENCE_MS));
	return pid;
}

static void load(const struct passage_variant *variant)
{
	shield_rules(RULE RULE, here(), variant->rule, util_work, "gate/file");
	_exit(harness_failed);
}

TEST_F(passage, of_a_file_from_one_policy_to_the_next_is_none_of_its_holders)
{
	struct waiting loader = { .where = "shield_resolve" };
	struct more one = { "rules" };
	pid_t mover;

	shield_rules(RULE, here(), variant->rule);
	one.than = shield_status("rules");
	loader.pid = fork();
	if (!loader.pid)
		load(variant);
	ASSERT_TRUE(util_becomes(is_waiting, &loader, PATIENCE_MS));
	mover = move(variant);
	EXPECT_EQ(errno_of(open("older", O_WRONLY)), EACCES);
	open_gate(self);
	ASSERT_TRUE(util_becomes(is_more, &one, PATIENCE_MS));
	if (variant->is_deep)
		loader.where = "shield_superblock_outwait_renames";
	ASSERT_TRUE(util_becomes(is_waiting_or_gone, &loader, PATIENCE_MS));
	EXPECT_TRUE(!util_exists(variant->to) ||
		    !strcmp(variant->to, "victim"));
	stop(self->file);
	EXPECT_EQ(util_wait(mover), 0);
	EXPECT_EQ(util_wait(loader.pid), 0);
	EXPECT_EQ(attack(self->fd), EACCES);
	if (variant->is_path)
		EXPECT_EQ(errno_of(open("older", O_WRONLY)), EACCES);
	EXPECT_EQ(errno_of(open(variant->to, O_WRONLY)), EACCES);
	EXPECT_EQ(errno_of(open(variant->to, O_RDONLY)), 0);
	EXPECT_EQ(trusted(variant->victim == VICTIM_FILE ? "open_write" :
							   "write_inside",
			  here()),
		  0);
}

int main(int argc, char **argv)
{
	act_main(argc, argv);
	util_begin();
	return harness_run(argc, argv);
}
