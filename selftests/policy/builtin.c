// SPDX-License-Identifier: GPL-2.0-only
/* The policy that the module brings along. */
#include "../../module/policy/builtin.h"

#include <stdlib.h>

#include "policy.h"
#include "tap.h"

static bool is_protected(const struct shield_ast *ast, const char *path)
{
	u32 i;

	for (i = 0; i < ast->nr_rules; i++)
		if (!ast->rules[i].watch && !ast->rules[i].prefix &&
		    !strcmp(ast->rules[i].path, path))
			return true;
	return false;
}

static const char *find_unprotected_program(const struct shield_ast *ast)
{
	u32 i;

	for (i = 0; i < ast->nr_programs; i++)
		if (!is_protected(ast, ast->programs[i].path))
			return ast->programs[i].path;
	return NULL;
}

void test_builtin(void)
{
	struct parsed *parsed = policy_parse(shield_policy_builtin,
					     strlen(shield_policy_builtin));
	const char *program = NULL;
	char *told;

	if (!tap_result(!parsed->ret, "built_in_policy_is_a_policy")) {
		told = policy_explain(&parsed->error);
		tap_note("got", told);
		free(told);
		policy_free(parsed);
		return;
	}
	program = find_unprotected_program(&parsed->ast);
	if (!tap_result(!program,
			"built_in_policy_protects_every_program_it_trusts"))
		tap_note("unprotected", program);
	tap_result(is_protected(&parsed->ast, "/etc/shadow"),
		   "built_in_policy_protects_the_shadow_file");
	policy_free(parsed);
}
