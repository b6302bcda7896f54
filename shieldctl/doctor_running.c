// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "doctor.h"
#include "facts.h"
#include "host.h"
#include "kernel.h"
#include "policy.h"
#include "running.h"

#define AUTH_LOG "/var/log/auth.log"
#define MOST_RUNNING 16

/* The file that modprobe would take may be newer than what is loaded. */
static void look_at_build(struct findings *findings,
			  const struct installed_list *kernels)
{
	char loaded[64];
	size_t i;

	if (host_read(loaded, sizeof(loaded),
		      "/sys/module/shield/srcversion") <= 0)
		return;
	for (i = 0; i < kernels->nr; i++)
		if (kernels->all[i].is_running && kernels->all[i].srcversion &&
		    strcmp(kernels->all[i].srcversion, loaded)) {
			finding_add(
				findings, LEVEL_NOTE, "build",
				"the installed module is not the loaded one: it comes with the next boot");
			return;
		}
}

static void look_at_hooks(struct findings *findings, const struct facts *facts)
{
	unsigned int armed = 0, needed = 0;

	if (sscanf(facts_get(facts, "hooks"), "%u/%u", &armed, &needed) != 2)
		finding_add(findings, LEVEL_UNKNOWN, "hooks",
			    "hooks: unknown, the kernel does not say");
	else if (armed < needed) {
		finding_add(findings, LEVEL_WRONG, "hooks",
			    "hooks: only %u of %u are armed", armed, needed);
		finding_next(findings, "dmesg | grep shield");
	} else
		finding_add(findings, LEVEL_OK, "hooks",
			    "hooks: all %u are armed", needed);
	if (facts_is(facts, "backend", "kprobe"))
		finding_add(
			findings, LEVEL_NOTE, "backend",
			"hooks: by kprobes, which root can switch off and which cannot be sealed");
}

static void look_at_health(struct findings *findings, const struct facts *facts)
{
	if (facts_healthy(facts))
		return;
	finding_add(findings, LEVEL_WRONG, "health", "hooks: %s",
		    facts_get(facts, "health"));
	finding_next(findings, "dmesg | grep shield");
}

/* The wall clock's time of a second since boot. */
static void write_time(char *buffer, size_t size, unsigned long long second)
{
	struct timespec since_boot;
	struct tm tm;
	time_t then;

	clock_gettime(CLOCK_BOOTTIME, &since_boot);
	then = time(NULL) - since_boot.tv_sec + (time_t)second;
	if (!localtime_r(&then, &tm) || !strftime(buffer, size, "%F %T", &tm))
		*buffer = '\0';
}

static void look_at_policy(struct findings *findings, const struct facts *facts)
{
	char since[32] = "unknown";

	if (!facts_is(facts, "since", "unknown"))
		write_time(since, sizeof(since), facts_number(facts, "since"));
	if (facts_is(facts, "enforcing", "yes"))
		finding_add(findings, LEVEL_OK, "policy",
			    "policy %s is enforced, in force since %s",
			    facts_get(facts, "policy"), since);
	else if (facts_is(facts, "enforce", "0")) {
		char reason[128];

		host_read(reason, sizeof(reason),
			  "/sys/module/shield/parameters/reason");
		finding_add(
			findings, LEVEL_WRONG, "policy",
			"policy %s is in force since %s and not enforced: denials are only logged%s%s",
			facts_get(facts, "policy"), since,
			*reason ? "; loaded so because " : "", reason);
		finding_next(
			findings,
			"as root: echo 1 > /sys/module/shield/parameters/enforce");
	} else {
		finding_add(findings, LEVEL_WRONG, "policy",
			    "policy %s is not enforced",
			    facts_get(facts, "policy"));
		finding_next(findings, "shieldctl load");
	}
}

static void look_at_seal(struct findings *findings, const struct facts *facts)
{
	if (facts_is(facts, "sealed", "unknown"))
		finding_add(findings, LEVEL_UNKNOWN, "sealed",
			    "sealed: unknown, the kernel does not say");
	else
		finding_add(findings, LEVEL_NOTE, "sealed", "sealed: %s",
			    facts_is(facts, "sealed", "no") ?
				    "no, root can switch shield off" :
				    facts_get(facts, "sealed"));
}

static void look_at_events(struct findings *findings, const struct facts *facts)
{
	if (facts_is(facts, "lost", "unknown"))
		finding_add(findings, LEVEL_UNKNOWN, "events",
			    "events lost: unknown, the kernel does not say");
	else if (facts_number(facts, "lost")) {
		finding_add(
			findings, LEVEL_NOTE, "events",
			"events lost for the log since loading: %s, counted all the same",
			facts_get(facts, "lost"));
		finding_next(findings,
			     "see what is denied so often: shieldctl status");
	} else
		finding_add(findings, LEVEL_OK, "events", "events lost: none");
}

static void look_at_log(struct findings *findings)
{
	if (host_has(AUTH_LOG))
		finding_add(findings, LEVEL_NOTE, "log",
			    "the authentication log is the file " AUTH_LOG);
	else
		finding_add(
			findings, LEVEL_NOTE, "log",
			"the authentication log is the journal, " AUTH_LOG
			" does not exist; a rule for the file does not protect the journal");
}

static void look_at_programs(struct findings *findings)
{
	struct running found[MOST_RUNNING];
	struct policy policy = { 0 };
	size_t nr, i;

	if (policy_add_in_force(&policy)) {
		finding_add(findings, LEVEL_UNKNOWN, "programs",
			    "the policy in force cannot be read");
		policy_free(&policy);
		return;
	}
	nr = running_find(&policy.ast, found, MOST_RUNNING);
	for (i = 0; i < nr && i < MOST_RUNNING; i++) {
		finding_add(
			findings, LEVEL_WRONG, "programs",
			"%s (process %d) started before shield and is not trusted",
			found[i].path, found[i].pid);
		finding_next(findings, "restart its service, or reboot");
	}
	policy_free(&policy);
}

void doctor_running(struct findings *findings,
		    const struct installed_list *kernels)
{
	enum kernel_state state = kernel_probe();
	struct facts facts = { 0 };

	look_at_log(findings);
	if (state != KERNEL_READY) {
		finding_add(findings,
			    state == KERNEL_NOT_LOADED ? LEVEL_WRONG :
							 LEVEL_UNKNOWN,
			    "loaded", "not to be asked: %s",
			    kernel_explain(state));
		return;
	}
	if (facts_read(&facts)) {
		finding_add(findings, LEVEL_UNKNOWN, "loaded",
			    "loaded, but its status cannot be read");
		return;
	}
	finding_add(findings, LEVEL_OK, "loaded", "loaded, version %s",
		    facts_get(&facts, "version"));
	look_at_build(findings, kernels);
	look_at_hooks(findings, &facts);
	look_at_health(findings, &facts);
	look_at_policy(findings, &facts);
	look_at_seal(findings, &facts);
	look_at_events(findings, &facts);
	/* Where nobody can look at the hooks, nobody can read the policy either. */
	if (facts_healthy(&facts))
		look_at_programs(findings);
	facts_free(&facts);
}
