// SPDX-License-Identifier: GPL-2.0-only
/* shieldctl explain: which rule, why, and what would allow it. */
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "edit.h"
#include "facts.h"
#include "kernel.h"
#include "lookup.h"
#include "policy.h"
#include "print.h"
#include "remedy.h"
#include "shieldctl.h"
#include "stream.h"

/**
 * struct question - what is to be explained
 * @path: normalised; owned
 * @program: who would do it; NULL for a program that is not trusted; owned
 * @right: what; 0 for everything
 * @denied: answer so far: rights that some rule denies
 */
struct question {
	char *path;
	char *program;
	u16 right;
	u16 denied;
};

static void tell_program(const struct question *question, u64 groups,
			 const struct shield_ast *ast)
{
	if (!question->program) {
		puts("program: any that the policy does not trust");
		return;
	}
	fputs("program: ", stdout);
	print_path(stdout, question->program);
	if (groups) {
		fputs(", trusted in: ", stdout);
		print_groups(stdout, ast, groups);
		puts("\n         (only if it was executed since shield was loaded, and is not traced)");
	} else {
		puts(", which the policy does not trust");
	}
}

static void tell_groups_that_may(const struct shield_ast *ast,
				 const struct shield_ast_rule *rule, u16 denied)
{
	u64 groups = rule->except;
	u8 i;

	for (i = 0; i < rule->nr_grants; i++)
		if (!(denied & ~rule->grants[i].rights))
			groups |= rule->grants[i].groups;
	if (groups) {
		fputs("      allowed to: ", stdout);
		print_groups(stdout, ast, groups);
		putchar('\n');
	}
}

static void tell_rule(struct question *question, const struct shield_ast *ast,
		      const struct shield_ast_rule *rule, u64 groups)
{
	enum lookup_how how = lookup_how(rule, question->path);
	u16 hit;

	if (how == LOOKUP_NOT)
		return;
	hit = lookup_denied(rule, how, groups);
	if (question->right)
		hit &= question->right;
	/* Ancestors are many: only if that decides. */
	if (how == LOOKUP_WAY && (!hit || question->denied & hit))
		return;
	printf("line %u: ", rule->pos.line);
	print_rule(stdout, ast, rule);
	printf("      %s; ", lookup_why(how));
	if (!hit) {
		puts("nothing of this is denied");
		return;
	}
	fputs(rule->watch ? "reported: " : "denied: ", stdout);
	print_rights(stdout, hit);
	putchar('\n');
	if (!rule->watch) {
		tell_groups_that_may(ast, rule, hit);
		question->denied |= hit;
	}
}

static void tell_implied(struct question *question,
			 const struct shield_ast *ast)
{
	u16 hit = SHIELD_MODIFY;

	if (!lookup_is_program(ast, question->path))
		return;
	if (question->right)
		hit &= question->right;
	puts("it is a program of the policy: without a protect line of its own, modify is denied to all");
	question->denied |= hit;
}

/* Program groups among @groups that count only in a maintenance window. */
static u64 windowed(const struct shield_ast *ast, u64 groups)
{
	u64 found = 0;
	u32 i;

	for (i = 0; i < ast->nr_groups; i++)
		if (ast->groups[i].window)
			found |= groups & BIT_ULL(i);
	return found;
}

static void tell_window(const struct question *question,
			const struct shield_ast *ast, u64 groups)
{
	if (!groups)
		return;
	fputs(question->denied ?
		      "\nwhat would allow it: perhaps a maintenance window that names it: it is in " :
		      "\na maintenance window that names it would add: ",
	      stdout);
	print_groups(stdout, ast, groups);
	puts("; see shieldctl window");
}

static void tell_remedy(const struct question *question)
{
	if (!question->denied)
		return;
	puts("\nwhat would allow it: a group behind 'except' or 'allow RIGHTS to' in each rule above, with");
	fputs("    program GROUP ", stdout);
	print_path(stdout,
		   question->program ? question->program : "/path/of/program");
	puts("\nfor a program that does one thing, not a shell or an interpreter; for now, echo 0 > /sys/module/shield/parameters/enforce");
}

/* What the rules say is not what happens while they are not enforced. */
static void tell_effect(const struct question *question)
{
	struct facts facts = { 0 };

	if (question->denied && !facts_read(&facts) &&
	    facts_is(&facts, "enforce", "0"))
		puts("        at present it would be told and not denied: the parameter enforce is 0");
	facts_free(&facts);
}

static int answer(struct question *question, const struct shield_ast *ast)
{
	u64 groups = lookup_groups(ast, question->program);
	u64 lent = windowed(ast, groups);
	u32 i;

	groups &= ~lent;
	fputs("path:    ", stdout);
	print_path(stdout, question->path);
	putchar('\n');
	tell_program(question, groups, ast);
	putchar('\n');
	for (i = 0; i < ast->nr_rules; i++)
		tell_rule(question, ast, &ast->rules[i], groups);
	tell_implied(question, ast);
	if (question->denied)
		fputs("answer: denied: ", stdout);
	else
		puts("answer: allowed, no rule denies it");
	if (question->denied) {
		print_rights(stdout, question->denied);
		putchar('\n');
	}
	tell_effect(question);
	tell_window(question, ast, lent);
	tell_remedy(question);
	return STATUS_OK;
}

static void replace(char **to, const char *with)
{
	if (*to || !*with || *with != '/')
		return;
	*to = strdup(with);
	if (!*to)
		abort();
}

static bool tell_event(struct question *question, unsigned long long seq)
{
	struct json json = { .out = stdout };
	struct stream stream;
	struct event event;
	bool is_found = false;

	if (stream_open(&stream))
		return false;
	while (!is_found && stream_next(&stream, &event))
		is_found = event_number(&event, "seq") == seq &&
			   !event_is(&event, "kind", "lost");
	if (is_found) {
		event_json(&json, NULL, &event);
		putchar('\n');
		remedy_tell(&event);
		if (!event_is_code(&event))
			replace(&question->path, event_get(&event, "path"));
		replace(&question->program, event_get(&event, "program"));
		if (!question->right)
			question->right = event_rights(&event);
	} else {
		fprintf(stderr,
			"shieldctl: the kernel does not have event %llu any more, or not yet; shield-record keeps older ones in /var/log/shield\n",
			seq);
	}
	stream_close(&stream);
	return is_found;
}

static int explain(struct question *question)
{
	struct policy policy = { 0 };
	int status = policy_add_in_force(&policy);

	if (status == STATUS_OK)
		status = answer(question, &policy.ast);
	policy_free(&policy);
	return status;
}

static int ask(const struct command *command, struct question *question,
	       const char *path, unsigned long long seq)
{
	int status = kernel_require();

	if (status != STATUS_OK)
		return status;
	if (path) {
		question->path = edit_absolute(path);
		if (!question->path)
			return STATUS_SYSTEM;
	}
	if (seq && !tell_event(question, seq))
		return STATUS_NO;
	/* An event that no rule about a file decided is told, and that is all. */
	if (!question->path && seq)
		return STATUS_OK;
	if (!question->path)
		return command_misused(command, "which PATH, or --event N?");
	return explain(question);
}

static int run(const struct command *command, int argc, char **argv)
{
	static const struct option options[] = {
		{ "as", required_argument, NULL, 'a' },
		{ "event", required_argument, NULL, 'e' },
		{ "right", required_argument, NULL, 'r' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	struct question question = { 0 };
	unsigned long long seq = 0;
	int option, status;

	while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
		if (option == 'h')
			return command_help(command);
		if (option == 'a')
			question.program = edit_absolute(optarg);
		else if (option == 'e')
			seq = strtoull(optarg, NULL, 10);
		else if (option == 'r')
			question.right =
				shield_rights_from_name(optarg, strlen(optarg));
		if (option == '?' || (option == 'r' && !question.right))
			return command_misused(
				command, option == '?' ?
						 NULL :
						 "--right takes one right");
	}
	if (argc - optind > 1)
		return command_misused(command, "one PATH, please");
	status = ask(command, &question, argv[optind], seq);
	free(question.path);
	free(question.program);
	return status;
}

const struct command command_explain = {
	.name = "explain",
	.summary = "tell which rule denies something, and what would allow it",
	.help = "[OPTION]... [PATH]\n\n"
		"Tell every rule in force that concerns PATH, how, what it denies, to whom\n"
		"it allows that, and what would allow it to others.\n\n"
		"  --as PROGRAM   as this program; else as one that nobody trusts\n"
		"  --right RIGHT  only about this right\n"
		"  --event N      about this event: its path, program and rights\n\n"
		"Exit status: 0 told, 1 there is no such event, 2 wrong usage, 3 shield is\n"
		"not loaded, 4 system error.\n",
	.run = run,
};
