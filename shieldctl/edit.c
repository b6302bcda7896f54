// SPDX-License-Identifier: GPL-2.0-only
#include "edit.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../module/policy/lex.h"

static bool has_dot_dot(const char *path)
{
	const char *at = path;

	while ((at = strstr(at, ".."))) {
		if ((at == path || at[-1] == '/') && (!at[2] || at[2] == '/'))
			return true;
		at += 2;
	}
	return false;
}

/* Without empty and `.` components and without a slash at the end. */
static void shorten(char *path)
{
	char *from = path, *to = path;
	size_t len;

	while (*from) {
		len = strcspn(++from, "/");
		if (len && !(len == 1 && *from == '.')) {
			*to++ = '/';
			memmove(to, from, len);
			to += len;
		}
		from += len;
	}
	if (to == path)
		*to++ = '/';
	*to = '\0';
}

/* What `..` means is known to the file system alone. */
static char *resolve(char *path)
{
	char *slash = strrchr(path, '/');
	char *directory, *whole = NULL;

	if (!strcmp(slash, "/.."))
		return realpath(path, NULL);
	*slash = '\0';
	directory = realpath(*path ? path : "/", NULL);
	if (directory && asprintf(&whole, "%s/%s", directory, slash + 1) < 0)
		whole = NULL;
	free(directory);
	return whole;
}

char *edit_absolute(const char *path)
{
	char *directory = *path == '/' ? NULL : getcwd(NULL, 0);
	char *whole = NULL, *resolved;

	if (asprintf(&whole, "%s/%s", directory ? directory : "", path) < 0)
		whole = NULL;
	if (whole && (*path == '/' || directory)) {
		shorten(whole);
		if (has_dot_dot(whole)) {
			resolved = resolve(whole);
			free(whole);
			whole = resolved;
			if (whole)
				shorten(whole);
		}
	}
	free(directory);
	if (!whole)
		fprintf(stderr, "shieldctl: cannot resolve %s: %s\n", path,
			strerror(errno));
	return whole;
}

/* Does the line at which @lexer stands protect this very path? */
static bool protects(struct shield_lexer *lexer, const char *path)
{
	struct shield_word word;
	char *unescaped;
	size_t len;
	bool is_same;

	if (shield_lex_word(lexer, &word) || !shield_lex_is(&word, "protect"))
		return false;
	if (shield_lex_word(lexer, &word) || !word.len)
		return false;
	unescaped = allocate(word.len);
	is_same = !shield_lex_unescape(lexer, &word, unescaped, &len) &&
		  len == strlen(path) && !memcmp(unescaped, path, len);
	free(unescaped);
	return is_same;
}

size_t edit_drop(struct text *text, const char *path)
{
	struct shield_error error;
	struct shield_lexer lexer;
	size_t from = 0, to, nr = 0;
	const char *newline;

	while (from < text->len) {
		newline = memchr(text->data + from, '\n', text->len - from);
		to = newline ? (size_t)(newline + 1 - text->data) : text->len;
		shield_lex_start(&lexer, text->data + from, to - from, &error);
		if (protects(&lexer, path)) {
			text_cut(text, from, to);
			nr++;
		} else {
			from = to;
		}
	}
	return nr;
}

static bool are_same(const struct shield_ast_rule *a,
		     const struct shield_ast_rule *b)
{
	u8 i;

	if (strcmp(a->path, b->path) || a->watch != b->watch ||
	    a->recursive != b->recursive || a->prefix != b->prefix ||
	    a->rights != b->rights || a->except != b->except ||
	    a->nr_grants != b->nr_grants)
		return false;
	for (i = 0; i < a->nr_grants; i++)
		if (a->grants[i].groups != b->grants[i].groups ||
		    a->grants[i].rights != b->grants[i].rights)
			return false;
	return true;
}

static bool is_known(const struct shield_ast *ast, u32 index)
{
	u32 i;

	for (i = 0; i < index; i++)
		if (are_same(&ast->rules[i], &ast->rules[index]))
			return true;
	return false;
}

static void drop_line(struct text *text, u32 line)
{
	char *at = text->data, *next;

	while (--line)
		at = strchr(at, '\n') + 1;
	next = strchr(at, '\n') + 1;
	text_cut(text, at - text->data, next - text->data);
}

size_t edit_drop_known(struct policy *policy)
{
	const struct shield_ast *ast = &policy->ast;
	const u32 first = policy->files[policy->nr_files - 1].first_line;
	size_t remaining = 0;
	u32 i = ast->nr_rules;

	/* Backwards: the positions before a dropped line stay right. */
	while (i-- && ast->rules[i].pos.line >= first) {
		if (is_known(ast, i))
			drop_line(&policy->text, ast->rules[i].pos.line);
		else
			remaining++;
	}
	return remaining;
}

const struct shield_ast_rule *edit_find_cover(const struct shield_ast *ast,
					      const char *path)
{
	const struct shield_ast_rule *rule;
	size_t len;
	u32 i;

	for (i = 0; i < ast->nr_rules; i++) {
		rule = &ast->rules[i];
		len = strlen(rule->path);
		if (rule->watch || strncmp(path, rule->path, len) || !path[len])
			continue;
		if (rule->recursive && path[len] == '/')
			return rule;
		if (rule->prefix && !strchr(path + len, '/'))
			return rule;
	}
	return NULL;
}
