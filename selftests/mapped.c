// SPDX-License-Identifier: GPL-2.0-only
/*
 * A shared mapping is written without asking anybody: while one is there that
 * should not be, the policy is refused, or who has it is stopped.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "act.h"
#include "earlier.h"
#include "harness.h"
#include "shield.h"
#include "util.h"

#define TEXT                                          \
	"shield 1\nname mapped\n"                     \
	"program trusted %s/trusted\n"                \
	"protect %s/anchor deny all except trusted\n" \
	"  protect %s/victim deny modify except trusted\n"

/* A policy that protects the victim of this directory; malloc()ed. */
static char *policy(void)
{
	char *text;

	if (asprintf(&text, TEXT, util_work, util_work, here()) < 0)
		abort();
	return text;
}

/* 0 or -errno; the kernel's words in @answer. */
static int load(char *answer, size_t room)
{
	char *text = policy();

	return shield_write(text, strlen(text), answer, room);
}

static bool is_in_force(void)
{
	return strstr(util_read(SHIELD_STATUS), "\npolicy: mapped\n");
}

/**
 * struct mapping - how somebody maps the victim
 * @open: flags of the open
 * @prot: of the mapping
 * @flags: of the mapping
 * @fd_too: keeps the descriptor, too
 */
struct mapping {
	int open;
	int prot;
	int flags;
	bool fd_too;
};

static void map(void *context)
{
	const struct mapping *mapping = context;
	int fd = open("victim", mapping->open);
	void *page = mmap(NULL, 4096, mapping->prot, mapping->flags, fd, 0);

	if (page == MAP_FAILED)
		_exit(1);
	if (!mapping->fd_too)
		close(fd);
}

FIXTURE(mapping)
{
	pid_t pid;
};

FIXTURE_VARIANT(mapping)
{
	enum site_fs fs;
	struct mapping mapping;
	bool is_harmless;
};

#define READ_WRITE (PROT_READ | PROT_WRITE)

FIXTURE_VARIANT_ADD(mapping,
		    ext4_shared){ EXT4,
				  { O_RDWR, READ_WRITE, MAP_SHARED, false },
				  false };
FIXTURE_VARIANT_ADD(mapping,
		    tmpfs_shared){ TMPFS,
				   { O_RDWR, READ_WRITE, MAP_SHARED, false },
				   false };
FIXTURE_VARIANT_ADD(mapping,
		    xfs_shared){ XFS,
				 { O_RDWR, READ_WRITE, MAP_SHARED, true },
				 false };
FIXTURE_VARIANT_ADD(mapping,
		    btrfs_shared){ BTRFS,
				   { O_RDWR, READ_WRITE, MAP_SHARED, true },
				   false };
/* Which mprotect() makes writable at any time. */
FIXTURE_VARIANT_ADD(mapping, ext4_for_reading_of_a_writer){
	EXT4,
	{ O_RDWR, PROT_READ, MAP_SHARED, false },
	false
};
FIXTURE_VARIANT_ADD(mapping, ext4_for_reading){ EXT4,
						{ O_RDONLY, PROT_READ,
						  MAP_SHARED, false },
						true };
FIXTURE_VARIANT_ADD(mapping,
		    ext4_private){ EXT4,
				   { O_RDWR, READ_WRITE, MAP_PRIVATE, false },
				   true };
FIXTURE_VARIANT_ADD(mapping,
		    tmpfs_private){ TMPFS,
				    { O_RDWR, READ_WRITE, MAP_PRIVATE, false },
				    true };

FIXTURE_SETUP(mapping)
{
	fresh(variant->fs, VICTIM_FILE);
	self->pid = start(map, (void *)&variant->mapping);
}

FIXTURE_TEARDOWN(mapping)
{
	leave();
}

TEST_F(mapping, decides_whether_the_policy_is_refused)
{
	char answer[1024], *wanted;
	int error = load(answer, sizeof(answer));

	if (variant->is_harmless) {
		EXPECT_EQ(error, 0);
		EXPECT_TRUE(is_in_force());
		EXPECT_EQ(shield_status("holders"), 0);
		return;
	}
	EXPECT_EQ(error, -EBUSY);
	ASSERT_GT(asprintf(&wanted, "5:11: process %d (mapped", self->pid), 0);
	EXPECT_EQ(strncmp(answer, wanted, strlen(wanted)), 0)
	{
		NOTE("%s\nis not what the kernel said:\n%s", wanted, answer);
	}
	EXPECT_NE(strstr(answer, "/victim"), NULL);
	EXPECT_FALSE(is_in_force());
	EXPECT_EQ(errno_of(open("victim", O_WRONLY)), 0);
	stop(self->pid);
	EXPECT_EQ(load(answer, sizeof(answer)), 0);
	EXPECT_TRUE(is_in_force());
	EXPECT_EQ(errno_of(open("victim", O_WRONLY)), EACCES);
}

/* The policy before is what it was, though the other was there for a moment. */
TEST_F(mapping, leaves_the_policy_before_in_force)
{
	long long armed, generation;
	char answer[1024];

	if (variant->is_harmless)
		return;
	shield_rules("protect %s/other deny modify except trusted", here());
	armed = shield_status("hooks");
	generation = shield_status("generation");
	EXPECT_EQ(load(answer, sizeof(answer)), -EBUSY);
	EXPECT_EQ(shield_status("generation"), generation);
	EXPECT_EQ(errno_of(open("other", O_WRONLY)), EACCES);
	EXPECT_EQ(errno_of(open("victim", O_WRONLY)), 0);
	EXPECT_EQ(trusted("replace_other", here()), 0);
	EXPECT_EQ(errno_of(open("other", O_WRONLY)), EACCES);
	EXPECT_EQ(shield_status("hooks"), armed);
	/* The other has its own number, also afterwards. */
	shield_rules("protect %s/other deny modify except trusted", here());
	EXPECT_EQ(shield_status("generation"), generation + 2);
}

TEST_F(mapping, ends_with_its_process_where_that_is_wished)
{
	char *path = util_path("evict.policy");
	int status;

	ASSERT_EQ(util_write(path, policy()), 0);
	if (!variant->is_harmless)
		EXPECT_NE(
			system("shieldctl load ../../evict.policy 2>/dev/null"),
			0);
	EXPECT_EQ(util_sh("shieldctl load --evict %s", path), 0);
	EXPECT_TRUE(is_in_force());
	EXPECT_EQ(waitpid(self->pid, &status, WNOHANG),
		  variant->is_harmless ? 0 : self->pid);
}

TEST(mappings_of_several_processes_end_with_them)
{
	static const struct mapping shared = { O_RDWR, READ_WRITE, MAP_SHARED,
					       true };
	char *path = util_path("evict.policy");
	pid_t pids[5];
	int i;

	fresh(EXT4, VICTIM_FILE);
	for (i = 0; i < 5; i++)
		pids[i] = start(map, (void *)&shared);
	ASSERT_EQ(util_write(path, policy()), 0);
	EXPECT_EQ(util_sh("shieldctl load --evict %s", path), 0);
	for (i = 0; i < 5; i++)
		EXPECT_EQ(waitpid(pids[i], NULL, WNOHANG), pids[i]);
	EXPECT_TRUE(is_in_force());
	leave();
}

TEST(nothing_is_refused_where_nothing_would_be_denied)
{
	static const struct mapping shared = { O_RDWR, READ_WRITE, MAP_SHARED,
					       false };
	char answer[1024];

	fresh(EXT4, VICTIM_FILE);
	start(map, (void *)&shared);
	ASSERT_EQ(util_write(SHIELD_PARAMETERS "enforce", "0"), 0);
	EXPECT_EQ(load(answer, sizeof(answer)), 0);
	EXPECT_EQ(shield_status("holders"), 1);
	ASSERT_EQ(util_write(SHIELD_PARAMETERS "enforce", "1"), 0);
	leave();
}

TEST(trusted_program_may_have_it_mapped)
{
	char answer[1024];
	pid_t pid;

	fresh(EXT4, VICTIM_FILE);
	ASSERT_EQ(load(answer, sizeof(answer)), 0);
	pid = fork();
	if (!pid)
		_exit(trusted("hold_mapped", here()));
	while (!util_exists("room/held"))
		util_sleep_ms(20);
	EXPECT_EQ(load(answer, sizeof(answer)), 0)
	{
		NOTE("%s", answer);
	}
	EXPECT_EQ(shield_status("holders"), 0);
	ASSERT_EQ(util_write("room/go", ""), 0);
	EXPECT_EQ(util_wait(pid), 0);
	leave();
}

static void map_shadow(void *unused)
{
	int fd = open("/etc/shadow", O_RDWR);

	(void)unused;
	if (mmap(NULL, 4096, READ_WRITE, MAP_SHARED, fd, 0) == MAP_FAILED)
		_exit(1);
}

TEST(built_in_policy_is_put_in_force_and_tells)
{
	char *status;
	pid_t pid;

	shield_remove();
	pid = start(map_shadow, NULL);
	shield_insert("");
	status = util_read(SHIELD_STATUS);
	EXPECT_NE(strstr(status, "\nenforcing: yes\n"), NULL);
	EXPECT_NE(strstr(status, "/etc/shadow by process "), NULL);
	EXPECT_NE(strstr(status, " (mapped), shared mapping\n"), NULL);
	EXPECT_EQ(
		util_sh("dmesg | grep -q 'shield: .*/etc/shadow.*process %d (mapped), shared mapping'",
			pid),
		0);
	EXPECT_EQ(errno_of(open("/etc/shadow", O_WRONLY)), EACCES);
	stop(pid);
	EXPECT_TRUE(util_becomes(is_let_go, NULL, PATIENCE_MS));
	shield_remove();
}

int main(int argc, char **argv)
{
	act_main(argc, argv);
	util_begin();
	return harness_run(argc, argv);
}
