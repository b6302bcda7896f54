// SPDX-License-Identifier: GPL-2.0-only
#include "lookup.h"

#include <string.h>
#include <sys/stat.h>

static bool is_below(const char *path, const char *top)
{
	size_t len = strlen(top);

	return !strncmp(path, top, len) && path[len] == '/';
}

static bool has_prefix(const char *path, const char *prefix)
{
	size_t len = strlen(prefix);

	return !strncmp(path, prefix, len) && path[len] &&
	       !strchr(path + len, '/');
}

static bool is_same_file(const char *a, const char *b)
{
	struct stat x, y;

	return !stat(a, &x) && !stat(b, &y) && x.st_dev == y.st_dev &&
	       x.st_ino == y.st_ino;
}

enum lookup_how lookup_how(const struct shield_ast_rule *rule, const char *path)
{
	if (rule->prefix && has_prefix(path, rule->path))
		return LOOKUP_PREFIX;
	if (!rule->prefix && !strcmp(rule->path, path))
		return LOOKUP_NAMED;
	if (rule->recursive && is_below(path, rule->path))
		return LOOKUP_BELOW;
	if (!rule->prefix && is_same_file(rule->path, path))
		return LOOKUP_LINK;
	return !rule->watch && is_below(rule->path, path) ? LOOKUP_WAY :
							    LOOKUP_NOT;
}

const char *lookup_why(enum lookup_how how)
{
	static const char *const reasons[] = {
		[LOOKUP_NOT] = "it does not concern the path",
		[LOOKUP_NAMED] = "it names the path",
		[LOOKUP_BELOW] = "the path is below a recursive rule",
		[LOOKUP_PREFIX] = "the name begins with its prefix",
		[LOOKUP_LINK] = "the path leads to the file that it names",
		[LOOKUP_WAY] = "the path lies on the way to what it names",
	};

	return reasons[how];
}

u64 lookup_groups(const struct shield_ast *ast, const char *program)
{
	u64 groups = 0;
	u32 i;

	for (i = 0; program && i < ast->nr_programs; i++)
		if (!strcmp(ast->programs[i].path, program) ||
		    is_same_file(ast->programs[i].path, program))
			groups |= BIT_ULL(ast->programs[i].group);
	return groups;
}

u16 lookup_denied(const struct shield_ast_rule *rule, enum lookup_how how,
		  u64 groups)
{
	u16 rights = rule->rights;
	u8 i;

	if (rule->except & groups)
		return 0;
	/* What lies on the way must stay where it is, whatever is denied. */
	if (how == LOOKUP_WAY)
		return SHIELD_REMOVE | SHIELD_MOUNT;
	for (i = 0; i < rule->nr_grants; i++)
		if (rule->grants[i].groups & groups)
			rights &= ~rule->grants[i].rights;
	return rights;
}

bool lookup_is_program(const struct shield_ast *ast, const char *path)
{
	u32 i;

	for (i = 0; i < ast->nr_rules; i++)
		if (!ast->rules[i].watch && !strcmp(ast->rules[i].path, path))
			return false;
	return lookup_groups(ast, path);
}
