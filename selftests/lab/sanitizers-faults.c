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
 *	sanitizers-faults [all] [WORD]
 *
 * With a word, those scenarios whose names contain it. Without "all", the first
 * 64 allocations fail one after another, and then fewer and fewer of those that
 * follow: all take most of an hour in a VM.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/klog.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "sanitizers-faults.h"
#include "sanitizers-inject.h"

#define RANDOM_LOADS 150

/* So many allocations, or more, are made on the way back from a refusal. */
#define LAST 60

/* Of syslog(2): say on the console nothing but that the kernel dies; again all. */
#define CONSOLE_OFF 6
#define CONSOLE_ON 7

#define HEAD "shield 1\nprogram trusted " PLACE "/trusted\n"
#define SAME_HOOKS "protect " PLACE "/anchor deny all except trusted\n"

static const char before[] = HEAD "name before\n" SAME_HOOKS "protect " PLACE
				  "/old deny modify except trusted\n";
const char policy_after[] = HEAD
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
int next_fault(int nth)
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
 * @from: in force before
 * @to: what is written
 * @from_holds: is @from what is in force, and enforced?
 * @to_holds: the same of @to
 */
struct change {
	const char *from, *to;
	bool (*from_holds)(void);
	bool (*to_holds)(void);
};

static const struct change reload = { before, policy_after, before_holds,
				      after_holds };
static const struct change arm = { none, policy_after, none_holds,
				   after_holds };
static const struct change disarm = { before, none, before_holds, none_holds };

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

	for (nth = 1; reached && nth < MAX_FAULTS; nth = next_fault(nth)) {
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

static int run_reload(void)
{
	return run_change(&reload);
}

static int run_arm(void)
{
	return run_change(&arm);
}

static int run_disarm(void)
{
	return run_change(&disarm);
}

/* Is it denied to who has had the file open since before, at once or soon? */
static bool stays_denied(int fd)
{
	int left = 50;

	while (pwrite(fd, "x", 1, 0) == 1 && left--)
		usleep(100000);
	return left > 0;
}

/*
 * A policy is in force before somebody is found who has mapped what it protects;
 * then the one before is put in force again. The last allocations are those of
 * the way back.
 */
static int run_refused(void)
{
	int nth, fd, held, mapped, error, all, total = 0;
	void *memory;

	load(none);
	held = open(PLACE "/old", O_RDWR | O_CLOEXEC);
	mapped = open(PLACE "/new", O_RDWR | O_CLOEXEC);
	if (held < 0 || mapped < 0)
		bail_out(PLACE);
	memory = mmap(NULL, 1, PROT_WRITE, MAP_SHARED, mapped, 0);
	if (memory == MAP_FAILED)
		bail_out("mmap");
	close(mapped);
	load(before);
	fd = open_policy();
	inject(MAX_FAULTS);
	error = write_policy(fd, policy_after);
	all = inject_count();
	if (error != EBUSY || !stays_denied(held))
		note("without faults: %s", strerror(error));
	for (nth = all > LAST ? all - LAST : 1; nth <= all; nth++) {
		inject(nth);
		error = write_policy(fd, policy_after);
		total += inject_end();
		if (error != EBUSY && error != ENOMEM)
			note("allocation %d: the policy is refused with %s",
			     nth, strerror(error));
		if (!before_holds())
			note("allocation %d: the policy before is not in force",
			     nth);
		if (!stays_denied(held))
			note("allocation %d: who held the file may write it",
			     nth);
	}
	close(fd);
	close(held);
	munmap(memory, 1);
	return total;
}

/* Faults at random, so that what unwinds one meets another. */
static int run_random(void)
{
	static const struct change *const changes[] = { &reload, &arm,
							&disarm };
	int i, error, fd, faults = 0;

	inject_often(5);
	for (i = 0; i < RANDOM_LOADS; i++) {
		const struct change *change = changes[i % 3];

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

#define PANIC_ON_WARN "/proc/sys/kernel/panic_on_warn"

/*
 * For a module whose trace event it has no memory for, the kernel itself warns
 * (event_define_fields()), before the module's own code runs. Other warnings are
 * found in its log by sanitizers-leaks.
 */
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
	put(PANIC_ON_WARN, "0");
	for (nth = 1; reached && nth < MAX_FAULTS; nth = next_fault(nth)) {
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
	put(PANIC_ON_WARN, "1");
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

	if (system("rm -rf " PLACE " && mkdir -p " PLACE "/tree/a " PLACE
		   "/dry && mount -t tmpfs none " PLACE "/dry") ||
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

static const struct {
	const char *name;
	int (*run)(void);
} scenarios[] = {
	{ "reloading leaves one policy or the other", run_reload },
	{ "arming leaves none or all", run_arm },
	{ "disarming leaves all or none", run_disarm },
	{ "faults at random leave one policy or the other", run_random },
	{ "a refusal leaves the policy before, and who it holds back",
	  run_refused },
	{ "what is denied is not done", run_acts },
	{ "trust is not won", run_exec },
	{ "a trusted rename protects what arrives, or is denied",
	  run_arrivals },
	{ "what leaves a name stays protected, or does not leave",
	  run_departures },
	{ "a late path is protected once there is memory", run_late_paths },
	{ "trust is not won without memory for it", run_tags },
	{ "what cannot be told is counted", run_events },
	{ "loading the module succeeds or leaves nothing", run_insert },
};

#define SCENARIOS (sizeof(scenarios) / sizeof(*scenarios))

static int run_scenarios(const char *word)
{
	unsigned int i, nr = 0;

	for (i = 0; i < SCENARIOS; i++)
		nr += !!strstr(scenarios[i].name, word);
	printf("TAP version 13\n1..%u\n", nr);
	prepare();
	keep_console_quiet(true);
	for (i = 0; i < SCENARIOS; i++)
		if (strstr(scenarios[i].name, word))
			result(scenarios[i].name, scenarios[i].run());
	keep_console_quiet(false);
	return 0;
}

int main(int argc, char **argv)
{
	if (argc == 2 && !strcmp(argv[1], "write"))
		return be_program();
	if (argc == 2 && !strcmp(argv[1], "obey"))
		return be_mover();
	if (argc == 3 && !strcmp(argv[1], "leave"))
		return be_leaver(argv[2]);
	every_one = argc >= 2 && !strcmp(argv[1], "all");
	return run_scenarios(argc > 1 + every_one ? argv[1 + every_one] : "");
}
