// SPDX-License-Identifier: GPL-2.0-only
/* shieldctl list: the rules in force and whether their paths exist. */
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "json.h"
#include "kernel.h"
#include "policy.h"
#include "print.h"
#include "shieldctl.h"

static const char *find_state(const struct shield_ast_rule *rule)
{
	struct stat st;

	/* A prefix concerns the names in a directory, present or to come. */
	if (rule->prefix)
		return "names";
	if (!lstat(rule->path, &st))
		return S_ISLNK(st.st_mode) ? "symlink" : "present";
	return errno == ENOENT || errno == ENOTDIR ? "absent" : "unknown";
}

static void write_human(const struct shield_ast *ast)
{
	u32 i;

	for (i = 0; i < ast->nr_rules; i++) {
		printf("%-8s ", find_state(&ast->rules[i]));
		print_rule(stdout, ast, &ast->rules[i]);
	}
	if (!ast->nr_rules)
		puts("no rules");
}

static void write_json_rights(struct json *json, const char *key, u16 rights)
{
	size_t i;

	json_open(json, key, '[');
	for (i = 0; i < SHIELD_NR_RIGHTS; i++)
		if (rights & BIT(i))
			json_string(json, NULL, shield_right_names[i].name);
	json_close(json, ']');
}

static void write_json_groups(struct json *json, const char *key,
			      const struct shield_ast *ast, u64 groups)
{
	u32 i;

	json_open(json, key, '[');
	for (i = 0; i < ast->nr_groups; i++)
		if (groups & BIT_ULL(i))
			json_string(json, NULL, ast->groups[i].name);
	json_close(json, ']');
}

static void write_json_rule(struct json *json, const struct shield_ast *ast,
			    const struct shield_ast_rule *rule)
{
	u8 i;

	json_open(json, NULL, '{');
	json_string(json, "path", rule->path);
	json_string(json, "state", find_state(rule));
	json_string(json, "action", rule->watch ? "watch" : "protect");
	json_bool(json, "recursive", rule->recursive);
	json_bool(json, "prefix", rule->prefix);
	write_json_rights(json, "rights", rule->rights);
	json_open(json, "allow", '[');
	for (i = 0; i < rule->nr_grants; i++) {
		json_open(json, NULL, '{');
		write_json_rights(json, "rights", rule->grants[i].rights);
		write_json_groups(json, "to", ast, rule->grants[i].groups);
		json_close(json, '}');
	}
	json_close(json, ']');
	write_json_groups(json, "except", ast, rule->except);
	json_number(json, "line", rule->pos.line);
	json_close(json, '}');
}

static void write_json(const struct shield_ast *ast)
{
	struct json json = { .out = stdout };
	u32 i;

	json_open(&json, NULL, '{');
	json_string(&json, "policy", ast->name);
	json_open(&json, "rules", '[');
	for (i = 0; i < ast->nr_rules; i++)
		write_json_rule(&json, ast, &ast->rules[i]);
	json_close(&json, ']');
	json_open(&json, "programs", '[');
	for (i = 0; i < ast->nr_programs; i++) {
		json_open(&json, NULL, '{');
		json_string(&json, "path", ast->programs[i].path);
		json_string(&json, "group",
			    ast->groups[ast->programs[i].group].name);
		json_close(&json, '}');
	}
	json_close(&json, ']');
	json_close(&json, '}');
}

static int list(bool is_json)
{
	struct policy policy = { 0 };
	int status = policy_add_in_force(&policy);

	if (status == STATUS_OK && is_json)
		write_json(&policy.ast);
	else if (status == STATUS_OK)
		write_human(&policy.ast);
	policy_free(&policy);
	return status;
}

static int run(const struct command *command, int argc, char **argv)
{
	bool is_json;
	int status;

	status = command_options_alone(command, argc, argv, &is_json);
	if (status != COMMAND_GOES_ON)
		return status;
	return list(is_json);
}

const struct command command_list = {
	.name = "list",
	.summary = "list the rules in force",
	.help = "[--json]\n\n"
		"One rule a line, behind the state of its path:\n\n"
		"  present   it exists\n"
		"  absent    it does not; its name is guarded\n"
		"  symlink   it is a symbolic link\n"
		"  names     the rule concerns all names that begin like this\n"
		"  unknown   it cannot be looked at\n\n"
		"  --json   write the rules and programs as JSON\n\n"
		"Exit status: 0 listed, 2 wrong usage, 3 shield is not loaded, 4 system\n"
		"error.\n",
	.run = run,
};
