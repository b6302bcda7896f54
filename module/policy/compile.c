// SPDX-License-Identifier: GPL-2.0-only
/*
 * Syntax tree to policy.
 */
#include "policy/compile.h"

#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/slab.h>

#include "compat/append.h"
#include "policy/trustworthy.h"

/**
 * struct compilation - a policy in the making
 * @policy: what it will be
 * @ast: the text, parsed
 * @notes: notices so far
 * @error: why it failed
 */
struct compilation {
	struct shield_policy *policy;
	struct shield_ast ast;
	struct shield_notes *notes;
	struct shield_error *error;
};

static int fail(struct compilation *compilation, const struct shield_pos *at,
		int error, const char *path, const char *why)
{
	compilation->error->pos = *at;
	snprintf(compilation->error->message,
		 sizeof(compilation->error->message), "%.90s: %s", path, why);
	return error;
}

static const char *explain(int error)
{
	switch (error) {
	case -ELOOP:
		return "too many symlinks, or a loop of them";
	case -ENAMETOOLONG:
		return "the path is too long once its symlinks are followed";
	case -ENOTDIR:
		return "a component on the way is not a directory";
	case -ENOMEM:
		return "out of memory";
	default:
		return "the path cannot be looked up";
	}
}

static int errno_of(int error)
{
	return error == -ENOMEM ? -ENOMEM : -EOPNOTSUPP;
}

static int place(struct compilation *compilation, u32 number,
		 const struct shield_pos *at)
{
	const struct shield_rule *rule = &compilation->policy->rules[number];
	struct shield_key found;
	const char *why = NULL;
	int error =
		shield_compile_place(compilation->policy, number, &found, &why);

	if (error == -EOPNOTSUPP && rule->watch) {
		shield_notes_add(compilation->notes, at->line, at->column,
				 "%*pE is not watched: %s",
				 (int)strlen(rule->path), rule->path, why);
		return 0;
	}
	if (error < 0)
		return fail(compilation, at, errno_of(error), rule->path,
			    why ?: explain(error));
	if (error > 0 && !rule->prefix)
		shield_notes_add(compilation->notes, at->line, at->column,
				 "%*pE does not exist; protected as a name",
				 (int)strlen(rule->path), rule->path);
	return 0;
}

static u64 mounters_of(const struct shield_ast_rule *from)
{
	u64 groups = 0;
	unsigned int i;

	for (i = 0; i < from->nr_grants; i++)
		if (from->grants[i].rights & SHIELD_MOUNT)
			groups |= from->grants[i].groups;
	return groups;
}

/* May anybody append to the file and not write it? */
static bool lets_append_only(const struct shield_ast_rule *rule)
{
	u8 i;

	if (rule->watch || !(rule->rights & SHIELD_WRITE))
		return false;
	for (i = 0; i < rule->nr_grants; i++)
		if ((rule->grants[i].rights & (SHIELD_APPEND | SHIELD_WRITE)) ==
		    SHIELD_APPEND)
			return true;
	return !(rule->rights & SHIELD_APPEND);
}

static void take_rule(struct shield_rule *rule,
		      const struct shield_ast_rule *from)
{
	*rule = (struct shield_rule){
		.path = from->path,
		.except = from->except,
		.rights = from->rights,
		.program = SHIELD_NO_PROGRAM,
		.nr_grants = from->nr_grants,
		.watch = from->watch,
		.append_only = lets_append_only(from),
		.recursive = from->recursive,
		.prefix = from->prefix,
		.mounters = mounters_of(from),
		.line = from->pos.line,
		.column = from->path_pos.column,
	};
	memcpy(rule->grants, from->grants, sizeof(rule->grants));
}

static int make_rules(struct compilation *compilation)
{
	struct shield_policy *policy = compilation->policy;
	const struct shield_ast *ast = &compilation->ast;
	int error;
	u32 i;

	for (i = 0; i < ast->nr_rules; i++) {
		take_rule(&policy->rules[i], &ast->rules[i]);
		policy->rights |= ast->rules[i].rights;
		if (shield_append_may_lapse() && policy->rules[i].append_only)
			policy->needs |= SHIELD_WHEN_APPEND_ONLY;
		policy->nr_rules++;
		policy->nr_lines++;
		error = place(compilation, i, &ast->rules[i].path_pos);
		if (error)
			return error;
	}
	return 0;
}

/* Has the policy a protect line of its own for this program file? */
static bool is_protected(const struct compilation *compilation,
			 const char *path)
{
	const struct shield_ast *ast = &compilation->ast;
	u32 i;

	for (i = 0; i < ast->nr_rules; i++)
		if (!ast->rules[i].watch && !ast->rules[i].prefix &&
		    !strcmp(ast->rules[i].path, path))
			return true;
	return false;
}

/* A rule that carries the program, and protects its file if no line does. */
static int make_program(struct compilation *compilation,
			const struct shield_ast_program *from)
{
	struct shield_policy *policy = compilation->policy;
	struct shield_rule *rule = &policy->rules[policy->nr_rules];
	const char *why;
	int error, program;

	error = shield_trustworthy_check(from->path, &why);
	if (error == -ENOMEM)
		return error;
	if (error)
		return fail(compilation, &from->pos, -EINVAL, from->path, why);
	program = shield_program_intern(from->path);
	if (program == -E2BIG)
		return fail(compilation, &from->pos, program, from->path,
			    "too many programs, with those of running tasks");
	if (program < 0)
		return program;
	policy->groups_of[program] |= BIT_ULL(from->group);
	*rule = (struct shield_rule){
		.path = from->path,
		.rights = is_protected(compilation, from->path) ? 0 :
								  SHIELD_MODIFY,
		.program = program,
	};
	policy->rights |= rule->rights;
	policy->nr_programs++;
	return place(compilation, policy->nr_rules++, &from->pos);
}

static void make_groups(struct shield_policy *policy,
			const struct shield_ast *ast)
{
	u32 i;

	policy->groups = ast->groups;
	policy->nr_groups = ast->nr_groups;
	for (i = 0; i < ast->nr_groups; i++) {
		if (ast->groups[i].any_namespace)
			policy->any_namespace |= BIT_ULL(i);
		if (ast->groups[i].window)
			policy->windowed |= BIT_ULL(i);
		if (ast->groups[i].strict)
			policy->strict |= BIT_ULL(i);
	}
	if (policy->strict)
		policy->needs |= SHIELD_WHEN_STRICT;
}

static int make_programs(struct compilation *compilation)
{
	const struct shield_ast *ast = &compilation->ast;
	int error = 0;
	u32 i;

	make_groups(compilation->policy, ast);
	for (i = 0; i < ast->nr_programs && !error; i++) {
		error = make_program(compilation, &ast->programs[i]);
		cond_resched();
	}
	return error;
}

/* Each path makes an object, a name, and ancestors that are mostly shared. */
#define ENTRIES_PER_RULE 3

static int make(struct compilation *compilation)
{
	struct shield_policy *policy = compilation->policy;
	u32 nr = compilation->ast.nr_rules + compilation->ast.nr_programs;
	int error;

	policy->name = compilation->ast.name;
	policy->adopt = compilation->ast.adopt;
	policy->rules = kvcalloc(nr + 1, sizeof(*policy->rules), GFP_KERNEL);
	if (!policy->rules)
		return -ENOMEM;
	error = shield_index_init(&policy->index, nr * ENTRIES_PER_RULE);
	if (!error)
		error = make_rules(compilation);
	if (!error)
		error = make_programs(compilation);
	if (!error)
		policy->rules[shield_policy_scratch_rule(policy)] =
			(struct shield_rule){
				.path = "",
				.rights = SHIELD_ALL,
				.program = SHIELD_NO_PROGRAM,
			};
	return error;
}

static int fail_whole(struct compilation *compilation, const char *why)
{
	*compilation->error = (struct shield_error){};
	strscpy(compilation->error->message, why,
		sizeof(compilation->error->message));
	return -EINVAL;
}

/*
 * A text that a writer's buffer cut off would drop every rule behind the cut,
 * so what looks like a beginning is not taken for a whole.
 */
static int check_whole(struct compilation *compilation, const char *text,
		       size_t len)
{
	const struct shield_ast *ast = &compilation->ast;

	if (text[len - 1] != '\n')
		return fail_whole(
			compilation,
			"the text ends within a line: write it whole, by one write(), with a newline at its end");
	if (!ast->nr_rules && !ast->nr_programs && !*ast->name)
		return fail_whole(
			compilation,
			"there is no rule in this text: write all of it by one write(); a policy that is to be empty needs a 'name' line");
	return 0;
}

static int parse(struct compilation *compilation, const char *text, size_t len)
{
	struct shield_policy *policy = compilation->policy;
	int error;

	policy->arena =
		kvmalloc(shield_parse_arena_size(text, len), GFP_KERNEL);
	if (!policy->arena)
		return -ENOMEM;
	error = shield_parse(text, len, policy->arena, &compilation->ast,
			     compilation->error);
	return error ?: check_whole(compilation, text, len);
}

/* Without a rule no path is walked. */
static int get_ready(struct compilation *compilation,
		     int (*ready)(struct shield_error *error))
{
	const struct shield_ast *ast = &compilation->ast;

	return ast->nr_rules || ast->nr_programs ? ready(compilation->error) :
						   0;
}

int shield_compile(char *text, size_t len, struct shield_policy **policy,
		   int (*ready)(struct shield_error *error),
		   struct shield_notes *notes, struct shield_error *error)
{
	struct compilation compilation = { .notes = notes, .error = error };
	int result;

	*error = (struct shield_error){ .message = "out of memory" };
	compilation.policy = kvzalloc(sizeof(**policy), GFP_KERNEL);
	if (!compilation.policy)
		return -ENOMEM;
	result = parse(&compilation, text, len);
	if (!result)
		result = get_ready(&compilation, ready);
	if (!result)
		result = make(&compilation);
	if (result) {
		shield_policy_free(compilation.policy);
		return result;
	}
	compilation.policy->text = text;
	compilation.policy->len = len;
	*policy = compilation.policy;
	return 0;
}
