// SPDX-License-Identifier: GPL-2.0-only
/* The sealed profile: what it promises about programs, read off its text. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../module/policy/builtin.h"
#include "policy.h"
#include "tap.h"

#define PROFILE "packaging/sealed.policy"
#define MOST 65536

static struct parsed *read_profile(void)
{
	FILE *file = fopen(PROFILE, "re");
	char *text = malloc(MOST);
	size_t len = file && text ? fread(text, 1, MOST, file) : 0;
	struct parsed *parsed = policy_parse(text, len);

	if (file)
		fclose(file);
	free(text);
	return parsed;
}

static const char *find_lax_program(const struct shield_ast *ast)
{
	u32 i;

	for (i = 0; i < ast->nr_programs; i++)
		if (!ast->groups[ast->programs[i].group].strict)
			return ast->programs[i].path;
	return NULL;
}

static bool is_below(const char *path, const char *tree)
{
	size_t len = strlen(tree);

	return !strncmp(path, tree, len) && (!path[len] || path[len] == '/');
}

static const struct shield_ast_rule *find_rule(const struct shield_ast *ast,
					       const char *path, bool by_tree)
{
	u32 i;

	for (i = 0; i < ast->nr_rules; i++) {
		const struct shield_ast_rule *rule = &ast->rules[i];

		if (!rule->watch && !rule->prefix &&
		    (!strcmp(rule->path, path) || (by_tree && rule->recursive &&
						   is_below(path, rule->path))))
			return rule;
	}
	return NULL;
}

/* A mask of groups that are trusted at any time. */
static u64 lasting(const struct shield_ast *ast)
{
	u64 groups = 0;
	u32 i;

	for (i = 0; i < ast->nr_groups; i++)
		if (!ast->groups[i].window)
			groups |= 1ULL << i;
	return groups;
}

/* A program without a rule of its own could not be upgraded. */
static const char *find_stuck_program(const struct shield_ast *ast)
{
	u32 i;

	for (i = 0; i < ast->nr_programs; i++) {
		const char *path = ast->programs[i].path;
		const struct shield_ast_rule *rule =
			find_rule(ast, path, false);

		if (!rule || !(rule->except & ~lasting(ast)))
			return path;
	}
	return NULL;
}

/* Where accounts, code and configuration are changed without a window. */
static const char *find_open_path(const struct shield_ast *ast)
{
	u64 open = lasting(ast);
	u32 i;
	u8 j;

	for (i = 0; i < ast->nr_rules; i++) {
		const struct shield_ast_rule *rule = &ast->rules[i];
		u64 groups = rule->except;

		for (j = 0; j < rule->nr_grants; j++)
			groups |= rule->grants[j].groups;
		if (!rule->watch && groups & open &&
		    !is_below(rule->path, "/var/log") &&
		    !is_below(rule->path, "/var/lib/shield"))
			return rule->path;
	}
	return NULL;
}

static const char *find_unguarded_path(const struct shield_ast *ast,
				       const struct shield_ast *builtin)
{
	u32 i;

	for (i = 0; i < builtin->nr_rules; i++)
		if (!builtin->rules[i].watch &&
		    !find_rule(ast, builtin->rules[i].path, true))
			return builtin->rules[i].path;
	return NULL;
}

static void expect_none(const char *found, const char *name)
{
	if (!tap_result(!found, name))
		tap_note("found", found);
}

void test_sealed(void)
{
	struct parsed *parsed = read_profile();
	struct parsed *builtin = policy_parse(shield_policy_builtin,
					      strlen(shield_policy_builtin));
	char *told;

	if (tap_result(!parsed->ret, "sealed_profile_is_a_policy")) {
		expect_none(find_lax_program(&parsed->ast),
			    "sealed_profile_trusts_strict_programs_only");
		expect_none(find_stuck_program(&parsed->ast),
			    "its_programs_can_be_upgraded_in_a_window");
		expect_none(
			find_open_path(&parsed->ast),
			"nothing_but_logs_and_counts_changes_without_a_window");
		expect_none(
			find_unguarded_path(&parsed->ast, &builtin->ast),
			"what_the_built_in_policy_protects_is_protected_too");
	} else {
		told = policy_explain(&parsed->error);
		tap_note("got", told);
		free(told);
	}
	policy_free(builtin);
	policy_free(parsed);
}
