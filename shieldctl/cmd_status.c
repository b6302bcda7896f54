// SPDX-License-Identifier: GPL-2.0-only
/* shieldctl status: is this machine protected, in one line, and why. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "doctor.h"
#include "facts.h"
#include "json.h"
#include "kernel.h"
#include "policy.h"
#include "running.h"
#include "shieldctl.h"

#define AUTH_LOG "/var/log/auth.log"
#define MOST_RUNNING 16

/**
 * struct verdict - what there is to say
 * @is_protected: denials happen
 * @line: the first line
 * @warnings: further lines, each ends with a newline
 */
struct verdict {
	bool is_protected;
	struct text line;
	struct text warnings;
};

static void say(struct text *text, const char *words)
{
	text_append(text, words, strlen(words));
}

static bool denies_anything(const struct shield_ast *ast)
{
	u32 i;

	for (i = 0; i < ast->nr_rules; i++)
		if (!ast->rules[i].watch)
			return true;
	return false;
}

static bool are_hooks_armed(const struct facts *facts)
{
	unsigned int armed, needed;

	return sscanf(facts_get(facts, "hooks"), "%u/%u", &armed, &needed) ==
		       2 &&
	       armed >= needed;
}

/* Why nothing, or not everything, is denied; NULL if all is well. */
static const char *find_weakness(const struct facts *facts,
				 const struct shield_ast *ast)
{
	static char sickness[200];

	if (facts_is(facts, "enforce", "0"))
		return "denials are only logged (enforce=0); as root: echo 1 > /sys/module/shield/parameters/enforce";
	if (!facts_healthy(facts)) {
		snprintf(sickness, sizeof(sickness), "%s; see dmesg",
			 facts_get(facts, "health"));
		return sickness;
	}
	if (!ast->nr_rules)
		return "the policy is empty; as root: shieldctl load FILE";
	if (!denies_anything(ast))
		return "the policy only watches, no rule denies anything";
	if (!are_hooks_armed(facts))
		return "not all hooks are armed; see dmesg";
	if (!facts_is(facts, "enforcing", "yes"))
		return "the kernel says that it does not enforce; see dmesg";
	return NULL;
}

static void judge(struct verdict *verdict, const struct facts *facts,
		  const struct shield_ast *ast)
{
	const char *weakness = find_weakness(facts, ast);

	verdict->is_protected = !weakness;
	if (weakness) {
		say(&verdict->line, "not protected: ");
		say(&verdict->line, weakness);
		return;
	}
	say(&verdict->line, "protected by policy ");
	say(&verdict->line, facts_get(facts, "policy"));
	if (facts_is(facts, "sealed", "yes"))
		say(&verdict->line, ", sealed until the machine restarts");
	else
		say(&verdict->line,
		    "; root can switch it off (it is not sealed)");
}

static void warn_of_waiting(struct verdict *verdict, const struct facts *facts)
{
	char line[160];

	/* A module that is older than we are does not know of it. */
	if (facts_is(facts, "confirm-within", "0") ||
	    facts_is(facts, "confirm-within", "unknown"))
		return;
	snprintf(
		line, sizeof(line),
		"the policy before comes back in %s s unless this one is confirmed: shieldctl confirm\n",
		facts_get(facts, "confirm-within"));
	say(&verdict->warnings, line);
}

static void warn_of_window(struct verdict *verdict, const struct facts *facts)
{
	char line[160];

	if (facts_is(facts, "window", "0") ||
	    facts_is(facts, "window", "unknown"))
		return;
	snprintf(
		line, sizeof(line),
		"a maintenance window is open for %s s more: shieldctl window status\n",
		facts_get(facts, "window"));
	say(&verdict->warnings, line);
}

static void warn_of_journal(struct verdict *verdict,
			    const struct shield_ast *ast)
{
	struct stat st;
	u32 i;

	for (i = 0; i < ast->nr_rules; i++)
		if (!strcmp(ast->rules[i].path, AUTH_LOG))
			break;
	if (i < ast->nr_rules && lstat(AUTH_LOG, &st))
		say(&verdict->warnings, AUTH_LOG
		    " does not exist: the authentication log of this machine is the journal, which that rule does not protect\n");
}

static void warn_of_running(struct verdict *verdict,
			    const struct shield_ast *ast)
{
	struct running found[MOST_RUNNING];
	size_t nr = running_find(ast, found, MOST_RUNNING), i;
	char line[4200];

	for (i = 0; i < nr && i < MOST_RUNNING; i++) {
		snprintf(
			line, sizeof(line),
			"%s (process %d) started before shield and is not trusted until it is restarted\n",
			found[i].path, found[i].pid);
		say(&verdict->warnings, line);
	}
	if (nr > MOST_RUNNING) {
		snprintf(line, sizeof(line),
			 "and %zu more processes started before shield\n",
			 nr - MOST_RUNNING);
		say(&verdict->warnings, line);
	}
}

/* Of the kernels that run or come next: without a module a boot is bare. */
static void warn_of_kernels(struct verdict *verdict)
{
	struct installed_list kernels = { 0 };
	struct findings findings = { 0 };
	size_t i;

	installed_find(&kernels);
	for (i = 0; i < kernels.nr; i++)
		if (kernels.all[i].is_running || kernels.all[i].is_newest)
			doctor_kernel_gap(&findings, &kernels.all[i]);
	for (i = 0; i < findings.nr; i++) {
		say(&verdict->warnings, findings.all[i].what);
		say(&verdict->warnings, "; next: ");
		say(&verdict->warnings, findings.all[i].next);
		say(&verdict->warnings, "\n");
	}
	findings_free(&findings);
	installed_free(&kernels);
}

static void write_human(const struct verdict *verdict,
			const struct facts *facts)
{
	const char *line, *end;
	size_t i;

	puts(verdict->line.data);
	for (i = 0; i < facts->nr; i++)
		printf("  %-12s %s\n", facts->lines[i].key,
		       facts->lines[i].value);
	for (line = verdict->warnings.data; line && *line; line = end + 1) {
		end = strchr(line, '\n');
		printf("warning: %.*s\n", (int)(end - line), line);
	}
}

static void write_json(const struct verdict *verdict, const struct facts *facts)
{
	struct json json = { .out = stdout };
	char *line, *rest = NULL;
	size_t i;

	json_open(&json, NULL, '{');
	json_bool(&json, "protected", verdict->is_protected);
	json_string(&json, "summary", verdict->line.data);
	json_open(&json, "status", '{');
	for (i = 0; i < facts->nr; i++)
		json_string(&json, facts->lines[i].key, facts->lines[i].value);
	json_close(&json, '}');
	json_open(&json, "warnings", '[');
	if (verdict->warnings.data)
		for (line = strtok_r(verdict->warnings.data, "\n", &rest); line;
		     line = strtok_r(NULL, "\n", &rest))
			json_string(&json, NULL, line);
	json_close(&json, ']');
	json_close(&json, '}');
}

/* Fills in the verdict from a kernel that answers. */
static int ask(struct verdict *verdict, struct facts *facts)
{
	struct policy policy = { 0 };
	int status = facts_read(facts) ? STATUS_SYSTEM : STATUS_OK;

	/* Where nobody can look at the hooks, nobody can read the policy either. */
	if (status == STATUS_OK && facts_healthy(facts))
		status = policy_add_in_force(&policy);
	if (status == STATUS_OK) {
		judge(verdict, facts, &policy.ast);
		warn_of_waiting(verdict, facts);
		warn_of_window(verdict, facts);
		warn_of_journal(verdict, &policy.ast);
		warn_of_running(verdict, &policy.ast);
		status = verdict->is_protected ? STATUS_OK : STATUS_NO;
	}
	policy_free(&policy);
	return status;
}

/* "Unknown" is not "not protected": it is said, and not on the way of OK. */
static int refuse(struct verdict *verdict, enum kernel_state state)
{
	say(&verdict->line,
	    state == KERNEL_NOT_LOADED ? "not protected: " : "unknown: ");
	say(&verdict->line, kernel_explain(state));
	return state == KERNEL_NOT_PERMITTED ? STATUS_SYSTEM :
					       STATUS_NOT_LOADED;
}

static int show(bool is_json)
{
	enum kernel_state state = kernel_probe();
	struct verdict verdict = { 0 };
	struct facts facts = { 0 };
	int status;

	if (state == KERNEL_READY)
		status = ask(&verdict, &facts);
	else
		status = refuse(&verdict, state);
	warn_of_kernels(&verdict);
	if (verdict.line.data && is_json)
		write_json(&verdict, &facts);
	else if (verdict.line.data)
		write_human(&verdict, &facts);
	text_free(&verdict.line);
	text_free(&verdict.warnings);
	facts_free(&facts);
	return status;
}

static int run(const struct command *command, int argc, char **argv)
{
	bool is_json;
	int status;

	status = command_options_alone(command, argc, argv, &is_json);
	if (status != COMMAND_GOES_ON)
		return status;
	return show(is_json);
}

const struct command command_status = {
	.name = "status",
	.summary = "tell whether this machine is protected",
	.help = "[--json]\n\n"
		"The first line says whether rules are enforced, and if not, why. Then come\n"
		"the kernel's own figures and warnings: programs that started before shield\n"
		"and so are not trusted, an authentication log that no rule covers, and\n"
		"kernels that would boot without the module.\n\n"
		"  --json   write the result as JSON\n\n"
		"Exit status: 0 protected, 1 not protected, 2 wrong usage, 3 shield is not\n"
		"loaded or does not answer, 4 system error.\n",
	.run = run,
};
