// SPDX-License-Identifier: GPL-2.0-only
#include "report.h"

#include <stdio.h>
#include <string.h>

/* Longer lines are not shown, they would hide the message. */
#define SHOWN_LINE 160

static const char *find_line(const struct text *text, u32 line, size_t *len)
{
	const char *at = text->data, *end = at + text->len, *next;

	while (--line && at < end) {
		next = memchr(at, '\n', end - at);
		at = next ? next + 1 : end;
	}
	next = at < end ? memchr(at, '\n', end - at) : NULL;
	*len = (next ? next : end) - at;
	return at;
}

static void show_line(const struct policy *policy, const struct shield_pos *pos)
{
	const char *line;
	size_t len, i;

	if (!pos->line || !policy->text.len)
		return;
	line = find_line(&policy->text, pos->line, &len);
	if (len > SHOWN_LINE || pos->column > len + 1)
		return;

	fputs("    ", stderr);
	for (i = 0; i < len; i++) {
		unsigned char byte = line[i];

		/* One column a byte, and nothing a terminal obeys. */
		putc(byte < ' ' || byte >= 0x7f ? '?' : byte, stderr);
	}
	fprintf(stderr, "\n    %*s\n", (int)pos->column, "^");
}

void report_notice(const struct policy *policy,
		   const struct shield_error *notice)
{
	struct policy_place place = policy_locate(policy, &notice->pos);
	const char *at;

	fprintf(stderr, "%s:", place.file);
	if (notice->pos.line)
		fprintf(stderr, "%u:%u:", place.pos.line, place.pos.column);
	putc(' ', stderr);
	/* The kernel quotes paths as they are. */
	for (at = notice->message; *at; at++)
		putc((unsigned char)*at < ' ' || *at == 0x7f ? '?' : *at,
		     stderr);
	putc('\n', stderr);
}

void report_refusal(const struct policy *policy,
		    const struct shield_error *error, bool is_json)
{
	struct json json = { .out = stdout };

	if (!is_json) {
		report_notice(policy, error);
		show_line(policy, &error->pos);
		return;
	}
	json_open(&json, NULL, '{');
	json_bool(&json, "ok", false);
	report_json(&json, "error", policy, error);
	json_close(&json, '}');
}

void report_json(struct json *json, const char *key,
		 const struct policy *policy, const struct shield_error *error)
{
	struct policy_place place = policy_locate(policy, &error->pos);

	json_open(json, key, '{');
	json_string(json, "file", place.file);
	json_number(json, "line", place.pos.line);
	json_number(json, "column", place.pos.column);
	json_string(json, "message", error->message);
	json_close(json, '}');
}
