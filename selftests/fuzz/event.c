// SPDX-License-Identifier: GPL-2.0-only
/*
 * Lines of events as shieldctl reads them: whatever the bytes, what was read can
 * be written and read again, be filtered, and be told as JSON.
 *
 * The first lines are what a filter is made of, the next one is the event.
 */
#include "../../shieldctl/event.h"

#include <math.h>

#include "../../module/policy/rights.h"
#include "../../shieldctl/filter.h"
#include "fuzz.h"
#include "json_check.h"

static void check_json(const struct event *event)
{
	struct json json = { .is_line = true };
	char *text;
	size_t len;

	json.out = open_memstream(&text, &len);
	event_json(&json, NULL, event);
	fclose(json.out);
	insist(json_is_valid(text, len));
	free(text);
}

/* As docs/events.md says that values are escaped. */
static char *write_event(const struct event *event)
{
	const char *at;
	char *text;
	size_t len, i;
	FILE *out = open_memstream(&text, &len);

	for (i = 0; i < event->nr; i++) {
		fprintf(out, "%s%s=", i ? " " : "", event->keys[i]);
		for (at = event->values[i]; *at; at++)
			if ((unsigned char)*at <= ' ' ||
			    strchr("\"\\\x7f", *at))
				fprintf(out, "\\%03o", (unsigned char)*at);
			else
				putc(*at, out);
	}
	fclose(out);
	return text;
}

static void check_again(const struct event *event)
{
	char *text = write_event(event);
	struct event again;
	size_t i;

	insist(event_parse(text, &again) && again.nr == event->nr);
	for (i = 0; i < event->nr; i++)
		insist(!strcmp(event->keys[i], again.keys[i]) &&
		       !strcmp(event->values[i], again.values[i]));
	free(text);
}

static void check_event(struct event *event, const char *line, size_t size)
{
	size_t i;

	insist(event->nr && event->nr <= EVENT_MAX_FIELDS);
	for (i = 0; i < event->nr; i++) {
		insist(event->keys[i] >= line &&
		       event->keys[i] < event->values[i]);
		insist(event->values[i] + strlen(event->values[i]) <
		       line + size);
	}
	insist(!(event_rights(event) & ~SHIELD_ALL));
	insist(event_count(event) == event_number(event, "count") ||
	       event_count(event) == 1);
	check_again(event);
	check_json(event);
	/* As shield-record adds to what it read. */
	event_set(event, "boot", "1");
	insist(event->nr <= EVENT_MAX_FIELDS);
	check_json(event);
}

static void check_filter(const struct filter *filter, const struct event *event)
{
	const bool passes = filter_passes(filter, event);
	const struct filter any = { 0 };
	struct event lost = { .nr = 0 };

	event_set(&lost, "kind", "lost");
	insist(filter_passes(filter, &lost));
	if (!passes || event_is(event, "kind", "lost"))
		return;
	insist(!filter->verdict ||
	       !strcmp(filter->verdict, event_verdict(event)));
	insist(!filter->rights || (filter->rights & event_rights(event)));
	if (strtod(event_get(event, "time"), NULL) >= 0)
		insist(filter_passes(&any, event));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input input = { data, size };
	char *words[4], *line;
	struct filter filter;
	struct event event;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(words); i++)
		words[i] = take_line(&input);
	line = take_line(&input);
	size = strlen(line) + 1;
	filter = (struct filter){
		.path = *words[0] == '/' ? words[0] : NULL,
		.program = *words[1] ? words[1] : NULL,
		.verdict = *words[2] ? words[2] : NULL,
		.rights = shield_rights_from_name(words[2], strlen(words[2])),
	};
	if (filter_since(words[3], &filter.since))
		insist(isfinite(filter.since));
	else
		filter.since = 0;
	if (event_parse(line, &event)) {
		check_filter(&filter, &event);
		check_event(&event, line, size);
	}
	for (i = 0; i < ARRAY_SIZE(words); i++)
		free(words[i]);
	free(line);
	return 0;
}
