// SPDX-License-Identifier: GPL-2.0-only
#include "finding.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "json.h"
#include "text.h"

static char *format_text(const char *format, va_list arguments)
{
	va_list again;
	char *text;
	int len;

	va_copy(again, arguments);
	len = vsnprintf(NULL, 0, format, again);
	va_end(again);
	text = allocate(len + 1);
	vsnprintf(text, len + 1, format, arguments);
	return text;
}

void finding_add(struct findings *findings, enum level level, const char *name,
		 const char *format, ...)
{
	size_t bytes = findings->nr * sizeof(*findings->all);
	struct text grown = { 0 };
	struct finding one = { .level = level, .name = name };
	va_list arguments;

	va_start(arguments, format);
	one.what = format_text(format, arguments);
	va_end(arguments);
	if (bytes)
		text_append(&grown, (const char *)findings->all, bytes);
	text_append(&grown, (const char *)&one, sizeof(one));
	free(findings->all);
	findings->all = (struct finding *)grown.data;
	findings->nr++;
}

void finding_next(struct findings *findings, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	findings->all[findings->nr - 1].next = format_text(format, arguments);
	va_end(arguments);
}

bool findings_healthy(const struct findings *findings)
{
	size_t i;

	for (i = 0; i < findings->nr; i++)
		if (findings->all[i].level >= LEVEL_WRONG)
			return false;
	return true;
}

static const char *level_name(enum level level)
{
	switch (level) {
	case LEVEL_OK:
		return "ok";
	case LEVEL_NOTE:
		return "note";
	case LEVEL_WRONG:
		return "wrong";
	default:
		return "unknown";
	}
}

static void print_json(const struct findings *findings)
{
	struct json json = { .out = stdout };
	const struct finding *one;
	size_t i;

	json_open(&json, NULL, '{');
	json_bool(&json, "ok", findings_healthy(findings));
	json_open(&json, "findings", '[');
	for (i = 0; i < findings->nr; i++) {
		one = &findings->all[i];
		json_open(&json, NULL, '{');
		json_string(&json, "name", one->name);
		json_string(&json, "level", level_name(one->level));
		json_string(&json, "what", one->what);
		json_string(&json, "next", one->next);
		json_close(&json, '}');
	}
	json_close(&json, ']');
	json_close(&json, '}');
}

void findings_print(const struct findings *findings, bool is_json)
{
	const struct finding *one;
	size_t i;

	if (is_json) {
		print_json(findings);
		return;
	}
	for (i = 0; i < findings->nr; i++) {
		one = &findings->all[i];
		printf("%-7s %s%s%s\n", level_name(one->level), one->what,
		       one->next ? "; next: " : "", one->next ? one->next : "");
	}
}

void findings_free(struct findings *findings)
{
	size_t i;

	for (i = 0; i < findings->nr; i++) {
		free(findings->all[i].what);
		free(findings->all[i].next);
	}
	free(findings->all);
	*findings = (struct findings){ 0 };
}
