// SPDX-License-Identifier: GPL-2.0-only
/* shieldctl load: put policy files in force. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "apply.h"
#include "directories.h"
#include "kernel.h"
#include "manifest.h"
#include "policy.h"
#include "report.h"
#include "shieldctl.h"

#define MAX_CONFIRM 86400

/*
 * A text that we can see is no policy does not reach the kernel: then the
 * module need not be loaded for it either.
 */
static int load(struct policy *policy, const struct apply_wishes *wishes)
{
	struct shield_error error;
	int status;

	if (manifest_is_signed(&policy->text)) {
		if (policy->nr_files > 1) {
			fputs("shieldctl: a signed manifest is a whole policy: load it alone\n",
			      stderr);
			return STATUS_USAGE;
		}
	} else if (policy_parse(policy, &error)) {
		report_refusal(policy, &error, wishes->is_json);
		return STATUS_NO;
	}
	if (kernel_probe() == KERNEL_NOT_LOADED &&
	    !getenv("SHIELDCTL_SECURITYFS")) {
		fputs("loading the module without a policy\n", stderr);
		if (kernel_load_module())
			return STATUS_NOT_LOADED;
	}
	status = kernel_require();
	return status == STATUS_OK ? apply_policy(policy, wishes) : status;
}

static int add_files(struct policy *policy, char **paths, size_t nr)
{
	size_t i;

	for (i = 0; i < nr; i++)
		if (policy_add_file(policy, paths[i]))
			return STATUS_SYSTEM;
	return STATUS_OK;
}

static int load_files(char **paths, size_t nr,
		      const struct apply_wishes *wishes)
{
	struct policy policy = { 0 };
	int status = add_files(&policy, paths, nr);

	if (status == STATUS_OK)
		status = load(&policy, wishes);
	policy_free(&policy);
	return status;
}

static int load_directories(const struct apply_wishes *wishes)
{
	int status = STATUS_USAGE;
	char **paths;
	size_t nr = directories_list(&paths);

	if (nr)
		status = load_files(paths, nr, wishes);
	else
		fputs("shieldctl: there is no *.policy file in a policy.d directory: name a FILE\n",
		      stderr);
	directories_free(paths, nr);
	return status;
}

/* What is signed stands for all files that it was made of. */
static int load_standard(const struct apply_wishes *wishes)
{
	char *manifest = MANIFEST_STANDARD;

	return access(manifest, F_OK) ? load_directories(wishes) :
					load_files(&manifest, 1, wishes);
}

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
		       load_files(argv + optind, argc - optind, &wishes) :
		       load_standard(&wishes);
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
