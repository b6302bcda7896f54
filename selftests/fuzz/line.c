// SPDX-License-Identifier: GPL-2.0-only
/*
 * Events as the kernel writes them: a line is one line, whatever names strangers
 * choose, and shieldctl reads from it what was written.
 */
#include "../../shieldctl/event.h"
#include "event/line.h"
#include "fuzz.h"
#include "policy/rights.h"

/* A place and a path in it, as event/place.c puts them together. */
#define LONGEST_PLACE 127

/* The last is the longest. */
static const char *const hooks[] = { "", "policy", "security_file_open",
				     "security_ptrace_access_check" };

static void take_string(struct input *input, char *to, size_t size)
{
	char *line = take_line(input);

	snprintf(to, size, "%s", line);
	free(line);
}

static void take_numbers(struct input *input, struct shield_record *record)
{
	record->kind = take_number(input, 1) % SHIELD_NR_KINDS;
	record->of = take_number(input, 1) % SHIELD_NR_KINDS;
	record->hook = hooks[take_number(input, 1) % ARRAY_SIZE(hooks)];
	record->rights = take_number(input, 2) & SHIELD_ALL;
	record->seq = take_number(input, 8);
	record->count = take_number(input, 8);
	record->mono_ns = take_number(input, 8);
	record->real_ns = take_number(input, 8);
	record->generation = take_number(input, 8);
	record->ino = take_number(input, 8);
	record->cgroup = take_number(input, 8);
	record->line = take_number(input, 4);
	record->dev = take_number(input, 4);
	record->pid = take_number(input, 4);
	record->tgid = take_number(input, 4);
	record->ppid = take_number(input, 4);
	record->uid = take_number(input, 4);
	record->loginuid = take_number(input, 4);
}

static void take_event(struct input *input, struct shield_event *event)
{
	take_numbers(input, &event->record);
	take_string(input, event->path, LONGEST_PLACE + SHIELD_RECORD_PATH);
	take_string(input, event->program,
		    LONGEST_PLACE + SHIELD_RECORD_PROGRAM);
	take_string(input, event->record.rule, sizeof(event->record.rule));
	take_string(input, event->record.note, sizeof(event->record.note));
	take_string(input, event->record.comm, sizeof(event->record.comm));
}

/* One line of words, of which a terminal shows each as it is. */
static void check_line(const char *line, size_t len)
{
	size_t i;

	insist(len && len < SHIELD_LINE_SIZE && line[len - 1] == '\n' &&
	       !line[len]);
	for (i = 0; i < len - 1; i++) {
		unsigned char byte = line[i];

		insist(byte >= ' ' && byte != 0x7f && byte != '"');
	}
}

static void check_event(const struct event *read,
			const struct shield_event *event)
{
	const struct shield_record *record = &event->record;
	const bool has_subject = record->tgid;

	insist(read->nr < EVENT_MAX_FIELDS - 2);
	insist(event_number(read, "seq") == record->seq);
	insist(event_is(read, "kind", shield_line_kind(record->kind)));
	insist(event_rights(read) == record->rights);
	insist(event_number(read, "ino") == record->ino);
	insist(event_number(read, "gen") == record->generation);
	insist(event_is(read, "path", event->path));
	insist(event_is(read, "rule", record->rule));
	insist(event_is(read, "hook", record->hook));
	insist(event_is(read, "note", record->note));
	insist(event_is(read, "comm", has_subject ? record->comm : ""));
	insist(event_is(read, "program", has_subject ? event->program : ""));
	if (has_subject)
		insist(event_number(read, "uid") == record->uid);
	if (record->kind == SHIELD_SUPPRESSED)
		insist(event_count(read) == record->count &&
		       !strcmp(event_verdict(read),
			       shield_line_kind(record->of)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input input = { data, size };
	char *line = malloc(SHIELD_LINE_SIZE);
	struct shield_event event = { 0 };
	struct event read;
	size_t len;

	take_event(&input, &event);
	len = shield_line_format(&event, line);
	check_line(line, len);
	line[len - 1] = '\0';
	insist(event_parse(line, &read));
	check_event(&read, &event);
	free(line);
	return 0;
}
