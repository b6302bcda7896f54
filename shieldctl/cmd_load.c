// SPDX-License-Identifier: GPL-2.0-only
/* shieldctl load: put policy files in force. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

#include "force.h"
#include "shieldctl.h"

#define MAX_CONFIRM 86400

static bool read_seconds(const char *text, unsigned int *seconds)
{
	unsigned long number;
	char *end;

	number = strtoul(text, &end, 10);
	*seconds = number;
	return *text >= '0' && *text <= '9' && !*end && number &&
	       number <= MAX_CONFIRM;
}

/* COMMAND_GOES_ON, or the exit status. */
static int take_options(const struct command *command, int argc, char **argv,
			struct apply_wishes *wishes)
{
	static const struct option options[] = {
		{ "confirm", required_argument, NULL, 'c' },
		{ "evict", no_argument, NULL, 'e' },
		{ "json", no_argument, NULL, 'j' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	int option;

	while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
		if (option == 'h')
			return command_help(command);
		if (option == '?')
			return command_misused(command, NULL);
		if (option == 'c' && !read_seconds(optarg, &wishes->confirm))
			return command_misused(
				command,
				"--confirm takes a number of seconds, 1 to 86400");
		wishes->is_json |= option == 'j';
		wishes->evict |= option == 'e';
	}
	return COMMAND_GOES_ON;
}

static int run(const struct command *command, int argc, char **argv)
{
	struct apply_wishes wishes = { 0 };
	int status = take_options(command, argc, argv, &wishes);

	if (status != COMMAND_GOES_ON)
		return status;
	return optind < argc ?
		       force_files(argv + optind, argc - optind, &wishes) :
		       force_standard(&wishes);
}

const struct command command_load = {
	.name = "load",
	.summary = "put policy files in force",
	.help = "[--json] [--confirm SECONDS] [--evict] [FILE...]\n\n"
		"Read the files one after the other as one policy, '-' being the standard\n"
		"input, and put it in force in place of the one before. All of it is taken\n"
		"or nothing: when anything is wrong with it, the old policy stays in force.\n"
		"Without a FILE, those that end in .policy in /usr/lib/shield/policy.d,\n"
		"/run/shield/policy.d and /etc/shield/policy.d are taken, in the order of\n"
		"their names; a later directory masks files of the same name. If there is a\n"
		"signed manifest, /etc/shield/policy.signed, it is taken instead of them.\n"
		"The module is loaded first if it is not yet. A loaded policy lasts until\n"
		"the next one or until the machine restarts.\n\n"
		"A policy is refused while a process that may not write one of its files has\n"
		"it mapped shared and writable.\n\n"
		"  --confirm SECONDS   the policy before comes back after that time, unless\n"
		"                      'shieldctl confirm' says that this one may stay; shield\n"
		"                      itself sees to it, also when every login is locked out\n"
		"  --evict             kill such processes\n"
		"  --json              write the result as JSON\n\n"
		"Exit status: 0 in force, 1 refused, 2 wrong usage, 3 the module cannot be\n"
		"loaded, 4 system error.\n",
	.run = run,
};
