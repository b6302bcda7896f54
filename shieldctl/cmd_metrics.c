// SPDX-License-Identifier: GPL-2.0-only
/* shieldctl metrics: figures in the text format of Prometheus. */
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "counters.h"
#include "facts.h"
#include "kernel.h"
#include "shieldctl.h"

static void write_head(FILE *out, const char *name, const char *type,
		       const char *help)
{
	fprintf(out, "# HELP shield_%s %s\n# TYPE shield_%s %s\n", name, help,
		name, type);
}

static void write_value(FILE *out, const char *name, const char *type,
			const char *help, unsigned long long value)
{
	write_head(out, name, type, help);
	fprintf(out, "shield_%s %llu\n", name, value);
}

/* First of all, and also where there is no shield to ask. */
static void write_enforcing(FILE *out, const struct facts *facts)
{
	write_value(out, "enforcing", "gauge",
		    "1 if denials are carried out and all hooks are armed.",
		    facts_is(facts, "enforcing", "yes"));
	write_value(out, "loaded", "gauge", "1 if the module is loaded.",
		    facts->nr != 0);
}

static void write_facts(FILE *out, const struct facts *facts)
{
	unsigned int armed = 0, needed = 0;

	if (sscanf(facts_get(facts, "hooks"), "%u/%u", &armed, &needed) != 2)
		armed = needed;
	write_value(out, "sealed", "gauge", "1 if sealed until reboot.",
		    !strncmp(facts_get(facts, "sealed"), "yes", 3));
	write_value(out, "policy_generation", "gauge",
		    "Number of the policy in force, since loading.",
		    facts_number(facts, "generation"));
	write_value(out, "rules", "gauge", "Rules in force.",
		    facts_number(facts, "rules"));
	write_value(out, "objects", "gauge", "Protected inodes.",
		    facts_number(facts, "objects"));
	write_value(out, "hooks_armed", "gauge", "Hooks that are armed.",
		    armed);
	write_value(out, "hooks_needed", "gauge",
		    "Hooks that the policy needs.", needed);
}

/* Names of hooks, rights and kinds need no escapes. */
static void write_counters(FILE *out, const struct counters *counters,
			   const char *what, const char *name, const char *help)
{
	size_t i;

	write_head(out, name, "counter", help);
	for (i = 0; i < counters->nr; i++) {
		const struct counter *counter = &counters->all[i];

		if (strcmp(counter->what, what))
			continue;
		fprintf(out, "shield_%s{%s=\"%s\"", name, what, counter->name);
		if (*counter->kind)
			fprintf(out, ",kind=\"%s\"", counter->kind);
		fprintf(out, "} %llu\n", counter->count);
	}
}

static void write_stats(FILE *out, const struct counters *counters)
{
	write_counters(out, counters, "hook", "events_total",
		       "Events by hook and kind.");
	write_counters(out, counters, "right", "rights_total",
		       "Rights in events, by kind.");
	write_counters(out, counters, "sink", "told_total",
		       "Events given to each sink.");
	write_value(out, "suppressed_total", "counter",
		    "Events that the rate limit kept back.",
		    counters_sum(counters, "total", "suppressed", NULL));
	write_value(out, "lost_total", "counter",
		    "Events that the ring had no room for.",
		    counters_sum(counters, "total", "lost", NULL));
}

static int write_all(FILE *out)
{
	enum kernel_state state = kernel_probe();
	struct counters counters = { 0 };
	struct facts facts = { 0 };
	int status = STATUS_OK;

	if (state == KERNEL_NOT_PERMITTED) {
		fprintf(stderr, "shieldctl: %s\n", kernel_explain(state));
		return STATUS_SYSTEM;
	}
	if (state == KERNEL_READY &&
	    (facts_read(&facts) || counters_read(&counters)))
		status = STATUS_SYSTEM;
	write_enforcing(out, &facts);
	if (state == KERNEL_READY && status == STATUS_OK) {
		write_facts(out, &facts);
		write_stats(out, &counters);
	}
	counters_free(&counters);
	facts_free(&facts);
	return status;
}

/* Whoever reads the file at any moment finds a whole one. */
static int replace(const char *path)
{
	char *scratch;
	int status;
	FILE *out;

	if (asprintf(&scratch, "%s.%d", path, getpid()) < 0)
		return STATUS_SYSTEM;
	out = fopen(scratch, "we");
	status = out ? write_all(out) : STATUS_SYSTEM;
	/* Closing tells whether all of it could be written. */
	if (out && fclose(out))
		status = STATUS_SYSTEM;
	if (status == STATUS_OK && rename(scratch, path))
		status = STATUS_SYSTEM;
	if (status != STATUS_OK) {
		fprintf(stderr, "shieldctl: cannot write %s: %s\n", path,
			strerror(errno));
		unlink(scratch);
	}
	free(scratch);
	return status;
}

static int run(const struct command *command, int argc, char **argv)
{
	static const struct option options[] = {
		{ "output", required_argument, NULL, 'o' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	const char *path = NULL;
	int option;

	while ((option = getopt_long(argc, argv, "ho:", options, NULL)) != -1) {
		if (option == 'h')
			return command_help(command);
		if (option == '?')
			return command_misused(command, NULL);
		path = optarg;
	}
	if (optind < argc)
		return command_misused(command, "it takes no argument");
	return path ? replace(path) : write_all(stdout);
}

const struct command command_metrics = {
	.name = "metrics",
	.summary = "write figures for Prometheus",
	.help = "[--output FILE]\n\n"
		"Figures in the text format of Prometheus, shield_enforcing, 0 or 1, first\n"
		"of all: it is 0 also where shield is not loaded.\n\n"
		"  -o, --output FILE   replace FILE at once, for node_exporter's textfile\n"
		"                      collector; shield-metrics.timer does that\n\n"
		"Exit status: 0 written, 2 wrong usage, 4 system error.\n",
	.run = run,
};
