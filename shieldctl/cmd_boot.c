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
#include "force.h"
#include "host.h"
#include "kernel.h"
#include "shieldctl.h"

#define KNOB "/sys/module/shield/parameters/enforce"

/* What systemd takes as a wish for rescue.target or emergency.target. */
static bool is_rescue(void)
{
	static const char *const words[] = {
		"rescue",
		"single",
		"s",
		"S",
		"1",
		"emergency",
		"-b",
		"systemd.unit=rescue.target",
		"systemd.unit=emergency.target",
	};
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (host_boot_word(words[i]))
			return true;
	return false;
}

/* Why denials are only to be told in this boot; empty if they are not. */
static void find_reason(char *reason, size_t size)
{
	unsigned int before;

	*reason = '\0';
	if (is_rescue()) {
		snprintf(reason, size, "the machine is being rescued");
		return;
	}
	before = boots_begin();
	if (before >= BOOTS_MOST)
		snprintf(reason, size, "%u boots in a row did not complete",
			 before);
}

/* An initramfs may have loaded it. */
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

/* Protected by less than was wished is better than not at all; yet it failed. */
static int load(void)
{
	const struct apply_wishes wishes = { 0 };
	int status = force_standard(&wishes);

	if (status == STATUS_NO || status == STATUS_SYSTEM) {
		fputs("shieldctl: falling back to the policy files that came with shield\n",
		      stderr);
		force_shipped(&wishes);
	}
	return status;
}

static int run(const struct command *command, int argc, char **argv)
{
	static const struct option options[] = {
		{ "complete", no_argument, NULL, 'c' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	bool is_complete = false;
	char reason[64];
	int option, status;

	while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
		if (option == 'h')
			return command_help(command);
		if (option != 'c')
			return command_misused(command, NULL);
		is_complete = true;
	}
	if (optind < argc)
		return command_misused(command, "it takes no argument");
	if (is_complete)
		return boots_complete() ? STATUS_SYSTEM : STATUS_OK;
	find_reason(reason, sizeof(reason));
	status = begin(reason);
	return status == STATUS_OK ? load() : status;
}

const struct command command_boot = {
	.name = "boot",
	.summary = "load shield as it is done at boot",
	.help = "[--complete]\n\n"
		"What shield.service executes. Loads the module if it is not there, and the\n"
		"policy files as 'shieldctl load' does; if they are refused, those of\n"
		"/usr/lib/shield/policy.d alone, and fails.\n\n"
		"Denials are only told, not carried out, if the kernel's command line asks for\n"
		"rescue.target or emergency.target, or if the last 3 boots did not come to\n"
		"boot-complete.target and multi-user.target. The count is in\n"
		"/var/lib/shield/boots. A boot that completes sets it to 0, or to 2 if denials\n"
		"were only told in it: so the next one decides.\n\n"
		"  --complete   this boot has come to its end: what shield-complete.service\n"
		"               executes\n\n"
		"Exit status: 0 in force, 1 refused, 2 wrong usage, 3 the module cannot be\n"
		"loaded, 4 system error.\n",
	.run = run,
};
