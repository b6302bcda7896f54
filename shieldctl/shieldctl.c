// SPDX-License-Identifier: GPL-2.0-only
/* shieldctl: see and change what shield protects. */
#include "shieldctl.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "../module/policy/pure.h"

static const struct command *const commands[] = {
	&command_load,	  &command_check,   &command_status,
	&command_list,	  &command_protect, &command_unprotect,
	&command_verify,  &command_enroll,  &command_doctor,
	&command_enable,  &command_disable, &command_seal,
	&command_monitor, &command_stats,   &command_explain,
	&command_metrics, &command_report,  &command_learn,
	&command_sign,	  &command_confirm, &command_window,
	&command_boot,
};

static void print_usage(FILE *out)
{
	size_t i;

	fputs("usage: shieldctl COMMAND [OPTION]... [ARGUMENT]...\n\n", out);
	for (i = 0; i < ARRAY_SIZE(commands); i++)
		fprintf(out, "  %-10s %s\n", commands[i]->name,
			commands[i]->summary);
	fputs("\n'shieldctl COMMAND --help' tells more.\n"
	      "Exit status: 0 done or protected, 1 refused or not protected,\n"
	      "2 wrong usage, 3 shield is not loaded, 4 system error.\n",
	      out);
}

int command_help(const struct command *command)
{
	printf("usage: shieldctl %s %s", command->name, command->help);
	return STATUS_OK;
}

int command_misused(const struct command *command, const char *problem)
{
	if (problem)
		fprintf(stderr, "shieldctl %s: %s\n", command->name, problem);
	fprintf(stderr, "Try 'shieldctl %s --help'.\n", command->name);
	return STATUS_USAGE;
}

int command_options(const struct command *command, int argc, char **argv,
		    bool *is_json)
{
	static const struct option options[] = {
		{ "json", no_argument, NULL, 'j' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	int option;

	*is_json = false;
	while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
		if (option == 'h')
			return command_help(command);
		if (option != 'j')
			return command_misused(command, NULL);
		*is_json = true;
	}
	return COMMAND_GOES_ON;
}

int command_options_alone(const struct command *command, int argc, char **argv,
			  bool *is_json)
{
	int status = command_options(command, argc, argv, is_json);

	if (status == COMMAND_GOES_ON && optind < argc)
		return command_misused(command, "it takes no argument");
	return status;
}

static int finish(int status)
{
	/* A full disk must not look like success. */
	if (fflush(stdout) || ferror(stdout)) {
		perror("shieldctl: cannot write the output");
		return STATUS_SYSTEM;
	}
	return status;
}

int main(int argc, char **argv)
{
	size_t i;

	if (argc < 2) {
		print_usage(stderr);
		return STATUS_USAGE;
	}
	if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h") ||
	    !strcmp(argv[1], "help")) {
		print_usage(stdout);
		return finish(STATUS_OK);
	}
	if (!strcmp(argv[1], "--version") || !strcmp(argv[1], "-V")) {
		puts("shieldctl " SHIELD_VERSION);
		return finish(STATUS_OK);
	}
	for (i = 0; i < ARRAY_SIZE(commands); i++)
		if (!strcmp(argv[1], commands[i]->name))
			return finish(commands[i]->run(commands[i], argc - 1,
						       argv + 1));
	fprintf(stderr,
		"shieldctl: there is no command '%s'; try 'shieldctl --help'\n",
		argv[1]);
	return STATUS_USAGE;
}
