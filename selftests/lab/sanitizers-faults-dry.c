// SPDX-License-Identifier: GPL-2.0-only
/*
 * What happens where hooks find no memory: the workers that fill their pools, and
 * that follow paths, get none either. On a tmpfs, so that no worker is needed to
 * write anything to a disk.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sanitizers-faults.h"
#include "sanitizers-inject.h"

#define DRY PLACE "/dry"

/* More than the pools hold: object/object.c, subject/tag.c. */
#define ARRIVALS 700
#define EXECS 200

/* How often it is tried to meet an empty pool; a new worker may have filled it. */
#define ROUNDS 3

/* Denials that the workers have to tell. */
#define DENIALS 300

static const char policy_dry[] =
	"shield 1\nname dry\nprogram trusted " PLACE "/trusted\n"
	"protect " PLACE "/new deny modify except trusted\n"
	"protect " DRY "/new deny modify except trusted\n"
	"protect " DRY "/made deny write,append except trusted\n"
	"protect " DRY "/late.0/file deny modify except trusted\n"
	"protect " DRY "/late.1/file deny modify except trusted\n"
	"protect " DRY "/late.2/file deny modify except trusted\n";

/**
 * struct order - what a trusted program is asked to do
 * @nth: allocation that fails, or 0
 * @act: renames from, to; makes a new file, a directory
 * @from: path
 * @to: path
 */
struct order {
	int nth;
	enum { RENAME, MAKE, MAKE_DIRECTORY } act;
	char from[80], to[80];
};

struct answer {
	int error;
	bool reached;
};

/* The trusted program: started before there is no memory for trust. */
static int orders, answers;

static int act(const struct order *order)
{
	switch (order->act) {
	case RENAME:
		return rename(order->from, order->to) ? errno : 0;
	case MAKE:
		/* Not by open(), with which it would become known. */
		unlink(order->from);
		return mknod(order->from, S_IFREG | 0644, 0) ? errno : 0;
	default:
		return mkdir(order->from, 0755) ? errno : 0;
	}
}

int be_mover(void)
{
	struct order order;
	struct answer answer;

	inject_open();
	while (read(0, &order, sizeof(order)) == sizeof(order)) {
		inject(order.nth);
		answer.error = act(&order);
		answer.reached = inject_end();
		if (write(1, &answer, sizeof(answer)) != sizeof(answer))
			return 2;
	}
	return 0;
}

static struct answer trusted(int nth, int act, const char *from, const char *to)
{
	struct order order = { .nth = nth, .act = act };
	struct answer answer;

	snprintf(order.from, sizeof(order.from), "%s", from);
	snprintf(order.to, sizeof(order.to), "%s", to);
	if (write(orders, &order, sizeof(order)) != sizeof(order) ||
	    read(answers, &answer, sizeof(answer)) != sizeof(answer))
		bail_out("the trusted program does not answer");
	return answer;
}

static void mover_begin(void)
{
	int in[2], out[2];

	if (pipe2(in, O_CLOEXEC) || pipe2(out, O_CLOEXEC))
		bail_out("pipe");
	fflush(stdout);
	if (!fork()) {
		dup2(in[0], 0);
		dup2(out[1], 1);
		execl(PLACE "/trusted", "trusted", "obey", NULL);
		_exit(2);
	}
	close(in[0]);
	close(out[1]);
	orders = in[1];
	answers = out[0];
}

static void mover_end(void)
{
	close(orders);
	close(answers);
	wait(NULL);
}

static void dry_begin(void)
{
	load(policy_dry);
	mover_begin();
	sync();
	inject_workers(true);
}

static void dry_end(void)
{
	inject_workers(false);
	mover_end();
}

/*
 * A new file, that has another link, comes to a protected name. From when the
 * rename is done, the link must not be a way in.
 */
static struct answer arrive(int nth)
{
	static int number;
	char from[80], alias[80];
	struct answer answer;

	snprintf(from, sizeof(from), DRY "/in.%d", ++number);
	snprintf(alias, sizeof(alias), DRY "/alias.%d", number);
	put(from, "text\n");
	if (link(from, alias))
		bail_out(alias);
	answer = trusted(nth, RENAME, from, DRY "/new");
	if (!answer.error && !denied(alias))
		note("allocation %d: what was renamed is not protected", nth);
	if (!denied(DRY "/new"))
		note("allocation %d: the name is not protected", nth);
	return answer;
}

/* Takes from the pool of entries what is in it. */
static void drain(void)
{
	int i;

	for (i = 0; i < ARRIVALS; i++) {
		if (i % 50 == 0)
			inject_workers(true);
		if (arrive(0).error)
			note("a rename is denied although there is memory");
	}
}

int run_arrivals(void)
{
	int nth, round, total = 0, denials = 0;
	struct answer answer;

	dry_begin();
	for (round = 0; round < ROUNDS && !denials; round++) {
		drain();
		for (nth = 1, answer.reached = true; answer.reached; nth++) {
			inject_workers(true);
			answer = arrive(nth);
			denials += answer.error == EACCES;
			total += answer.reached;
		}
	}
	if (!denials)
		note("no rename was denied for want of memory");
	inject_workers(false);
	if (arrive(0).error)
		note("a trusted rename is denied although there is memory");
	dry_end();
	return total;
}

/* A file that was made under a protected name, and is not known, gets another. */
static struct answer depart(int nth, bool by_link)
{
	static int number;
	struct answer answer;
	char to[80];

	snprintf(to, sizeof(to), DRY "/away.%d", ++number);
	answer = trusted(0, MAKE, DRY "/made", "");
	if (answer.error)
		note("a file is not made: %s", strerror(answer.error));
	if (by_link) {
		inject(nth);
		answer.error = link(DRY "/made", to) ? errno : 0;
		answer.reached = inject_end();
	} else {
		answer = trusted(nth, RENAME, DRY "/made", to);
	}
	if (!answer.error && !denied(to))
		note("allocation %d: a %s is not protected", nth,
		     by_link ? "link" : "renamed file");
	return answer;
}

int run_departures(void)
{
	int nth, by_link, round, total = 0, denials;
	struct answer answer;

	dry_begin();
	for (by_link = 0; by_link < 2; by_link++) {
		denials = 0;
		for (round = 0; round < ROUNDS && !denials; round++) {
			drain();
			answer.reached = true;
			for (nth = 1; answer.reached; nth++) {
				inject_workers(true);
				answer = depart(nth, by_link);
				denials += answer.error == EACCES;
				total += answer.reached;
			}
		}
		if (!denials)
			note("none was denied for want of memory");
	}
	inject_workers(false);
	if (depart(0, false).error || depart(0, true).error)
		note("it is denied although there is memory");
	dry_end();
	return total;
}

/* At once, or within so many seconds. */
static bool is_denied_soon(const char *path, int seconds)
{
	int left = seconds * 10;

	while (!denied(path) && left--)
		usleep(100000);
	return left >= 0;
}

int run_late_paths(void)
{
	char path[80], file[96];
	int round, missed = 0;

	dry_begin();
	for (round = 0; round < ROUNDS; round++) {
		inject_workers(true);
		snprintf(path, sizeof(path), DRY "/late.%d", round);
		snprintf(file, sizeof(file), "%s/file", path);
		trusted(0, MAKE_DIRECTORY, path, "");
		trusted(0, MAKE, file, "");
		missed += !is_denied_soon(file, 2);
		inject_workers(false);
		if (!is_denied_soon(file, 30))
			note("%s is not protected for ever", file);
	}
	if (!missed)
		note("the worker that follows paths had memory each time");
	dry_end();
	return missed;
}

int run_tags(void)
{
	char *const program[] = { PLACE "/trusted", "write", NULL };
	bool unused;
	int i, total, left = 20;

	dry_begin();
	for (i = 0; i < EXECS; i++) {
		if (i % 50 == 0)
			inject_workers(true);
		if (run_program(0, program, &unused))
			note("a trusted program is denied although there is memory");
	}
	total = run_exec();
	dry_end();
	while (run_program(0, program, &unused) && left--)
		usleep(100000);
	if (left < 0)
		note("a trusted program is denied although there is memory again");
	return total;
}

/* How many events there were since the module was loaded, told or not. */
static long all_events(void)
{
	return number_in("stats", "sink=events count=") +
	       number_in("stats", "total=suppressed count=") +
	       number_in("stats", "total=lost count=");
}

int run_events(void)
{
	long before, denied_before, events, told, failed;
	int i;

	dry_begin();
	inject_workers(false);
	if (system("auditctl -e 1 >/dev/null"))
		bail_out("auditctl");
	put("/sys/module/shield/parameters/ratelimit_burst", "10000");
	sleep(1);
	before = all_events();
	denied_before = number_in("status", "denied: ");
	told = number_in("stats", "sink=audit count=");
	failed = number_in("stats", "sink=audit-failed count=");
	for (i = 0; i < DENIALS; i++) {
		if (i % 50 == 0)
			inject_workers(true);
		if (!denied(PLACE "/new"))
			note("denial %d: it is not denied", i);
	}
	for (i = 0; i < 100 && all_events() - before < DENIALS; i++)
		usleep(100000);
	dry_end();
	if (system("auditctl -e 0 >/dev/null"))
		bail_out("auditctl");
	told = number_in("stats", "sink=audit count=") - told;
	failed = number_in("stats", "sink=audit-failed count=") - failed;
	/* The policy's own event may come late. */
	events = all_events() - before;
	if (events < DENIALS ||
	    number_in("status", "denied: ") - denied_before != DENIALS)
		note("%ld events of %d denials", events, DENIALS);
	if (told + failed != events)
		note("audit: %ld told, %ld failed of %ld events", told, failed,
		     events);
	if (!failed)
		note("no record of audit failed");
	return failed;
}
