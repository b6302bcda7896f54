// SPDX-License-Identifier: GPL-2.0-only
/* shieldctl boot: what shield.service does. */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "boots.h"
#include "early.h"
#include "force.h"
#include "host.h"
#include "kernel.h"
#include "shieldctl.h"

#define KNOB "/sys/module/shield/parameters/enforce"

/* Why denials are only to be told in this boot; empty if they are not. */
static void find_reason(char *reason, size_t size)
{
	unsigned int before, early;

	*reason = '\0';
	if (host_is_rescued()) {
		snprintf(reason, size, "the machine is being rescued");
		return;
	}
	before = boots_before(BOOTS_LATE);
	early = boots_before(BOOTS_EARLY);
	boots_begin(BOOTS_LATE);
	if (early > before)
		before = early;
	if (before >= BOOTS_MOST)
		snprintf(reason, size, "%u boots in a row did not complete",
			 before);
}

/* The initramfs may have had it loaded. */
static void stop_enforcing(void)
{
	char *path = host_path(KNOB);
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	if (fd < 0 || write(fd, "0\n", 2) != 2)
		fprintf(stderr, "shieldctl: cannot write %s: %s\n", path,
			strerror(errno));
	if (fd >= 0)
		close(fd);
	free(path);
}

/* It has failed where nobody reads what it says. */
static void tell_early(void)
{
	const char *failure = early_failure();

	if (failure)
		fprintf(stderr,
			"shieldctl: before the root file system was in use, %s\n",
			failure);
}

static int begin(const char *reason)
{
	char parameters[128] = "policy=none";

	if (*reason) {
		fprintf(stderr, "shieldctl: denials are only told: %s\n",
			reason);
		snprintf(parameters, sizeof(parameters),
			 "policy=none enforce=0 reason=\"%s\"", reason);
	}
	if (kernel_probe() == KERNEL_NOT_LOADED)
		return kernel_load_module(parameters) ? STATUS_NOT_LOADED :
							STATUS_OK;
	if (*reason)
		stop_enforcing();
	return STATUS_OK;
}

static int run(const struct command *command, int argc, char **argv)
{
	static const struct option options[] = {
		{ "complete", no_argument, NULL, 'c' },
		{ "early", no_argument, NULL, 'e' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	const struct apply_wishes wishes = { 0 };
	char reason[64];
	int option, status, stage = 0;

	while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
		if (option == 'h')
			return command_help(command);
		if (option == '?')
			return command_misused(command, NULL);
		stage = option;
	}
	if (optind < argc)
		return command_misused(command, "it takes no argument");
	if (stage == 'c')
		return boots_complete() ? STATUS_SYSTEM : STATUS_OK;
	if (stage == 'e')
		return early_boot();
	tell_early();
	find_reason(reason, sizeof(reason));
	status = begin(reason);
	return status == STATUS_OK ? force_at_boot(&wishes) : status;
}

const struct command command_boot = {
	.name = "boot",
	.summary = "load shield as it is done at boot",
	.help = "[--early|--complete]\n\n"
		"What shield.service executes. Loads the module if it is not there, and the\n"
		"policy files as 'shieldctl load' does; if they are refused, those of\n"
		"/usr/lib/shield/policy.d alone, and fails.\n\n"
		"Denials are only told, not carried out, if the kernel's command line asks for\n"
		"rescue.target or emergency.target, or if the last 3 boots did not come to\n"
		"boot-complete.target and multi-user.target. The count is in\n"
		"/var/lib/shield/boots. A boot that completes sets it to 0, or to 2 if denials\n"
		"were only told in it: so the next one decides.\n\n"
		"  --early      the root file system is not in use yet: what the initramfs has\n"
		"               executed if 'shieldctl enable --initramfs' said so. Does nothing\n"
		"               if the command line or the boots before speak against it, or if\n"
		"               this boot cannot be counted, in /etc/shield/early\n"
		"  --complete   this boot has come to its end: what shield-complete.service\n"
		"               executes\n\n"
		"Exit status: 0 in force, 1 refused, 2 wrong usage, 3 the module cannot be\n"
		"loaded, 4 system error.\n",
	.run = run,
};
