// SPDX-License-Identifier: GPL-2.0-only
/* shieldctl protect: add rules to the policy in force. */
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "apply.h"
#include "edit.h"
#include "kernel.h"
#include "local.h"
#include "print.h"
#include "report.h"
#include "shieldctl.h"

/**
 * struct wish - what the command line asks for
 * @deny: rights
 * @allow: clauses, as the policy writes them, each with a blank before it
 * @except: groups, NULL for none
 * @reach: "", " recursive" or " prefix"
 * @is_permanent: write the rules to the local file too
 */
struct wish {
	const char *deny;
	struct text allow;
	const char *except;
	const char *reach;
	bool is_permanent;
};

static void say(struct text *text, const char *words)
{
	text_append(text, words, strlen(words));
}

static const char not_a_word[] =
	"rights and groups are lists with commas and without blanks";

/* What is written into the rule must not become more than one word of it. */
static bool is_word(const char *argument)
{
	return *argument && !strpbrk(argument, " \t\r\n\"#");
}

/* "RIGHTS" or "RIGHTS:GROUPS" */
static void add_allow(struct wish *wish, const char *argument)
{
	const char *colon = strchr(argument, ':');

	say(&wish->allow, " allow ");
	if (!colon) {
		say(&wish->allow, argument);
		return;
	}
	text_append(&wish->allow, argument, colon - argument);
	say(&wish->allow, " to ");
	say(&wish->allow, colon + 1);
}

static bool add_words(struct wish *wish, int option, const char *argument)
{
	if (!is_word(argument))
		return false;
	if (option == 'd')
		wish->deny = argument;
	else if (option == 'e')
		wish->except = argument;
	else
		add_allow(wish, argument);
	return true;
}

static void write_rule(struct text *text, const struct wish *wish,
		       const char *path)
{
	char *line = NULL;
	size_t len;
	FILE *out = open_memstream(&line, &len);

	if (!out)
		return;
	fputs("protect ", out);
	print_path(out, path);
	fprintf(out, "%s deny %s%s", wish->reach, wish->deny,
		wish->allow.data ? wish->allow.data : "");
	if (wish->except)
		fprintf(out, " except %s", wish->except);
	putc('\n', out);
	if (!fclose(out))
		text_append(text, line, len);
	free(line);
}

/* The rules that the command line asks for, a line each. */
static int write_rules(struct text *rules, const struct wish *wish,
		       char *const *paths)
{
	char *path;

	for (; *paths; paths++) {
		path = edit_absolute(*paths);
		if (!path)
			return STATUS_SYSTEM;
		write_rule(rules, wish, path);
		free(path);
	}
	return STATUS_OK;
}

static int keep(const struct text *rules)
{
	struct text text = { 0 };
	int ret = local_read(&text);

	if (!ret) {
		if (text.len && text.data[text.len - 1] != '\n')
			text_append(&text, "\n", 1);
		text_append(&text, rules->data, rules->len);
		ret = local_write(&text);
	}
	text_free(&text);
	if (ret)
		return STATUS_SYSTEM;
	printf("kept in %s\n", local_path());
	return STATUS_OK;
}

/* Adds rules to what is in force, which nobody else changes meanwhile. */
static int add(const struct text *rules, bool is_permanent)
{
	struct policy policy = { 0 };
	struct shield_error error;
	int status = policy_add_in_force(&policy);

	if (status != STATUS_OK)
		goto out;
	policy_add_text(&policy, "new rule", rules);
	if (policy_parse(&policy, &error)) {
		report_refusal(&policy, &error, false);
		status = STATUS_NO;
		goto out;
	}
	if (edit_drop_known(&policy))
		status = apply_policy(&policy, &(struct apply_wishes){ 0 });
	else
		puts("already in force; nothing to do");
	if (status == STATUS_OK && is_permanent)
		status = keep(rules);
out:
	policy_free(&policy);
	return status;
}

static int protect(const struct wish *wish, char *const *paths)
{
	struct text rules = { 0 };
	int status = kernel_require();
	int lock;

	if (status == STATUS_OK)
		status = write_rules(&rules, wish, paths);
	if (status == STATUS_OK) {
		lock = kernel_lock();
		status = lock < 0 ? STATUS_SYSTEM :
				    add(&rules, wish->is_permanent);
		if (lock >= 0)
			close(lock);
	}
	text_free(&rules);
	return status;
}

static int run(const struct command *command, int argc, char **argv)
{
	static const struct option options[] = {
		{ "deny", required_argument, NULL, 'd' },
		{ "allow", required_argument, NULL, 'a' },
		{ "except", required_argument, NULL, 'e' },
		{ "recursive", no_argument, NULL, 'r' },
		{ "prefix", no_argument, NULL, 'p' },
		{ "permanent", no_argument, NULL, 'P' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	struct wish wish = { .deny = "modify", .reach = "" };
	int option, status;

	while ((option = getopt_long(argc, argv, "hr", options, NULL)) != -1) {
		switch (option) {
		case 'd':
		case 'a':
		case 'e':
			if (!add_words(&wish, option, optarg))
				return command_misused(command, not_a_word);
			break;
		case 'r':
			wish.reach = " recursive";
			break;
		case 'p':
			wish.reach = " prefix";
			break;
		case 'P':
			wish.is_permanent = true;
			break;
		case 'h':
			return command_help(command);
		default:
			return command_misused(command, NULL);
		}
	}
	if (optind == argc)
		return command_misused(command, "which PATH?");
	status = protect(&wish, argv + optind);
	text_free(&wish.allow);
	return status;
}

const struct command command_protect = {
	.name = "protect",
	.summary = "add a rule to the policy in force",
	.help = "[OPTION]... PATH...\n\n"
		"Protect the paths, which need not exist yet, until the next 'load' or until\n"
		"the machine restarts.\n\n"
		"  --deny RIGHTS            what is denied (default: modify)\n"
		"  --allow RIGHTS           ... except for these rights\n"
		"  --allow RIGHTS:GROUPS    ... or for these, to these program groups\n"
		"  --except GROUPS          program groups that the rule does not concern\n"
		"  -r, --recursive          everything below the path too\n"
		"  --prefix                 all names that begin with the path\n"
		"  --permanent              also write the rule to the local policy file,\n"
		"                           /etc/shield/policy.d/50-local.policy\n\n"
		"RIGHTS and GROUPS are lists with commas. Rights: read write append exec\n"
		"remove create link attr mount, modify (all but read and exec), all.\n\n"
		"Exit status: 0 in force, 1 refused, 2 wrong usage, 3 shield is not loaded,\n"
		"4 system error.\n",
	.run = run,
};
