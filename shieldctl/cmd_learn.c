// SPDX-License-Identifier: GPL-2.0-only
/* shieldctl learn: what a policy would need for what was seen. */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../module/policy/programs.h"
#include "../module/policy/rights.h"
#include "kernel.h"
#include "print.h"
#include "shieldctl.h"
#include "stream.h"

/**
 * struct need - one program and one rule
 * @program: owned
 * @rule: path of the rule; owned
 * @line: line of the rule
 * @rights: what it would have been denied
 * @count: how often
 * @first: number of the first event
 * @last: number of the last one
 */
struct need {
	char *program;
	char *rule;
	unsigned long long line;
	u16 rights;
	unsigned long long count;
	unsigned long long first;
	unsigned long long last;
};

/**
 * struct needs - all of them
 * @all: owned
 * @nr: elements of @all
 * @code: events of code that strict programs wanted to execute
 * @nameless: events of which the program is not known
 * @lost: events of which nothing is known
 */
struct needs {
	struct need *all;
	size_t nr;
	unsigned long long code;
	unsigned long long nameless;
	unsigned long long lost;
};

static char *copy(const char *text)
{
	size_t size = strlen(text) + 1;

	return memcpy(allocate(size), text, size);
}

static struct need *find(struct needs *needs, const struct event *event)
{
	const char *program = event_get(event, "program");
	const char *rule = event_get(event, "rule");
	struct need *all;
	size_t i;

	for (i = 0; i < needs->nr; i++)
		if (!strcmp(needs->all[i].program, program) &&
		    !strcmp(needs->all[i].rule, rule))
			return &needs->all[i];
	all = allocate((needs->nr + 1) * sizeof(*all));
	if (needs->nr)
		memcpy(all, needs->all, needs->nr * sizeof(*all));
	free(needs->all);
	needs->all = all;
	all[needs->nr] = (struct need){
		.program = copy(program),
		.rule = copy(rule),
		.line = event_number(event, "line"),
		.first = event_number(event, "seq"),
	};
	return &all[needs->nr++];
}

/* A suppressed one has no program: whose it was nobody knows. */
static void look(struct needs *needs, const struct event *event)
{
	struct need *need;

	if (event_is(event, "kind", "lost"))
		needs->lost += event_count(event);
	if (strcmp(event_verdict(event), "would-deny"))
		return;
	if (event_is_code(event)) {
		needs->code += event_count(event);
		return;
	}
	if (*event_get(event, "program") != '/') {
		needs->nameless += event_count(event);
		return;
	}
	need = find(needs, event);
	need->rights |= event_rights(event);
	need->count++;
	need->last = event_number(event, "seq");
}

static int look_at_kernel(struct needs *needs)
{
	struct stream stream;
	struct event event;

	if (kernel_require() != STATUS_OK)
		return STATUS_NOT_LOADED;
	if (stream_open(&stream))
		return STATUS_SYSTEM;
	while (stream_next(&stream, &event))
		look(needs, &event);
	stream_close(&stream);
	return STATUS_OK;
}

/* Lines as the kernel gives them; others are skipped. */
static int look_at_file(struct needs *needs, const char *path)
{
	FILE *file = fopen(path, "re");
	struct event event;
	char *line = NULL;
	size_t size = 0;

	if (!file) {
		fprintf(stderr, "shieldctl: cannot read %s: %s\n", path,
			strerror(errno));
		return STATUS_SYSTEM;
	}
	while (getline(&line, &size, file) > 0) {
		line[strcspn(line, "\n")] = '\0';
		if (event_parse(line, &event))
			look(needs, &event);
	}
	free(line);
	fclose(file);
	return STATUS_OK;
}

/* As the kernel would say when the policy is loaded, and before. */
static const char *refusal(const char *program)
{
	const char *name = strrchr(program, '/') + 1;
	const char *why = shield_program_refusal(name);
	char *real, magic[2] = "";
	struct stat st;
	int fd;

	if (why)
		return why;
	real = realpath(program, NULL);
	if (!real)
		return "it does not exist any more";
	why = shield_program_refusal(strrchr(real, '/') + 1);
	free(real);
	if (why)
		return why;
	fd = open(program, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &st))
		return "it cannot be read";
	if (pread(fd, magic, 2, 0) == 2 && !memcmp(magic, "#!", 2))
		why = "it is a script: its interpreter would be trusted with any script";
	close(fd);
	if (!S_ISREG(st.st_mode))
		return "it is not a regular file";
	if (st.st_mode & 0002)
		return "everyone may write it";
	return why;
}

static int by_program(const void *a, const void *b)
{
	const struct need *x = a, *y = b;
	int order = strcmp(x->program, y->program);

	return order ? order : strcmp(x->rule, y->rule);
}

/* A group's name from the program's; dots and the like become "_". */
static void print_group(const char *program)
{
	const char *at = strrchr(program, '/') + 1;
	int left = 63;

	for (; *at && left--; at++)
		putchar(strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-",
			       *at) ?
				*at :
				'_');
}

static void print_evidence(const struct need *need)
{
	fputs("# ", stdout);
	print_path(stdout, need->rule);
	printf(" (line %llu): ", need->line);
	print_rights(stdout, need->rights);
	printf(", %llu times, events %llu to %llu\n", need->count, need->first,
	       need->last);
}

static void print_program(const struct need *need, size_t nr)
{
	const char *why = refusal(need->program);
	size_t i;

	putchar('\n');
	if (why) {
		fputs("# not proposed: ", stdout);
		print_path(stdout, need->program);
		printf(": %s\n", why);
	} else {
		fputs("program ", stdout);
		print_group(need->program);
		putchar(' ');
		print_path(stdout, need->program);
		putchar('\n');
	}
	for (i = 0; i < nr; i++) {
		print_evidence(&need[i]);
		if (why)
			continue;
		fputs("#   add to that line: allow ", stdout);
		print_rights(stdout, need[i].rights);
		fputs(" to ", stdout);
		print_group(need->program);
		fputs("  (or: except ", stdout);
		print_group(need->program);
		puts(")");
	}
}

static void print_needs(struct needs *needs)
{
	size_t i, nr;

	if (needs->nr)
		qsort(needs->all, needs->nr, sizeof(*needs->all), by_program);
	puts("# What would have been denied, by program. Read each before you trust it:");
	puts("# who may run the program with any option is trusted with what it can do.");
	for (i = 0; i < needs->nr; i += nr) {
		for (nr = 1;
		     i + nr < needs->nr && !strcmp(needs->all[i].program,
						   needs->all[i + nr].program);)
			nr++;
		print_program(&needs->all[i], nr);
	}
	if (needs->code)
		printf("\n# %llu were code that strict programs wanted to execute: 'shieldctl explain --event N'\n# says for each what would allow it\n",
		       needs->code);
	if (needs->nameless)
		printf("\n# %llu more were suppressed or have no program on this machine's file systems\n",
		       needs->nameless);
	if (needs->lost)
		printf("\n# %llu events were lost: this may not be all\n",
		       needs->lost);
}

static void free_needs(struct needs *needs)
{
	size_t i;

	for (i = 0; i < needs->nr; i++) {
		free(needs->all[i].program);
		free(needs->all[i].rule);
	}
	free(needs->all);
}

static int learn(char **files, int nr, bool is_merge)
{
	struct needs needs = { 0 };
	int status = STATUS_OK, i;

	if (!is_merge)
		status = look_at_kernel(&needs);
	for (i = 0; i < nr && status == STATUS_OK; i++)
		status = look_at_file(&needs, files[i]);
	if (status == STATUS_OK)
		print_needs(&needs);
	free_needs(&needs);
	return status;
}

static int run(const struct command *command, int argc, char **argv)
{
	static const struct option options[] = {
		{ "merge", no_argument, NULL, 'm' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	bool is_merge = false;
	int option;

	while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
		if (option == 'h')
			return command_help(command);
		if (option == '?')
			return command_misused(command, NULL);
		is_merge = true;
	}
	if (is_merge != (optind < argc))
		return command_misused(
			command, "--merge takes FILES, and nothing else does");
	return learn(argv + optind, argc - optind, is_merge);
}

const struct command command_learn = {
	.name = "learn",
	.summary = "propose programs to trust from what would have been denied",
	.help = "[--merge FILE...]\n\n"
		"From the events of kind would-deny that the kernel still has (set enforce to\n"
		"0 for a while), propose program lines and what to add to which rule, each\n"
		"with its count and evidence. Never proposed are shells, interpreters,\n"
		"multi-call programs, scripts and what everyone may write; it says why.\n\n"
		"  --merge   from copies of /sys/kernel/security/shield/events instead, of this\n"
		"            or other machines\n\n"
		"Exit status: 0 told, 2 wrong usage, 3 shield is not loaded, 4 system error.\n",
	.run = run,
};
