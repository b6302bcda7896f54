// SPDX-License-Identifier: GPL-2.0-only
/* shieldctl stats: how often what happened, and to whom. */

#include "counters.h"
#include "kernel.h"
#include "print.h"
#include "shieldctl.h"

#define TOP 10

static void write_counters(const struct counters *counters)
{
	size_t i;

	for (i = 0; i < counters->nr; i++)
		printf("%-6s %-32s %-11s %12llu\n", counters->all[i].what,
		       counters->all[i].name, counters->all[i].kind,
		       counters->all[i].count);
}

static void write_top(const char *title, const struct tally *tally)
{
	size_t i;

	if (tally->nr)
		printf("\n%s\n", title);
	for (i = 0; i < tally->nr && i < TOP; i++) {
		printf("%12llu  ", tally->entries[i].count);
		print_path(stdout, tally->entries[i].name);
		putchar('\n');
	}
}

static void write_human(const struct counters *counters,
			const struct recent *recent)
{
	write_counters(counters);
	write_top("objects, of the events that the kernel still has:",
		  &recent->objects);
	write_top("programs, likewise:", &recent->programs);
}

static void write_json_top(struct json *json, const char *key,
			   const struct tally *tally)
{
	size_t i;

	json_open(json, key, '[');
	for (i = 0; i < tally->nr && i < TOP; i++) {
		json_open(json, NULL, '{');
		json_string(json, "name", tally->entries[i].name);
		json_number(json, "count", tally->entries[i].count);
		json_close(json, '}');
	}
	json_close(json, ']');
}

static void write_json(const struct counters *counters,
		       const struct recent *recent)
{
	struct json json = { .out = stdout };
	size_t i;

	json_open(&json, NULL, '{');
	json_open(&json, "counters", '[');
	for (i = 0; i < counters->nr; i++) {
		json_open(&json, NULL, '{');
		json_string(&json, counters->all[i].what,
			    counters->all[i].name);
		if (*counters->all[i].kind)
			json_string(&json, "kind", counters->all[i].kind);
		json_number(&json, "count", counters->all[i].count);
		json_close(&json, '}');
	}
	json_close(&json, ']');
	write_json_top(&json, "objects", &recent->objects);
	write_json_top(&json, "programs", &recent->programs);
	json_close(&json, '}');
}

static int show(bool is_json)
{
	struct counters counters = { 0 };
	struct recent recent = { 0 };
	int status = kernel_require();

	if (status != STATUS_OK)
		return status;
	if (counters_read(&counters) || recent_read(&recent))
		status = STATUS_SYSTEM;
	else if (is_json)
		write_json(&counters, &recent);
	else
		write_human(&counters, &recent);
	counters_free(&counters);
	recent_free(&recent);
	return status;
}

static int run(const struct command *command, int argc, char **argv)
{
	bool is_json;
	int status = command_options_alone(command, argc, argv, &is_json);

	if (status != COMMAND_GOES_ON)
		return status;
	return show(is_json);
}

const struct command command_stats = {
	.name = "stats",
	.summary = "count what happened, by hook, right, object, program",
	.help = "[--json]\n\n"
		"The kernel's counters since loading, which are exact; then the objects and\n"
		"programs of the events that it still has, most frequent first.\n\n"
		"  --json   write all of it as JSON\n\n"
		"Exit status: 0 told, 2 wrong usage, 3 shield is not loaded, 4 system error.\n",
	.run = run,
};
