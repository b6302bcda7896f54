// SPDX-License-Identifier: GPL-2.0-only
/* shieldctl monitor: what happens, as it happens. */
#include <ctype.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "../module/policy/rights.h"
#include "filter.h"
#include "kernel.h"
#include "shieldctl.h"
#include "stream.h"

/**
 * struct monitor - what the command line asks for
 * @filter: which events
 * @after: number of the last event seen, if @resumes
 * @resumes: begin behind @after
 * @is_new_only: begin with what happens from now on
 * @is_json: a JSON object a line
 * @stops: end when there is no more
 * @is_coloured: on a terminal
 */
struct monitor {
	struct filter filter;
	unsigned long long after;
	bool resumes;
	bool is_new_only;
	bool is_json;
	bool stops;
	bool is_coloured;
};

static const char *colour_of(const char *verdict)
{
	if (!strcmp(verdict, "denied"))
		return "\033[31m";
	if (!strcmp(verdict, "would-deny") || !strcmp(verdict, "lost") ||
	    !strcmp(verdict, "health") || !strcmp(verdict, "policy"))
		return "\033[33m";
	if (!strcmp(verdict, "watched"))
		return "\033[36m";
	return "\033[2m";
}

/* What a stranger chose must not move the cursor. */
static void print_safely(const char *text)
{
	for (; *text; text++)
		if (iscntrl((unsigned char)*text))
			printf("\\%03o", (unsigned char)*text);
		else
			putchar(*text);
}

static void print_time(const struct event *event)
{
	const time_t seconds = strtoll(event_get(event, "time"), NULL, 10);
	char text[32];
	struct tm tm;

	if (!seconds || !localtime_r(&seconds, &tm))
		return;
	strftime(text, sizeof(text), "%F %T", &tm);
	printf("%s ", text);
}

static void print_subject(const struct event *event)
{
	fputs(" by ", stdout);
	print_safely(event_get(event, "comm"));
	printf("[%s] uid=%s", event_get(event, "tgid"),
	       event_get(event, "uid"));
	if (*event_get(event, "loginuid"))
		printf(" loginuid=%s", event_get(event, "loginuid"));
	if (*event_get(event, "program")) {
		fputs(" (", stdout);
		print_safely(event_get(event, "program"));
		putchar(')');
	}
}

static void print_text(const struct monitor *monitor, const struct event *event)
{
	const char *verdict = event_verdict(event);

	print_time(event);
	printf("#%s ", event_get(event, "seq"));
	if (monitor->is_coloured)
		fputs(colour_of(verdict), stdout);
	fputs(verdict, stdout);
	if (monitor->is_coloured)
		fputs("\033[0m", stdout);
	if (event_is(event, "kind", "lost")) {
		printf(" %s events\n", event_get(event, "count"));
		return;
	}
	if (*event_get(event, "rights"))
		printf(" %s", event_get(event, "rights"));
	putchar(' ');
	print_safely(event_get(event, "path"));
	if (event_is(event, "kind", "suppressed"))
		printf(": %s more suppressed", event_get(event, "count"));
	if (*event_get(event, "rule"))
		printf(" line %s", event_get(event, "line"));
	if (*event_get(event, "comm"))
		print_subject(event);
	if (*event_get(event, "note")) {
		fputs(": ", stdout);
		print_safely(event_get(event, "note"));
	}
	putchar('\n');
}

static void print(const struct monitor *monitor, const struct event *event)
{
	struct json json = { .out = stdout, .is_line = true };

	if (!filter_passes(&monitor->filter, event))
		return;
	if (monitor->is_json)
		event_json(&json, NULL, event);
	else
		print_text(monitor, event);
}

static int follow(const struct monitor *monitor, struct stream *stream)
{
	struct event event;

	for (;;) {
		while (stream_next(stream, &event))
			print(monitor, &event);
		if (fflush(stdout))
			return STATUS_SYSTEM;
		if (stream->has_ended && !monitor->stops)
			fputs("shieldctl: shield was unloaded\n", stderr);
		if (stream->has_ended || monitor->stops)
			return STATUS_OK;
		if (!stream_wait(stream))
			return STATUS_SYSTEM;
	}
}

static int monitor(const struct monitor *monitor)
{
	struct stream stream;
	int status = kernel_require();

	if (status != STATUS_OK)
		return status;
	if (stream_open(&stream))
		return STATUS_SYSTEM;
	if (monitor->is_new_only)
		stream_skip(&stream);
	if (monitor->resumes && !stream_resume(&stream, monitor->after))
		fprintf(stderr,
			"shieldctl: shield was loaded anew since event %llu: telling all it has\n",
			monitor->after);
	status = follow(monitor, &stream);
	stream_close(&stream);
	return status;
}

static bool take_rights(const char *argument, u16 *rights)
{
	*rights = shield_rights_from_name(argument, strlen(argument));
	return *rights;
}

static bool take_number(const char *argument, unsigned long long *number)
{
	char *end;

	*number = strtoull(argument, &end, 10);
	return isdigit((unsigned char)*argument) && !*end;
}

static const char *take(struct monitor *monitor, int option)
{
	switch (option) {
	case 'p':
		monitor->filter.path = optarg;
		return NULL;
	case 'P':
		monitor->filter.program = optarg;
		return NULL;
	case 'V':
		monitor->filter.verdict = optarg;
		return NULL;
	case 'r':
		return take_rights(optarg, &monitor->filter.rights) ?
			       NULL :
			       "--right takes one right, such as write";
	case 's':
		return filter_since(optarg, &monitor->filter.since) ?
			       NULL :
			       "--since takes 90s, 10m, 2h, 3d or @SECONDS";
	case 'a':
		monitor->resumes = true;
		return take_number(optarg, &monitor->after) ?
			       NULL :
			       "--after takes the number of an event";
	case 'n':
		monitor->is_new_only = true;
		return NULL;
	case 'e':
		monitor->stops = true;
		return NULL;
	default:
		monitor->is_json = true;
		return NULL;
	}
}

static int run(const struct command *command, int argc, char **argv)
{
	static const struct option options[] = {
		{ "path", required_argument, NULL, 'p' },
		{ "program", required_argument, NULL, 'P' },
		{ "right", required_argument, NULL, 'r' },
		{ "verdict", required_argument, NULL, 'V' },
		{ "since", required_argument, NULL, 's' },
		{ "after", required_argument, NULL, 'a' },
		{ "new", no_argument, NULL, 'n' },
		{ "no-follow", no_argument, NULL, 'e' },
		{ "json", no_argument, NULL, 'j' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	struct monitor wanted = { .is_coloured = isatty(STDOUT_FILENO) };
	const char *problem;
	int option;

	while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
		if (option == 'h')
			return command_help(command);
		if (option == '?')
			return command_misused(command, NULL);
		problem = take(&wanted, option);
		if (problem)
			return command_misused(command, problem);
	}
	if (optind < argc)
		return command_misused(command, "it takes no argument");
	return monitor(&wanted);
}

const struct command command_monitor = {
	.name = "monitor",
	.summary = "tell what happens, as it happens",
	.help = "[OPTION]...\n\n"
		"Tell the events that the kernel still has and then each that comes. A line\n"
		"says so when some were lost.\n\n"
		"  --path PATH        only what concerns PATH or is below\n"
		"  --right RIGHT      only events with this right\n"
		"  --program PROGRAM  only this program, by its path or the thread's name\n"
		"  --verdict KIND     only denied, would-deny, watched, allowed, policy, ...\n"
		"  --since TIME       only since 90s, 10m, 2h or 3d ago, or since @SECONDS\n"
		"  --after N          begin behind event number N\n"
		"  --new              begin with what happens from now on\n"
		"  --no-follow        end when all there is has been told\n"
		"  --json             a JSON object a line\n\n"
		"Exit status: 0 ended with shield or by --no-follow, 2 wrong usage, 3 shield\n"
		"is not loaded, 4 system error.\n",
	.run = run,
};
