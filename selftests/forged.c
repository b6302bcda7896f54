// SPDX-License-Identifier: GPL-2.0-only
/*
 * Trust that is forged: who looks like the program, and who was it once. And
 * what others make of the program's file and of its end.
 */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "act.h"
#include "harness.h"
#include "shield.h"
#include "site.h"
#include "util.h"

#define PROTECT "protect %s/victim deny modify except trusted"
#define SABOTEUR "/usr/lib/shield-lab/saboteur.ko"

/* What follows has the site as its working directory. */
static char *enter_site(void)
{
	char *dir = site_make(EXT4, VICTIM_FILE);

	ASSERT_EQ(chdir(dir), 0);
	return dir;
}

/* Anonymous memory takes the place of a part of the program that runs. */
static int leave_file(char *begin, size_t size, int protection)
{
	void *copy = mmap(NULL, size, PROT_READ | PROT_WRITE | PROT_EXEC,
			  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (copy == MAP_FAILED)
		return -1;
	memcpy(copy, begin, size);
	if (mremap(copy, size, size, MREMAP_MAYMOVE | MREMAP_FIXED, begin) !=
	    begin)
		return -1;
	return mprotect(begin, size, protection);
}

/* The kernel lets a program change its file once it is not mapped any more. */
static int leave_program(void)
{
	char self[256] = "", line[512], rights[5], name[256];
	FILE *maps = fopen("/proc/self/maps", "re");
	unsigned long begin[16], end[16];
	int protection[16], nr = 0, i;

	if (!maps || readlink("/proc/self/exe", self, sizeof(self) - 1) < 0)
		return -1;
	while (nr < 16 && fgets(line, sizeof(line), maps)) {
		if (sscanf(line, "%lx-%lx %4s %*s %*s %*s %255s", &begin[nr],
			   &end[nr], rights, name) != 4 ||
		    strcmp(name, self))
			continue;
		protection[nr++] = (rights[0] == 'r' ? PROT_READ : 0) |
				   (rights[1] == 'w' ? PROT_WRITE : 0) |
				   (rights[2] == 'x' ? PROT_EXEC : 0);
	}
	fclose(maps);
	for (i = 0; i < nr; i++)
		if (leave_file((char *)begin[i], end[i] - begin[i],
			       protection[i]))
			return -1;
	return 0;
}

/* 0 if what /proc says is that this runs @program. */
static int pretend(const char *program)
{
	char said[256] = "";
	int fd = open(program, O_RDONLY);

	if (leave_program() || prctl(PR_SET_MM, PR_SET_MM_EXE_FILE, fd, 0, 0) ||
	    readlink("/proc/self/exe", said, sizeof(said) - 1) < 0)
		return -1;
	prctl(PR_SET_NAME, "trusted");
	close(fd);
	return strcmp(said, program);
}

TEST(file_that_a_task_says_it_runs_earns_no_trust)
{
	char *dir = enter_site();
	pid_t pid;

	shield_rules(PROTECT, dir);
	pid = fork();
	if (!pid) {
		if (pretend(util_path("trusted")))
			_exit(126);
		_exit(open("victim", O_WRONLY) < 0 ? errno : 0);
	}
	EXPECT_EQ(util_wait(pid), EACCES);
	EXPECT_EQ(trusted("open_write", dir), 0);
	shield_no_rules();
}

/* It is the program's file: as trusted, and as protected. */
TEST(hard_link_from_before_is_the_program)
{
	char *dir = enter_site(), *alias = util_path("alias");

	shield_remove();
	unlink(alias);
	ASSERT_EQ(link(util_path("trusted"), alias), 0);
	shield_rules(PROTECT, dir);
	EXPECT_EQ(act_by(alias, act_find("open_write"), dir), 0);
	EXPECT_EQ(open(alias, O_WRONLY) < 0 ? errno : 0, EACCES);
	EXPECT_EQ(chmod(alias, 0777) ? errno : 0, EACCES);
	EXPECT_EQ(unlink(alias) ? errno : 0, EACCES);
	shield_remove();
	EXPECT_EQ(unlink(alias), 0);
}

static int act_by_descriptor(int program, const char *act, const char *dir)
{
	char *argv[] = { "trusted", "--act", (char *)act, (char *)dir, NULL };
	pid_t pid = fork();

	if (!pid) {
		fexecve(program, argv, environ);
		_exit(127);
	}
	return util_wait(pid);
}

/* victim is the program, other what it may change, and `trusted` installs. */
static char *install(void)
{
	char *dir = enter_site();

	ASSERT_EQ(util_copy("/proc/self/exe", "victim", 0755), 0);
	ASSERT_EQ(util_copy("/proc/self/exe", "room/new", 0755), 0);
	shield_rules("program installed %s/victim\n"
		     "protect %s/victim deny modify except trusted\n"
		     "protect %s/other deny modify except installed\n",
		     dir, dir, dir);
	return dir;
}

static bool is_not_trusted(void *program)
{
	return act_by(program, act_find("open_other"), ".") == EACCES;
}

static bool is_trusted(void *program)
{
	return act_by(program, act_find("open_other"), ".") == 0;
}

TEST(program_that_a_trusted_installer_replaces_is_trusted_and_the_old_one_is_not)
{
	char *dir = install();
	int old = open("victim", O_RDONLY), new;

	EXPECT_EQ(act_by_descriptor(old, "open_other", dir), 0);
	EXPECT_EQ(untrusted("install", dir), EACCES);
	EXPECT_EQ(act_by("./victim", act_find("open_other"), dir), 0);
	ASSERT_EQ(trusted("install", dir), 0);
	EXPECT_EQ(act_by("./victim", act_find("open_other"), dir), 0);
	new = open("victim", O_RDONLY);
	EXPECT_EQ(act_by_descriptor(new, "open_other", dir), 0);
	/* It has another name still, and loses that. */
	EXPECT_TRUE(util_becomes(is_not_trusted, "room/old", 5000));
	EXPECT_EQ(act_by_descriptor(old, "open_other", dir), EACCES);
	EXPECT_EQ(open("room/old", O_WRONLY) < 0 ? errno : 0, EACCES);
	ASSERT_EQ(trusted("uninstall_old", dir), 0);
	EXPECT_EQ(act_by_descriptor(old, "open_other", dir), EACCES);
	EXPECT_EQ(act_by("./victim", act_find("open_other"), dir), 0);
	shield_no_rules();
}

TEST(program_that_is_put_back_is_trusted_again)
{
	char *dir = install();

	ASSERT_EQ(trusted("install", dir), 0);
	ASSERT_TRUE(util_becomes(is_not_trusted, "room/old", 5000));
	ASSERT_EQ(trusted("put_back", dir), 0);
	EXPECT_TRUE(util_becomes(is_trusted, "./victim", 5000));
	shield_no_rules();
}

/* Before the name has been looked at again nobody has judged the file. */
TEST(program_that_was_removed_is_not_trusted_any_more)
{
	char *dir = install();
	int old = open("victim", O_RDONLY);

	EXPECT_EQ(act_by_descriptor(old, "open_other", dir), 0);
	ASSERT_EQ(trusted("remove_victim", dir), 0);
	EXPECT_EQ(act_by_descriptor(old, "open_other", dir), EACCES);
	shield_no_rules();
}

TEST(directory_of_the_program_stays_where_it_is)
{
	char *dir = install(), *away = util_path("ext4/away");

	EXPECT_EQ(rename(dir, away) ? errno : 0, EACCES);
	EXPECT_EQ(mount("tmpfs", dir, "tmpfs", 0, NULL) ? errno : 0, EACCES);
	EXPECT_EQ(mount("/bin", dir, NULL, MS_BIND, NULL) ? errno : 0, EACCES);
	EXPECT_EQ(act_by("./victim", act_find("open_other"), dir), 0);
	shield_no_rules();
	EXPECT_EQ(rename(dir, away), 0);
	EXPECT_EQ(rename(away, dir), 0);
	EXPECT_EQ(mount("tmpfs", dir, "tmpfs", 0, NULL), 0);
	EXPECT_EQ(umount(dir), 0);
}

/* The kernel removes what is there and writes the dump in its place. */
TEST(core_dump_of_a_trusted_program_replaces_no_protected_file)
{
	char *pattern = util_read("/proc/sys/kernel/core_pattern");
	char *dir = enter_site();

	shield_no_rules();
	ASSERT_EQ(util_write("/proc/sys/kernel/core_pattern", "victim"), 0);
	ASSERT_EQ(util_write("/proc/sys/kernel/core_uses_pid", "0"), 0);
	EXPECT_EQ(trusted("die_of_a_fault", dir), 128 + 11);
	EXPECT_EQ(strncmp(util_read("victim"), "\177ELF", 4), 0);
	ASSERT_EQ(util_write("victim", SITE_TEXT), 0);
	shield_rules(PROTECT, dir);
	EXPECT_EQ(trusted("die_of_a_fault", dir), 128 + 11);
	EXPECT_STREQ(util_read("victim"), SITE_TEXT);
	EXPECT_GE(shield_status("denied"), 1);
	EXPECT_EQ(trusted("open_write", dir), 0);
	shield_no_rules();
	util_write("/proc/sys/kernel/core_pattern", pattern);
}

static unsigned int count_denied(unsigned int rounds)
{
	unsigned int i, denied = 0;
	pid_t pid;
	int fd;

	for (i = 0; i < rounds; i++) {
		pid = fork();
		if (!pid) {
			fd = open("victim", O_WRONLY);
			_exit(fd < 0 ? errno : 0);
		}
		denied += util_wait(pid) == EACCES;
	}
	return denied;
}

/* A fork that fails early ends without the hook that ends tasks. */
TEST(addresses_of_tasks_that_never_came_to_be_carry_no_trust)
{
	char *dir = enter_site();
	unsigned int rounds = 600;
	cpu_set_t one;
	pid_t storm;

	if (!util_exists(SABOTEUR))
		SKIP("only the lab brings the module that makes forks fail");
	CPU_ZERO(&one);
	CPU_SET(0, &one);
	shield_rules(PROTECT, dir);
	util_must("insmod " SABOTEUR " childless=trusted");
	/* The next task gets the address that was last given back here. */
	ASSERT_EQ(sched_setaffinity(0, sizeof(one), &one), 0);
	storm = fork();
	if (!storm)
		_exit(trusted("fork_in_vain", dir));
	EXPECT_EQ(count_denied(rounds), rounds);
	EXPECT_EQ(util_wait(storm), 0);
	EXPECT_EQ(count_denied(10), 10);
	util_must("rmmod saboteur");
	EXPECT_EQ(trusted("open_in_child", dir), 0);
	shield_no_rules();
}

int main(int argc, char **argv)
{
	act_main(argc, argv);
	util_begin();
	return harness_run(argc, argv);
}
