// SPDX-License-Identifier: GPL-2.0-only
#include "counters.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kernel.h"
#include "stream.h"

static void add(struct counters *counters, const struct event *event)
{
	struct counter *counter = &counters->all[counters->nr++];
	size_t i;

	*counter = (struct counter){
		.kind = event_get(event, "kind"),
		.count = event_number(event, "count"),
	};
	/* The second word tells what is counted, behind the version. */
	for (i = 1; i < event->nr && !counter->what; i++) {
		counter->what = event->keys[i];
		counter->name = event->values[i];
	}
}

static size_t count_lines(const struct text *text)
{
	const char *at = text->data;
	size_t lines = 1;

	while (at && (at = strchr(at, '\n'))) {
		lines++;
		at++;
	}
	return lines;
}

int counters_read(struct counters *counters)
{
	char *line, *rest = NULL;
	struct event event;
	int ret = kernel_read("stats", &counters->text);

	if (ret || !counters->text.len)
		return ret;
	counters->all =
		allocate(count_lines(&counters->text) * sizeof(*counters->all));
	for (line = strtok_r(counters->text.data, "\n", &rest); line;
	     line = strtok_r(NULL, "\n", &rest))
		if (event_parse(line, &event) && event.nr > 1)
			add(counters, &event);
	return 0;
}

unsigned long long counters_sum(const struct counters *counters,
				const char *what, const char *name,
				const char *kind)
{
	unsigned long long sum = 0;
	size_t i;

	for (i = 0; i < counters->nr; i++)
		if (!strcmp(counters->all[i].what, what) &&
		    (!name || !strcmp(counters->all[i].name, name)) &&
		    (!kind || !strcmp(counters->all[i].kind, kind)))
			sum += counters->all[i].count;
	return sum;
}

void counters_free(struct counters *counters)
{
	text_free(&counters->text);
	free(counters->all);
	counters->all = NULL;
	counters->nr = 0;
}

static void note(struct text *notes, const struct event *event)
{
	char line[1024];

	snprintf(line, sizeof(line), "#%s %s %s %s\n", event_get(event, "seq"),
		 event_get(event, "kind"), event_get(event, "path"),
		 event_get(event, "note"));
	text_append(notes, line, strlen(line));
}

/* Opened and closed, and by which program what was done meanwhile. */
static void note_window(struct text *windows, const struct event *event)
{
	char line[1024];

	if (*event_get(event, "rights"))
		snprintf(line, sizeof(line), "#%s %s %s by %s, %s\n",
			 event_get(event, "seq"), event_get(event, "rights"),
			 event_get(event, "path"), event_get(event, "program"),
			 event_get(event, "note"));
	else
		snprintf(line, sizeof(line), "#%s %s\n",
			 event_get(event, "seq"), event_get(event, "note"));
	text_append(windows, line, strlen(line));
}

static void look(struct recent *recent, const struct event *event)
{
	const char *verdict = event_verdict(event);

	if (!strcmp(verdict, "lost")) {
		recent->lost += event_count(event);
		return;
	}
	if (!strcmp(verdict, "denied") || !strcmp(verdict, "would-deny")) {
		tally_add(&recent->objects, event_get(event, "path"),
			  event_count(event));
		tally_add(&recent->programs, event_get(event, "program"),
			  event_count(event));
	} else if (!strcmp(verdict, "window")) {
		note_window(&recent->windows, event);
	} else if (strcmp(verdict, "watched") && strcmp(verdict, "allowed")) {
		note(&recent->notes, event);
	}
}

int recent_read(struct recent *recent)
{
	struct stream stream;
	struct event event;
	int ret = stream_open(&stream);

	if (ret)
		return ret;
	while (stream_next(&stream, &event))
		look(recent, &event);
	stream_close(&stream);
	tally_sort(&recent->objects);
	tally_sort(&recent->programs);
	return 0;
}

void recent_free(struct recent *recent)
{
	tally_free(&recent->objects);
	tally_free(&recent->programs);
	text_free(&recent->notes);
	text_free(&recent->windows);
}
