// SPDX-License-Identifier: GPL-2.0-only
#include "print.h"

static bool is_bare(const char *path)
{
	for (; *path; path++) {
		unsigned char byte = *path;

		if (byte <= ' ' || byte == 0x7f || byte == '"' || byte == '\\')
			return false;
	}
	return true;
}

void print_path(FILE *out, const char *path)
{
	if (is_bare(path)) {
		fputs(path, out);
		return;
	}
	putc('"', out);
	for (; *path; path++) {
		unsigned char byte = *path;

		if (byte < ' ' || byte == 0x7f)
			fprintf(out, "\\%03o", byte);
		else if (byte == '"' || byte == '\\')
			fprintf(out, "\\%c", byte);
		else
			putc(byte, out);
	}
	putc('"', out);
}

void print_rights(FILE *out, u16 rights)
{
	char text[SHIELD_RIGHTS_TEXT];

	fputs(shield_rights_format(rights, text), out);
}

void print_groups(FILE *out, const struct shield_ast *ast, u64 groups)
{
	const char *separator = "";
	u32 i;

	for (i = 0; i < ast->nr_groups; i++) {
		if (!(groups & BIT_ULL(i)))
			continue;
		fprintf(out, "%s%s", separator, ast->groups[i].name);
		separator = ",";
	}
}

void print_rule(FILE *out, const struct shield_ast *ast,
		const struct shield_ast_rule *rule)
{
	u8 i;

	fputs(rule->watch ? "watch " : "protect ", out);
	print_path(out, rule->path);
	if (rule->recursive)
		fputs(" recursive", out);
	if (rule->prefix)
		fputs(" prefix", out);
	fputs(rule->watch ? " " : " deny ", out);
	print_rights(out, rule->rights);
	for (i = 0; i < rule->nr_grants; i++) {
		fputs(" allow ", out);
		print_rights(out, rule->grants[i].rights);
		fputs(" to ", out);
		print_groups(out, ast, rule->grants[i].groups);
	}
	if (rule->except) {
		fputs(" except ", out);
		print_groups(out, ast, rule->except);
	}
	putc('\n', out);
}

void print_policy(FILE *out, const struct shield_ast *ast)
{
	u32 i;

	fputs("shield 1\n", out);
	if (*ast->name)
		fprintf(out, "name %s\n", ast->name);
	if (ast->adopt)
		fputs("adopt running\n", out);
	for (i = 0; i < ast->nr_programs; i++) {
		const struct shield_ast_group *group =
			&ast->groups[ast->programs[i].group];

		fprintf(out, "program %s ", group->name);
		print_path(out, ast->programs[i].path);
		if (group->any_namespace)
			fputs(" namespace any", out);
		if (group->window)
			fputs(" window", out);
		if (group->strict)
			fputs(" strict", out);
		putc('\n', out);
	}
	for (i = 0; i < ast->nr_rules; i++)
		print_rule(out, ast, &ast->rules[i]);
}
