// SPDX-License-Identifier: GPL-2.0-only
/* shieldctl check: is a text a policy? Needs no kernel and no root. */
#include <getopt.h>
#include <stdlib.h>

#include "json.h"
#include "policy.h"
#include "report.h"
#include "shieldctl.h"

static void write_json(const struct policy *policy)
{
	struct json json = { .out = stdout };

	json_open(&json, NULL, '{');
	json_bool(&json, "ok", true);
	json_string(&json, "name", policy->ast.name);
	json_number(&json, "rules", policy->ast.nr_rules);
	json_number(&json, "groups", policy->ast.nr_groups);
	json_number(&json, "programs", policy->ast.nr_programs);
	json_close(&json, '}');
}

static void write_summary(const struct policy *policy)
{
	const struct shield_ast *ast = &policy->ast;

	printf("ok: policy %s; rules: %u, programs: %u, program groups: %u\n",
	       *ast->name ? ast->name : "without a name", ast->nr_rules,
	       ast->nr_programs, ast->nr_groups);
}

static int check(struct policy *policy, bool is_json)
{
	struct shield_error error;

	if (policy_parse(policy, &error)) {
		report_refusal(policy, &error, is_json);
		return STATUS_NO;
	}
	if (is_json)
		write_json(policy);
	else
		write_summary(policy);
	return STATUS_OK;
}

static int run(const struct command *command, int argc, char **argv)
{
	struct policy policy = { 0 };
	int status;
	bool is_json;

	status = command_options(command, argc, argv, &is_json);
	if (status != COMMAND_GOES_ON)
		return status;
	if (optind == argc)
		return command_misused(command, "which FILE?");

	status = policy_add_files(&policy, argv + optind, argc - optind);
	if (status == STATUS_OK)
		status = check(&policy, is_json);
	policy_free(&policy);
	return status;
}

const struct command command_check = {
	.name = "check",
	.summary = "check policy files, without a kernel",
	.help = "[--json] FILE...\n\n"
		"Read the files one after the other as one policy, '-' being the standard\n"
		"input, and tell whether it is well formed. Whether the kernel can enforce\n"
		"it on this machine shows when it is loaded.\n\n"
		"  --json   write the result as JSON\n\n"
		"Exit status: 0 well formed, 1 not, 2 wrong usage, 4 unreadable file.\n",
	.run = run,
};
