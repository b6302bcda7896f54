// SPDX-License-Identifier: GPL-2.0-only
/* shieldctl doctor: the exact state of the machine, and the next step. */
#include <getopt.h>
#include <stddef.h>

#include "doctor.h"
#include "shieldctl.h"

static void examine(struct findings *findings, bool only_kernels,
		    const char *release)
{
	struct installed_list kernels = { 0 };

	installed_find(&kernels);
	doctor_kernels(findings, &kernels, release);
	if (!only_kernels) {
		doctor_trust(findings, &kernels);
		doctor_boot(findings);
		doctor_unit(findings);
		doctor_running(findings, &kernels);
	}
	installed_free(&kernels);
}

static int run(const struct command *command, int argc, char **argv)
{
	static const struct option options[] = {
		{ "json", no_argument, NULL, 'j' },
		{ "kernels", no_argument, NULL, 'k' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	bool is_json = false, only_kernels = false;
	struct findings findings = { 0 };
	int option, status;

	while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
		if (option == 'h')
			return command_help(command);
		if (option == 'j')
			is_json = true;
		else if (option == 'k')
			only_kernels = true;
		else
			return command_misused(command, NULL);
	}
	if (optind + only_kernels < argc)
		return command_misused(command, "too many arguments");
	examine(&findings, only_kernels, argv[optind]);
	findings_print(&findings, is_json);
	status = findings_healthy(&findings) ? STATUS_OK : STATUS_NO;
	findings_free(&findings);
	return status;
}

const struct command command_doctor = {
	.name = "doctor",
	.summary = "examine the machine, and tell the next step",
	.help = "[--json] [--kernels [RELEASE]]\n\n"
		"One line for each thing that protection depends on, now and at the next\n"
		"boot: 'ok', 'note' for what needs nothing, 'wrong', or 'unknown' for what\n"
		"could not be found out; behind 'next:' what to do about it.\n\n"
		"  --kernels   only whether the installed kernels, or the one of RELEASE,\n"
		"              have a module built for them\n"
		"  --json      write the result as JSON\n\n"
		"Exit status: 0 nothing is wrong or unknown, 1 something is, 2 wrong usage.\n",
	.run = run,
};
