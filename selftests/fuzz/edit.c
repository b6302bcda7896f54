// SPDX-License-Identifier: GPL-2.0-only
/*
 * Policies as shieldctl changes them: a path becomes one that a policy may have,
 * what is to go goes, and all else stays.
 *
 * The first line is a path, the rest is a policy.
 */
#include "../../shieldctl/edit.h"
#include "../../shieldctl/print.h"
#include "fuzz.h"

static char *print(const struct shield_ast *ast, const char *without)
{
	char *text;
	size_t len;
	FILE *out = open_memstream(&text, &len);
	u32 i;

	insist(out);
	for (i = 0; i < ast->nr_rules; i++)
		if (!without || ast->rules[i].watch ||
		    strcmp(ast->rules[i].path, without))
			print_rule(out, ast, &ast->rules[i]);
	fclose(out);
	return text;
}

static void check_path(const char *path)
{
	char *whole = edit_absolute(path), *again;
	const char *at = whole;
	size_t len;

	if (!whole)
		return;
	insist(*whole == '/');
	while (*at && at[1]) {
		len = strcspn(++at, "/");
		insist(len && (len != 1 || *at != '.'));
		insist(len != 2 || at[0] != '.' || at[1] != '.');
		at += len;
	}
	again = edit_absolute(whole);
	insist(again && !strcmp(whole, again));
	free(again);
	free(whole);
}

static size_t count(const struct shield_ast *ast, const char *path)
{
	size_t nr = 0;
	u32 i;

	for (i = 0; i < ast->nr_rules; i++)
		nr += !ast->rules[i].watch && !strcmp(ast->rules[i].path, path);
	return nr;
}

static void check_drop(const struct text *text, const char *path)
{
	struct policy before = { 0 }, after = { 0 };
	struct text changed = { 0 };
	struct shield_error error;
	char *wanted, *got;
	size_t nr;

	text_append(&changed, text->data ? text->data : "", text->len);
	nr = edit_drop(&changed, path);
	policy_add_text(&before, "before", text);
	policy_add_text(&after, "after", &changed);
	if (!policy_parse(&before, &error)) {
		insist(!policy_parse(&after, &error));
		insist(nr == count(&before.ast, path));
		wanted = print(&before.ast, path);
		got = print(&after.ast, NULL);
		insist(!strcmp(wanted, got));
		free(wanted);
		free(got);
	}
	policy_free(&before);
	policy_free(&after);
	text_free(&changed);
}

/* Rules that are added and are there already are none. */
static void check_known(const struct text *text, const char *path)
{
	struct policy policy = { 0 };
	struct text added = { 0 };
	struct shield_error error;
	FILE *out = open_memstream(&added.data, &added.len);
	char *wanted, *got;

	insist(out);
	policy_add_text(&policy, "in force", text);
	if (policy_parse(&policy, &error) || !policy.ast.nr_rules) {
		fclose(out);
	} else {
		wanted = print(&policy.ast, NULL);
		print_rule(out, &policy.ast, &policy.ast.rules[0]);
		fclose(out);
		policy_add_text(&policy, "added", &added);
		if (!policy_parse(&policy, &error)) {
			insist(!edit_drop_known(&policy));
			insist(!policy_parse(&policy, &error));
			edit_find_cover(&policy.ast, path);
			got = print(&policy.ast, NULL);
			insist(!strcmp(wanted, got));
			free(got);
		}
		free(wanted);
	}
	policy_free(&policy);
	text_free(&added);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input input = { data, size };
	char *path = take_line(&input);
	struct text text = { 0 };

	if (input.left)
		text_append(&text, (const char *)input.at, input.left);
	check_path(path);
	check_drop(&text, path);
	check_known(&text, path);
	text_free(&text);
	free(path);
	return 0;
}
