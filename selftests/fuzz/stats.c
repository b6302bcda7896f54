// SPDX-License-Identifier: GPL-2.0-only
/*
 * The kernel's files status, stats and events, and its answers, as shieldctl
 * reads them: whatever they say, all that was read lies in what was given.
 */
#include "../../shieldctl/counters.h"
#include "../../shieldctl/facts.h"
#include "../../shieldctl/kernel.h"
#include "directory.h"
#include "fuzz.h"

static void check_facts(void)
{
	struct facts facts = { 0 };
	const char *text, *end, *value;
	size_t i;

	insist(!facts_read(&facts));
	text = facts.text.data ? facts.text.data : "";
	end = text + facts.text.len;
	insist(facts.nr <= ARRAY_SIZE(facts.lines));
	for (i = 0; i < facts.nr; i++) {
		insist(facts.lines[i].key >= text &&
		       facts.lines[i].key < facts.lines[i].value);
		insist(facts.lines[i].value + strlen(facts.lines[i].value) <=
		       end);
		value = facts_get(&facts, facts.lines[i].key);
		insist(value > text && value <= facts.lines[i].value);
	}
	facts_number(&facts, "generation");
	facts_free(&facts);
}

static void check_counters(void)
{
	struct counters counters = { 0 };
	unsigned long long sum = 0;
	size_t i;

	insist(!counters_read(&counters));
	for (i = 0; i < counters.nr; i++) {
		const struct counter *counter = &counters.all[i];

		insist(counter->what && counter->name && counter->kind);
		if (!strcmp(counter->what, "hook"))
			sum += counter->count;
	}
	insist(counters_sum(&counters, "hook", NULL, NULL) == sum);
	insist(!counters_sum(&counters, "none such", NULL, NULL));
	counters_free(&counters);
}

static void check_tally(const struct tally *tally)
{
	size_t i;

	for (i = 0; i < tally->nr; i++) {
		insist(*tally->entries[i].name);
		insist(!i ||
		       tally->entries[i - 1].count >= tally->entries[i].count);
	}
}

static void check_recent(void)
{
	struct recent recent = { 0 };

	insist(!recent_read(&recent));
	check_tally(&recent.objects);
	check_tally(&recent.programs);
	insist(!recent.notes.len || *recent.notes.data == '#');
	insist(!recent.windows.len || *recent.windows.data == '#');
	recent_free(&recent);
}

/* What is understood of an answer can be said again. */
static void check_answer(const uint8_t *data, size_t size)
{
	char *line = copy_string(data, size);
	char text[sizeof(((struct shield_error *)0)->message) + 32];
	struct shield_error error, again;

	if (kernel_parse_answer(line, &error)) {
		insist(!strchr(error.message, '\n'));
		snprintf(text, sizeof(text), "%u:%u: %s", error.pos.line,
			 error.pos.column, error.message);
		insist(kernel_parse_answer(text, &again));
		insist(again.pos.line == error.pos.line &&
		       again.pos.column == error.pos.column);
		insist(!strcmp(again.message, error.message));
	}
	free(line);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *directory;

	if (!directory)
		directory = directory_make("SHIELDCTL_SECURITYFS");
	directory_write("status", data, size);
	check_facts();
	directory_write("stats", data, size);
	check_counters();
	directory_write("events", data, size);
	check_recent();
	check_answer(data, size);
	return 0;
}
