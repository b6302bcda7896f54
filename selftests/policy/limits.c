// SPDX-License-Identifier: GPL-2.0-only
/* Each limit of limits.h: a text that just reaches it, and one past it. */
#include <stdio.h>
#include <stdlib.h>

#include "policy.h"
#include "tap.h"

/* Writes a policy that needs @n of something; most need the version line. */
typedef void writer(FILE *out, unsigned int n);

static void fill(FILE *out, unsigned int n)
{
	while (n--)
		putc('x', out);
}

static void write_text(FILE *out, unsigned int n)
{
	fputs("shield 1\n#", out);
	fill(out, n - 10);
}

static void write_path(FILE *out, unsigned int n)
{
	fputs("shield 1\nwatch ", out);
	for (; n > 200; n -= 100) {
		putc('/', out);
		fill(out, 99);
	}
	putc('/', out);
	fill(out, n - 1);
	fputs(" read", out);
}

static void write_escaped_path(FILE *out, unsigned int n)
{
	fputs("shield 1\nwatch \"", out);
	for (; n > 1; n -= 2)
		fputs("/\\170", out);
	fputs(n ? "x\" read" : "\" read", out);
}

static void write_component(FILE *out, unsigned int n)
{
	fputs("shield 1\nwatch /a/", out);
	fill(out, n);
	fputs("/b read", out);
}

static void write_last_component(FILE *out, unsigned int n)
{
	fputs("shield 1\nwatch /a/", out);
	fill(out, n);
	fputs(" read", out);
}

static void write_name(FILE *out, unsigned int n)
{
	fputs("shield 1\nname ", out);
	fill(out, n);
}

static void write_group_name(FILE *out, unsigned int n)
{
	fputs("shield 1\nprogram ", out);
	fill(out, n);
	fputs(" /p", out);
}

static void write_groups(FILE *out, unsigned int n)
{
	fputs("shield 1\n", out);
	while (n--)
		fprintf(out, "program g%u /p\n", n);
}

static void write_programs(FILE *out, unsigned int n)
{
	fputs("shield 1\nprogram a", out);
	while (n--)
		fputs(" /p", out);
}

static void write_rules(FILE *out, unsigned int n)
{
	fputs("shield 1", out);
	while (n--)
		fputs("\nwatch /x read", out);
}

static void write_grants(FILE *out, unsigned int n)
{
	fputs("shield 1\nprogram a /p\nprotect /x deny read", out);
	while (n--)
		fputs(" allow read to a", out);
}

static const struct {
	const char *name;
	writer *write;
	unsigned int limit;
	const char *told;
} rows[] = {
	{ "text", write_text, SHIELD_MAX_TEXT,
	  "0:0: the text has 16777217 bytes: the limit is 16777216" },
	{ "path", write_path, SHIELD_MAX_PATH,
	  "2:7: this path has 4096 bytes: the limit is 4095" },
	{ "path_after_unescaping", write_escaped_path, SHIELD_MAX_PATH,
	  "2:7: this path has 4096 bytes: the limit is 4095" },
	{ "component", write_component, SHIELD_MAX_COMPONENT,
	  "2:7: a component of this path has 256 bytes: the limit is 255" },
	{ "last_component", write_last_component, SHIELD_MAX_COMPONENT,
	  "2:7: a component of this path has 256 bytes: the limit is 255" },
	{ "policy_name", write_name, SHIELD_MAX_NAME,
	  "2:6: this name has 64 bytes: the limit is 63" },
	{ "group_name", write_group_name, SHIELD_MAX_NAME,
	  "2:9: this name has 64 bytes: the limit is 63" },
	{ "groups", write_groups, SHIELD_MAX_GROUPS,
	  "66:9: this would be program group 65: the limit is 64" },
	{ "programs", write_programs, SHIELD_MAX_PROGRAMS,
	  "2:3083: this would be program file 1025: the limit is 1024" },
	{ "rules", write_rules, SHIELD_MAX_RULES,
	  "65538:1: this would be rule 65537: the limit is 65536" },
	{ "grants", write_grants, SHIELD_MAX_GRANTS,
	  "3:86: a rule takes at most 4 'allow ... to': put groups with the same rights together" },
};

static struct parsed *parse(writer *write, unsigned int n)
{
	struct parsed *parsed;
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	if (!out)
		abort();
	write(out, n);
	if (fclose(out))
		abort();
	parsed = policy_parse(text, len);
	free(text);
	return parsed;
}

static void check(const char *what, writer *write, unsigned int limit,
		  const char *told)
{
	struct parsed *parsed = parse(write, limit);
	char name[80];
	char *got;

	snprintf(name, sizeof(name), "%s_at_the_limit_is_accepted", what);
	if (!tap_result(!parsed->ret, name))
		tap_note("got", parsed->error.message);
	policy_free(parsed);

	parsed = parse(write, limit + 1);
	got = policy_explain(&parsed->error);
	snprintf(name, sizeof(name), "%s_past_the_limit_is_refused", what);
	if (!tap_result(parsed->ret == -E2BIG && !strcmp(got, told), name)) {
		tap_note("expected", told);
		tap_note("got", got);
	}
	free(got);
	policy_free(parsed);
}

void test_limits(void)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++)
		check(rows[i].name, rows[i].write, rows[i].limit, rows[i].told);
}
