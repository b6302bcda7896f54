// SPDX-License-Identifier: GPL-2.0-only
/* Runs the tests that have registered themselves. */
#include "harness.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct harness_shared *harness_shared;
jmp_buf harness_leave;
bool harness_failed, harness_skipped;

static struct harness_test *tests, *last_test;

void harness_add_test(struct harness_test *test)
{
	if (last_test)
		last_test->next = test;
	else
		tests = test;
	last_test = test;
}

void harness_add_variant(struct harness_fixture *fixture, const char *name,
			 const void *data)
{
	struct harness_variant *variant = calloc(1, sizeof(*variant));

	if (!variant)
		abort();
	variant->name = name;
	variant->data = data;
	if (fixture->last)
		fixture->last->next = variant;
	else
		fixture->variants = variant;
	fixture->last = variant;
}

void __attribute__((format(printf, 1, 2))) harness_note(const char *format, ...)
{
	char text[4096], *line, *rest = text;
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	while ((line = strsep(&rest, "\n")))
		if (*line || rest)
			printf("# %s\n", line);
	fflush(stdout);
}

void __attribute__((noreturn)) harness_abort(void)
{
	longjmp(harness_leave, 1);
}

bool harness_check(bool good, const char *file, int line, const char *what)
{
	if (!good) {
		harness_failed = true;
		NOTE("%s:%d: expected %s", file, line, what);
	}
	return good;
}

bool harness_check_number(bool good, const char *file, int line,
			  const char *what, long long left, long long right)
{
	if (!harness_check(good, file, line, what))
		NOTE("    left: %lld, right: %lld", left, right);
	return good;
}

bool harness_check_text(const char *file, int line, const char *what,
			const char *left, const char *right)
{
	bool good = left && right && !strcmp(left, right);

	if (!harness_check(good, file, line, what))
		NOTE("    left: %s\n    right: %s", left ?: "(null)",
		     right ?: "(null)");
	return good;
}

static unsigned int timeout(void)
{
	const char *text = getenv(HARNESS_TIMEOUT_NAME);

	return text && atoi(text) > 0 ? atoi(text) : HARNESS_TIMEOUT;
}

/* Until it returns or leaves by an assertion. */
static bool complete(void (*function)(void *, const void *), void *self,
		     const void *data)
{
	if (setjmp(harness_leave))
		return false;
	function(self, data);
	return true;
}

static void __attribute__((noreturn))
run_child(const struct harness_test *test, const void *data)
{
	const struct harness_fixture *fixture = test->fixture;
	void *self = calloc(1, fixture && fixture->size ? fixture->size : 1);

	setpgid(0, 0);
	alarm(timeout());
	if (!fixture || complete(fixture->setup, self, data))
		complete(test->run, self, data);
	if (fixture)
		complete(fixture->teardown, self, data);
	fflush(stdout);
	if (harness_failed)
		_exit(HARNESS_FAIL);
	_exit(harness_skipped ? HARNESS_SKIP : HARNESS_PASS);
}

static int verdict_of(int status)
{
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM)
		NOTE("did not end within %u s", timeout());
	else if (WIFSIGNALED(status))
		NOTE("killed by signal %d", WTERMSIG(status));
	else if (WEXITSTATUS(status) == HARNESS_PASS ||
		 WEXITSTATUS(status) == HARNESS_SKIP)
		return WEXITSTATUS(status);
	else if (WEXITSTATUS(status) != HARNESS_FAIL)
		NOTE("exited with status %d", WEXITSTATUS(status));
	return HARNESS_FAIL;
}

/* What a test has left running, and would keep in use what the next one needs. */
static void end_all(pid_t group)
{
	kill(-group, SIGKILL);
	while (waitpid(-group, NULL, 0) > 0)
		;
}

static int run_one(const struct harness_test *test,
		   const struct harness_variant *variant)
{
	int status;
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (!pid)
		run_child(test, variant ? variant->data : NULL);
	if (pid < 0 || waitpid(pid, &status, 0) != pid) {
		NOTE("cannot run the test: %s", strerror(errno));
		return HARNESS_FAIL;
	}
	end_all(pid);
	return verdict_of(status);
}

static void name_of(char *name, size_t size, const struct harness_test *test,
		    const struct harness_variant *variant)
{
	snprintf(name, size, "%s%s%s%s%s",
		 test->fixture ? test->fixture->name : "",
		 test->fixture ? "." : "", variant ? variant->name : "",
		 variant ? "." : "", test->name);
}

static bool is_wanted(const char *name, int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		if (strstr(name, argv[i]))
			return true;
	return argc < 2;
}

static double seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec + now.tv_nsec / 1e9;
}

/*
 * Calls @each for every wanted test with each of its variants; NULL counts.
 * Returns how many.
 */
static int for_each(int argc, char **argv,
		    void (*each)(const struct harness_test *,
				 const struct harness_variant *,
				 const char *name, int number))
{
	const struct harness_variant *variant;
	const struct harness_test *test;
	char name[256];
	int count = 0;

	for (test = tests; test; test = test->next) {
		variant = test->fixture ? test->fixture->variants : NULL;
		do {
			name_of(name, sizeof(name), test, variant);
			if (is_wanted(name, argc, argv)) {
				count++;
				if (each)
					each(test, variant, name, count);
			}
			variant = variant ? variant->next : NULL;
		} while (variant);
	}
	return count;
}

static int counts[HARNESS_SKIP + 1];

static void report(const struct harness_test *test,
		   const struct harness_variant *variant, const char *name,
		   int number)
{
	double began = seconds(), took;
	int verdict;

	printf("#  RUN  %s\n", name);
	verdict = run_one(test, variant);
	counts[verdict]++;
	took = seconds() - began;
	if (took >= 1)
		NOTE("%s took %.1f s", name, took);
	printf("%sok %d %s", verdict == HARNESS_FAIL ? "not " : "", number,
	       name);
	if (verdict == HARNESS_SKIP)
		printf(" # SKIP %s", harness_shared->why_skipped);
	printf("\n");
}

int harness_run(int argc, char **argv)
{
	double began = seconds();
	int count = for_each(argc, argv, NULL);

	harness_shared = mmap(NULL, sizeof(*harness_shared),
			      PROT_READ | PROT_WRITE,
			      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (harness_shared == MAP_FAILED)
		return HARNESS_FAIL;
	/* Whoever loses his parent becomes a child of this process. */
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	printf("TAP version 13\n1..%d\n", count);
	for_each(argc, argv, report);
	printf("# Totals: pass:%d fail:%d xfail:0 xpass:0 skip:%d error:0\n",
	       counts[HARNESS_PASS], counts[HARNESS_FAIL],
	       counts[HARNESS_SKIP]);
	NOTE("%d tests in %.1f s", count, seconds() - began);
	fflush(stdout);
	return counts[HARNESS_FAIL] ? HARNESS_FAIL : HARNESS_PASS;
}
