// SPDX-License-Identifier: GPL-2.0-only
/* shieldctl confirm: the policy that was loaded with --confirm may stay. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "facts.h"
#include "kernel.h"
#include "shieldctl.h"

/* By its generation, so that no other policy is confirmed than the one seen. */
static int write_generation(const char *generation)
{
	int fd = open(kernel_path("confirm"), O_WRONLY | O_CLOEXEC);
	int error = 0;

	if (fd < 0)
		return -errno;
	if (write(fd, generation, strlen(generation)) < 0)
		error = -errno;
	close(fd);
	return error;
}

static int refuse(int error)
{
	switch (error) {
	case -ENOENT:
		fputs("shieldctl: no policy waits for its confirmation\n",
		      stderr);
		return STATUS_NO;
	case -ESTALE:
		fputs("shieldctl: another policy has been loaded meanwhile\n",
		      stderr);
		return STATUS_NO;
	case -EPERM:
	case -EACCES:
		fputs("shieldctl: not permitted: confirming takes root with CAP_MAC_ADMIN, outside of containers\n",
		      stderr);
		return STATUS_SYSTEM;
	default:
		fprintf(stderr, "shieldctl: cannot confirm: %s\n",
			strerror(-error));
		return STATUS_SYSTEM;
	}
}

static int confirm(void)
{
	struct facts facts = { 0 };
	int error;

	if (facts_read(&facts))
		return STATUS_SYSTEM;
	error = write_generation(facts_get(&facts, "generation"));
	if (!error)
		printf("policy %s stays in force\n",
		       facts_get(&facts, "policy"));
	facts_free(&facts);
	return error ? refuse(error) : STATUS_OK;
}

static int run(const struct command *command, int argc, char **argv)
{
	bool is_json;
	int status = command_options_alone(command, argc, argv, &is_json);

	if (status != COMMAND_GOES_ON)
		return status;
	if (is_json)
		return command_misused(command, "it has no --json");
	status = kernel_require();
	return status == STATUS_OK ? confirm() : status;
}

const struct command command_confirm = {
	.name = "confirm",
	.summary = "let the policy stay that was loaded with --confirm",
	.help = "\n\n"
		"A policy that was loaded with 'shieldctl load --confirm SECONDS' is in force\n"
		"for that long. If it is not confirmed meanwhile, the one before comes back:\n"
		"do it from a new login, to see that there still is one.\n\n"
		"Exit status: 0 confirmed, 1 none waits for that, 2 wrong usage, 3 shield is\n"
		"not loaded, 4 system error.\n",
	.run = run,
};
