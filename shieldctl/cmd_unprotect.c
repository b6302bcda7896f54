// SPDX-License-Identifier: GPL-2.0-only
/* shieldctl unprotect: take the rules of paths out of the policy in force. */
#include <getopt.h>
#include <stdlib.h>
#include <unistd.h>

#include "apply.h"
#include "edit.h"
#include "kernel.h"
#include "local.h"
#include "print.h"
#include "shieldctl.h"

static void complain(const struct policy *policy, const char *path)
{
	const struct shield_ast_rule *cover =
		edit_find_cover(&policy->ast, path);

	fputs("shieldctl: no rule protects ", stderr);
	print_path(stderr, path);
	if (cover) {
		fputs(" by its name, but this one covers it:\n    ", stderr);
		print_rule(stderr, &policy->ast, cover);
	} else {
		fputs("; see 'shieldctl list'\n", stderr);
	}
}

/* Drops the rules of all paths from the text, or says which has none. */
static int drop(struct policy *policy, char *const *paths, size_t nr_paths)
{
	int status = STATUS_OK;
	size_t i;

	for (i = 0; i < nr_paths; i++) {
		if (edit_drop(&policy->text, paths[i]))
			continue;
		complain(policy, paths[i]);
		status = STATUS_NO;
	}
	return status;
}

/* The kernel takes a text without rules for a beginning, unless it is named. */
static void name_empty(struct policy *policy)
{
	struct shield_error error;

	if (!policy_parse(policy, &error) && !policy->ast.nr_rules &&
	    !policy->ast.nr_programs && !*policy->ast.name)
		text_append(&policy->text, "name none\n", 10);
}

static int drop_in_force(char *const *paths, size_t nr_paths)
{
	struct policy policy = { 0 };
	int status = policy_add_in_force(&policy);

	if (status == STATUS_OK)
		status = drop(&policy, paths, nr_paths);
	if (status == STATUS_OK) {
		name_empty(&policy);
		status = apply_policy(&policy, &(struct apply_wishes){ 0 });
	}
	policy_free(&policy);
	return status;
}

static int drop_kept(char *const *paths, size_t nr_paths)
{
	struct text text = { 0 };
	size_t dropped = 0, i;
	int ret = local_read(&text);

	for (i = 0; !ret && i < nr_paths; i++)
		dropped += edit_drop(&text, paths[i]);
	if (!ret && dropped)
		ret = local_write(&text);
	text_free(&text);
	if (ret)
		return STATUS_SYSTEM;
	printf("rules removed from %s: %zu\n", local_path(), dropped);
	return STATUS_OK;
}

static int unprotect(char *const *paths, size_t nr_paths, bool is_permanent)
{
	int lock, status = kernel_require();

	if (status != STATUS_OK)
		return status;
	lock = kernel_lock();
	if (lock < 0)
		return STATUS_SYSTEM;
	status = drop_in_force(paths, nr_paths);
	if (status == STATUS_OK && is_permanent)
		status = drop_kept(paths, nr_paths);
	close(lock);
	return status;
}

static int run(const struct command *command, int argc, char **argv)
{
	static const struct option options[] = {
		{ "permanent", no_argument, NULL, 'P' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	int option, i, status = STATUS_OK;
	bool is_permanent = false;
	char **paths;

	while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
		if (option == 'h')
			return command_help(command);
		if (option != 'P')
			return command_misused(command, NULL);
		is_permanent = true;
	}
	if (optind == argc)
		return command_misused(command, "which PATH?");

	paths = allocate((argc - optind) * sizeof(*paths));
	for (i = 0; i < argc - optind; i++) {
		paths[i] = edit_absolute(argv[optind + i]);
		if (!paths[i])
			status = STATUS_SYSTEM;
	}
	if (status == STATUS_OK)
		status = unprotect(paths, argc - optind, is_permanent);
	for (i = 0; i < argc - optind; i++)
		free(paths[i]);
	free(paths);
	return status;
}

const struct command command_unprotect = {
	.name = "unprotect",
	.summary = "take the rules of a path out of the policy in force",
	.help = "[--permanent] PATH...\n\n"
		"Remove every protect rule that names one of the paths, until the next\n"
		"'load' or until the machine restarts. If a path has no such rule, nothing\n"
		"changes.\n\n"
		"  --permanent   also remove them from the local policy file,\n"
		"                /etc/shield/policy.d/50-local.policy\n\n"
		"Exit status: 0 done, 1 no such rule or refused, 2 wrong usage, 3 shield is\n"
		"not loaded, 4 system error.\n",
	.run = run,
};
