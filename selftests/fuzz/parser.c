// SPDX-License-Identifier: GPL-2.0-only
/*
 * libFuzzer target: whatever the bytes, the parser stays inside its arena and
 * inside the text, and what it accepts keeps the promises of parse.h.
 */
#include "../policy/policy.h"
#include "fuzz.h"

static void check_string(const struct parsed *parsed, const char *string)
{
	const char *arena = parsed->arena;
	const char *end = arena + parsed->arena_size;

	insist(string >= arena && string < end);
	insist(memchr(string, '\0', end - string));
}

static void check_path(const struct parsed *parsed, const char *path)
{
	const char *at = path;

	check_string(parsed, path);
	insist(*path == '/' && strlen(path) <= SHIELD_MAX_PATH);
	while (*at) {
		size_t len = strcspn(++at, "/");

		insist(len && len <= SHIELD_MAX_COMPONENT);
		insist(!(len == 1 && *at == '.'));
		insist(!(len == 2 && at[0] == '.' && at[1] == '.'));
		at += len;
	}
}

static void check_name(const struct parsed *parsed, const char *name)
{
	check_string(parsed, name);
	insist(strlen(name) <= SHIELD_MAX_NAME);
}

static u64 known_groups(const struct shield_ast *ast)
{
	return ast->nr_groups == 64 ? ~(u64)0 : BIT_ULL(ast->nr_groups) - 1;
}

static void check_rule(const struct parsed *parsed,
		       const struct shield_ast_rule *rule)
{
	const u64 unknown = ~known_groups(&parsed->ast);
	u8 i;

	check_path(parsed, rule->path);
	insist(rule->path[1]);
	insist(rule->rights && !(rule->rights & ~SHIELD_ALL));
	insist(!(rule->except & unknown));
	insist(!(rule->recursive && rule->prefix));
	insist(rule->nr_grants <= SHIELD_MAX_GRANTS);
	for (i = 0; i < rule->nr_grants; i++) {
		const struct shield_grant *grant = &rule->grants[i];

		insist(grant->groups && !(grant->groups & unknown));
		insist(grant->rights && !(grant->rights & ~rule->rights));
	}
}

static void check_accepted(const struct parsed *parsed)
{
	const struct shield_ast *ast = &parsed->ast;
	u32 i;

	check_name(parsed, ast->name);
	insist(ast->nr_groups <= SHIELD_MAX_GROUPS);
	insist(ast->nr_programs <= SHIELD_MAX_PROGRAMS);
	insist(ast->nr_rules <= SHIELD_MAX_RULES);
	for (i = 0; i < ast->nr_groups; i++)
		check_name(parsed, ast->groups[i].name);
	for (i = 0; i < ast->nr_programs; i++) {
		check_path(parsed, ast->programs[i].path);
		insist(ast->programs[i].group < ast->nr_groups);
	}
	for (i = 0; i < ast->nr_rules; i++)
		check_rule(parsed, &ast->rules[i]);
}

static void check_refused(const struct parsed *parsed)
{
	const char *message = parsed->error.message;

	insist(parsed->ret == -EINVAL || parsed->ret == -E2BIG);
	insist(*message && strlen(message) < sizeof(parsed->error.message) - 1);
	insist(!parsed->error.pos.line == !parsed->error.pos.column);
	for (; *message; message++)
		insist(*message >= ' ' && *message < 0x7f);
}

/* The tree printed and parsed again is the same tree; @again takes its text. */
static void check_printed(const struct shield_ast *ast, char **again)
{
	char *text = policy_print(ast);
	struct parsed *parsed = policy_parse(text, strlen(text));

	insist(!parsed->ret);
	*again = policy_print(&parsed->ast);
	policy_free(parsed);
	free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct parsed *first = policy_parse((const char *)data, size);
	struct parsed *second = policy_parse((const char *)data, size);
	char *one, *two;

	insist(first->ret == second->ret);
	if (first->ret) {
		check_refused(first);
		insist(!memcmp(&first->error.pos, &second->error.pos,
			       sizeof(first->error.pos)));
		insist(!strcmp(first->error.message, second->error.message));
	} else {
		check_accepted(first);
		check_printed(&first->ast, &one);
		check_printed(&second->ast, &two);
		insist(!strcmp(one, two));
		free(one);
		free(two);
	}
	policy_free(first);
	policy_free(second);
	return 0;
}
