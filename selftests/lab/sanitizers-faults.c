// SPDX-License-Identifier: GPL-2.0-only
/*
 * Fails each allocation in turn while shield works, in a VM of
 * make check-sanitizers. Whatever fails, one whole policy is in force: that
 * before if write() failed, the new one if it did not. What may not be opened
 * is never opened, and what leaks is found by kmemleak afterwards.
 *
 * The kernel's /proc/self/fail-nth counts allocations of this task down; the
 * one at which it reaches 0 fails. A scenario ends with the first number that
 * is not reached.
 *
 *	sanitizers-faults [all]
 *
 * Without "all", the first 64 allocations fail one after another, and then
 * fewer and fewer of those that follow: all take most of an hour in a VM.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/klog.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sanitizers-inject.h"

#define PLACE "/var/tmp/faults"

/* Above this something counts without end. */
#define MAX_FAULTS 20000
#define RANDOM_LOADS 150

/* Of syslog(2): say on the console nothing but that the kernel dies; again all. */
#define CONSOLE_OFF 6
#define CONSOLE_ON 7

#define HEAD "shield 1\nprogram trusted " PLACE "/trusted\n"
#define SAME_HOOKS "protect " PLACE "/anchor deny all except trusted\n"

static const char before[] = HEAD "name before\n" SAME_HOOKS "protect " PLACE
				  "/old deny modify except trusted\n";
static const char after[] = HEAD
	"name after\n" SAME_HOOKS "program two " PLACE "/two\n"
	"program two " PLACE "/three\n"
	"protect " PLACE "/new deny modify except trusted\n"
	"protect " PLACE "/new.2 deny modify except two\n"
	"protect " PLACE "/tree recursive deny modify except trusted,two\n"
	"protect " PLACE "/pre prefix deny modify except trusted\n"
	"protect " PLACE "/missing deny create except trusted\n"
	"watch " PLACE "/new.3 read,write except two\n";
static const char none[] = "shield 1\nname none\n";

static bool every_one;

/* What fails after the @nth allocation. */
static int next(int nth)
{
	return nth + 1 + (every_one ? 0 : nth / 64);
}

static bool before_holds(void)
{
	return policy_is("before") && denied(PLACE "/old") &&
	       !denied(PLACE "/new") && !denied(PLACE "/tree/a/file");
}

static bool after_holds(void)
{
	return policy_is("after") && !denied(PLACE "/old") &&
	       denied(PLACE "/new") && denied(PLACE "/new.2") &&
	       denied(PLACE "/tree/a/file") && denied(PLACE "/prefixed") &&
	       try_open(PLACE "/missing", O_WRONLY | O_CREAT) == EACCES;
}

static bool none_holds(void)
{
	return policy_is("none") && !denied(PLACE "/old") &&
	       !denied(PLACE "/new");
}

/**
 * struct change - from one policy to another
 * @name: of the test
 * @from: in force before
 * @to: what is written
 * @from_holds: is @from what is in force, and enforced?
 * @to_holds: the same of @to
 */
struct change {
	const char *name;
	const char *from, *to;
	bool (*from_holds)(void);
	bool (*to_holds)(void);
};

static const struct change changes[] = {
	{ "reloading leaves one policy or the other", before, after,
	  before_holds, after_holds },
	{ "arming leaves none or all", none, after, none_holds, after_holds },
	{ "disarming leaves all or none", before, none, before_holds,
	  none_holds },
};

static void judge(const struct change *change, int nth, int error)
{
	if (error && error != ENOMEM)
		note("allocation %d: the policy is refused with %s, not ENOMEM",
		     nth, strerror(error));
	if (error && !change->from_holds())
		note("allocation %d: write() failed, and the policy before is not in force",
		     nth);
	if (!error && !change->to_holds())
		note("allocation %d: write() succeeded, and the policy is not in force",
		     nth);
}

static int run_change(const struct change *change)
{
	int nth, error, fd, total = 0;
	bool reached = true;

	for (nth = 1; reached && nth < MAX_FAULTS; nth = next(nth)) {
		load(change->from);
		if (!change->from_holds())
			note("before allocation %d: a policy loaded without fault is not in force",
			     nth);
		fd = open_policy();
		inject(nth);
		error = write_policy(fd, change->to);
		reached = inject_end();
		close(fd);
		judge(change, nth, error);
		total += reached;
	}
	return total;
}

/* Faults at random, so that what unwinds one meets another. */
static int run_random(void)
{
	int i, error, fd, faults = 0;

	inject_often(5);
	for (i = 0; i < RANDOM_LOADS; i++) {
		const struct change *change = &changes[i % 3];

		load(change->from);
		fd = open_policy();
		inject_here(true);
		error = write_policy(fd, change->to);
		inject_here(false);
		close(fd);
		faults += error != 0;
		judge(change, -i, error);
	}
	inject_often(0);
	return faults;
}

/* What nobody but the trusted program may do. */
static int open_for_writing(void)
{
	return try_open(PLACE "/new", O_WRONLY);
}

static int open_in_tree(void)
{
	return try_open(PLACE "/tree/a/file", O_RDWR | O_TRUNC);
}

static int make_missing(void)
{
	return try_open(PLACE "/missing", O_WRONLY | O_CREAT);
}

static int rename_over(void)
{
	return rename(PLACE "/other", PLACE "/new") ? errno : 0;
}

static int remove_it(void)
{
	return unlink(PLACE "/new") ? errno : 0;
}

static int chmod_it(void)
{
	return chmod(PLACE "/new", 0777) ? errno : 0;
}

static int (*const acts[])(void) = { open_for_writing, open_in_tree,
				     make_missing,     rename_over,
				     remove_it,	       chmod_it };

static int run_acts(void)
{
	unsigned int i;
	int nth, error, total = 0;
	bool reached;

	load(after);
	for (i = 0; i < sizeof(acts) / sizeof(*acts); i++) {
		reached = true;
		for (nth = 1; reached && nth < MAX_FAULTS; nth = next(nth)) {
			inject(nth);
			error = acts[i]();
			reached = inject_end();
			if (!error)
				note("act %u, allocation %d: it was done", i,
				     nth);
			total += reached;
		}
	}
	return total;
}

/* Exit status 0 if the program could write, 1 if it was denied. */
static int run_program(int nth, char *const argv[], bool *reached)
{
	int status, ends[2];
	char left[16] = "";
	pid_t pid;

	if (pipe2(ends, O_CLOEXEC))
		bail_out("pipe");
	pid = fork();
	if (!pid) {
		inject_open();
		dup2(ends[1], 100);
		inject(nth);
		execv(argv[0], argv);
		_exit(2);
	}
	close(ends[1]);
	waitpid(pid, &status, 0);
	*reached = read(ends[0], left, sizeof(left) - 1) <= 0 || !atoi(left);
	close(ends[0]);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 2;
}

/* In the program: writes what is left of the count, then tries. */
static int be_program(void)
{
	char left[16] = "";
	int fd = open("/proc/self/fail-nth", O_RDWR | O_CLOEXEC);

	if (fd >= 0 && read(fd, left, sizeof(left) - 1) > 0) {
		if (pwrite(fd, "0", 1, 0) != 1 ||
		    write(100, left, strlen(left)) < 0)
			return 2;
	}
	return denied(PLACE "/new") ? 1 : 0;
}

/* A trusted one that replaces itself by one that is not. */
static int be_leaver(const char *nth)
{
	char *const argv[] = { PLACE "/stranger", "write", NULL };

	inject_open();
	inject(atoi(nth));
	execv(argv[0], argv);
	return 2;
}

static int run_exec(void)
{
	char *const stranger[] = { PLACE "/stranger", "write", NULL };
	char *const trusted[] = { PLACE "/trusted", "write", NULL };
	char number[16];
	char *const leaver[] = { PLACE "/trusted", "leave", number, NULL };
	bool reached = true, unused;
	int nth, total = 0;

	load(after);
	if (run_program(0, trusted, &unused) ||
	    run_program(0, stranger, &unused) != 1)
		note("without faults trust is not what it should be");
	for (nth = 1; reached && nth < MAX_FAULTS;
	     nth = next(nth), total += reached) {
		run_program(nth, trusted, &unused);
		if (!run_program(nth, stranger, &reached))
			note("allocation %d: a stranger could write", nth);
		snprintf(number, sizeof(number), "%d", nth);
		if (!run_program(0, leaver, &unused))
			note("allocation %d: who left a trusted program could write",
			     nth);
	}
	if (run_program(0, trusted, &unused))
		note("afterwards a trusted program is not trusted any more");
	return total;
}

static int run_insert(void)
{
	char path[256];
	struct utsname system;
	bool reached = true;
	int fd, nth, total = 0;

	uname(&system);
	snprintf(path, sizeof(path), "/lib/modules/%s/extra/shield.ko",
		 system.release);
	syscall(SYS_delete_module, "shield", 0);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		bail_out(path);
	for (nth = 1; reached && nth < MAX_FAULTS; nth = next(nth)) {
		bool is_in;

		inject(nth);
		is_in = !syscall(SYS_finit_module, fd, "", 0);
		reached = inject_end();
		total += reached;
		if (is_in != !access("/sys/module/shield", F_OK))
			note("allocation %d: a module that failed to load is there",
			     nth);
		if (is_in && !access(SHIELD "status", F_OK) &&
		    syscall(SYS_delete_module, "shield", 0))
			note("allocation %d: it cannot be unloaded: %s", nth,
			     strerror(errno));
		else if (is_in && !access("/sys/module/shield", F_OK))
			note("allocation %d: loaded, but without its files",
			     nth);
	}
	close(fd);
	return total;
}

static void prepare(void)
{
	static const char *const files[] = { "anchor",	    "old",   "new",
					     "new.2",	    "new.3", "prefixed",
					     "tree/a/file", "other" };
	static const char *const programs[] = { "trusted", "two", "three",
						"stranger" };
	char path[256], command[512];
	unsigned int i;

	if (system("rm -rf " PLACE " && mkdir -p " PLACE "/tree/a") ||
	    system("modprobe shield policy=none"))
		bail_out("prepare");
	for (i = 0; i < sizeof(files) / sizeof(*files); i++) {
		snprintf(path, sizeof(path), PLACE "/%s", files[i]);
		put(path, "text\n");
	}
	for (i = 0; i < sizeof(programs) / sizeof(*programs); i++) {
		snprintf(command, sizeof(command),
			 "cp /proc/%d/exe " PLACE "/%s", getpid(), programs[i]);
		if (system(command))
			bail_out(command);
	}
	inject_begin();
}

/*
 * Where memory is taken from it, the kernel tells so with a call trace; on the
 * console that would be taken for a complaint. What it says is read from its log
 * afterwards (sanitizers-leaks).
 */
static void keep_console_quiet(bool quiet)
{
	if (klogctl(quiet ? CONSOLE_OFF : CONSOLE_ON, NULL, 0))
		bail_out("klogctl");
}

int main(int argc, char **argv)
{
	unsigned int i;

	if (argc == 2 && !strcmp(argv[1], "write"))
		return be_program();
	if (argc == 3 && !strcmp(argv[1], "leave"))
		return be_leaver(argv[2]);
	every_one = argc == 2 && !strcmp(argv[1], "all");
	printf("TAP version 13\n1..7\n");
	prepare();
	keep_console_quiet(true);
	for (i = 0; i < sizeof(changes) / sizeof(*changes); i++)
		result(changes[i].name, run_change(&changes[i]));
	result("faults at random leave one policy or the other", run_random());
	result("what is denied is not done", run_acts());
	result("trust is not won", run_exec());
	result("loading the module succeeds or leaves nothing", run_insert());
	keep_console_quiet(false);
	return 0;
}
