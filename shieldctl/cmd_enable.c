// SPDX-License-Identifier: GPL-2.0-only
/* shieldctl enable, disable: load shield at every boot, or no more. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

#include "doctor.h"
#include "early.h"
#include "host.h"
#include "shieldctl.h"

/* Only what would be in the way of the next boot: the rest is to come. */
static bool may_boot(void)
{
	struct installed_list kernels = { 0 };
	struct findings findings = { 0 };
	bool healthy;

	installed_find(&kernels);
	doctor_kernels(&findings, &kernels, NULL);
	doctor_trust(&findings, &kernels);
	doctor_boot(&findings);
	installed_free(&kernels);
	healthy = findings_healthy(&findings);
	if (!healthy)
		findings_print(&findings, false);
	findings_free(&findings);
	return healthy;
}

static int no_options(const struct command *command, int argc, char **argv)
{
	bool is_json;
	int status = command_options_alone(command, argc, argv, &is_json);

	if (status == COMMAND_GOES_ON && is_json)
		return command_misused(command, "it has no --json");
	return status;
}

/*
 * The wish stands before shield does: where /etc/shield is protected, we, who
 * were executed before, could not write it any more.
 */
static int prepare_early(void)
{
	if (!early_can_build()) {
		fputs("shieldctl: not enabled: neither update-initramfs nor dracut is installed\n",
		      stderr);
		return STATUS_NO;
	}
	return early_switch_on() ? STATUS_SYSTEM : STATUS_OK;
}

static int start(void)
{
	/*
	 * Loaded first: what cannot be loaded now is not to be tried at boot.
	 * The unit may have run before there was a policy: start is not enough.
	 */
	if (!host_run("systemctl --quiet restart shield.service")) {
		fputs("shieldctl: not enabled: shield.service failed; see journalctl -u shield.service\n",
		      stderr);
		return STATUS_NOT_LOADED;
	}
	if (!host_run("systemctl --quiet enable shield.service"))
		return STATUS_SYSTEM;
	/* This boot is one of those that completed; it may still be going on. */
	host_run("systemctl --quiet --no-block start shield-complete.service");
	return STATUS_OK;
}

static int enable_with(bool is_early)
{
	bool was_early = early_is_on();
	int status = is_early ? prepare_early() : STATUS_OK;

	if (status != STATUS_OK)
		return status;
	status = start();
	if (status == STATUS_OK && is_early && !early_build()) {
		fputs("shieldctl: the initramfs could not be made; shield is enabled without it\n",
		      stderr);
		status = STATUS_SYSTEM;
	}
	if (status != STATUS_OK && is_early && !was_early)
		early_switch_off();
	if (status == STATUS_OK)
		puts("loaded, and at every boot from now on; 'shieldctl doctor' tells the rest");
	return status;
}

static int enable(const struct command *command, int argc, char **argv)
{
	static const struct option options[] = {
		{ "initramfs", no_argument, NULL, 'i' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	bool is_early = false;
	int option;

	while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
		if (option == 'h')
			return command_help(command);
		if (option != 'i')
			return command_misused(command, NULL);
		is_early = true;
	}
	if (optind < argc)
		return command_misused(command, "it takes no argument");
	if (!may_boot()) {
		fputs("shieldctl: not enabled, because of what is wrong or unknown above\n",
		      stderr);
		return STATUS_NO;
	}
	return enable_with(is_early);
}

static int disable(const struct command *command, int argc, char **argv)
{
	int status = no_options(command, argc, argv);

	if (status != COMMAND_GOES_ON)
		return status;
	if (early_switch_off() ||
	    !host_run("systemctl --quiet disable shield.service"))
		return STATUS_SYSTEM;
	puts("not loaded at boot any more; what is in force stays until then, or until rmmod shield");
	return STATUS_OK;
}

const struct command command_enable = {
	.name = "enable",
	.summary = "load shield now and at every boot",
	.help = "[--initramfs]\n\n"
		"See with the doctor's eyes that nothing is in the way of the next boot,\n"
		"start shield.service, which loads the module and the policy files, and if\n"
		"that goes well, enable it.\n\n"
		"  --initramfs  and make every initramfs anew, so that shield is loaded before\n"
		"               the root file system is in use\n\n"
		"Exit status: 0 enabled, 1 something is wrong or unknown, 2 wrong usage,\n"
		"3 shield cannot be loaded, 4 system error.\n",
	.run = enable,
};

const struct command command_disable = {
	.name = "disable",
	.summary = "do not load shield at boot",
	.help = "\n\n"
		"Disable shield.service, and what 'enable --initramfs' did. What is in force\n"
		"stays in force until the machine restarts.\n\n"
		"Exit status: 0 disabled, 2 wrong usage, 4 system error.\n",
	.run = disable,
};
