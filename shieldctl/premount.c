// SPDX-License-Identifier: GPL-2.0-only
#include "premount.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host.h"
#include "print.h"

#define GROUP "premount"

/* systemd mounts what is to be mounted when it is used; zfs all of its own. */
static const char *const mounters[] = {
	"/usr/bin/mount",	"/usr/lib/systemd/systemd",
	"/usr/sbin/mount.cifs", "/usr/sbin/mount.nfs",
	"/usr/sbin/mount.zfs",	"/usr/sbin/zfs",
};

#define NR_MOUNTERS (sizeof(mounters) / sizeof(*mounters))

/* A copy with room for more behind it. */
static void *extend(const void *array, size_t nr, size_t more, size_t size)
{
	void *extended = allocate((nr + more) * size);

	if (nr)
		memcpy(extended, array, nr * size);
	return extended;
}

static void add_group(struct shield_ast *ast)
{
	ast->groups =
		extend(ast->groups, ast->nr_groups, 1, sizeof(*ast->groups));
	ast->groups[ast->nr_groups++] =
		(struct shield_ast_group){ .name = GROUP };
}

static void add_programs(struct shield_ast *ast)
{
	size_t i;

	ast->programs = extend(ast->programs, ast->nr_programs, NR_MOUNTERS,
			       sizeof(*ast->programs));
	for (i = 0; i < NR_MOUNTERS; i++)
		if (host_has("%s", mounters[i]))
			ast->programs[ast->nr_programs++] =
				(struct shield_ast_program){
					.path = mounters[i],
					.group = ast->nr_groups - 1,
				};
}

/* Only who is denied can be allowed. */
static bool grant(struct shield_ast_rule *rule, u64 group)
{
	if (rule->watch)
		return true;
	if (rule->nr_grants == SHIELD_MAX_GRANTS)
		return false;
	rule->rights |= SHIELD_MOUNT;
	rule->grants[rule->nr_grants++] = (struct shield_grant){
		.groups = group,
		.rights = SHIELD_MOUNT,
	};
	return true;
}

static void grant_all(struct shield_ast *ast)
{
	const u64 group = BIT_ULL(ast->nr_groups - 1);
	u32 from, to = 0;

	for (from = 0; from < ast->nr_rules; from++) {
		ast->rules[to] = ast->rules[from];
		to += grant(&ast->rules[to], group);
	}
	ast->nr_rules = to;
}

static void replace_text(struct policy *policy, const struct shield_ast *ast)
{
	struct policy form = { 0 };
	struct text text = { 0 };
	FILE *out = open_memstream(&text.data, &text.len);

	if (!out)
		abort();
	print_policy(out, ast);
	if (fclose(out))
		abort();
	policy_add_text(&form, "the policy for before file systems are mounted",
			&text);
	text_free(&text);
	policy_free(policy);
	*policy = form;
}

void premount_form(struct policy *policy)
{
	struct shield_ast ast = policy->ast;

	if (ast.nr_groups == SHIELD_MAX_GROUPS ||
	    ast.nr_programs + NR_MOUNTERS > SHIELD_MAX_PROGRAMS)
		return;
	add_group(&ast);
	add_programs(&ast);
	grant_all(&ast);
	replace_text(policy, &ast);
	free(ast.groups);
	free(ast.programs);
}
