// SPDX-License-Identifier: GPL-2.0-only
#include "filter.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Seconds; 30 million years, and neither "inf" nor "nan". */
#define LATEST 1e15

bool filter_since(const char *argument, double *since)
{
	static const char units[] = "smhd";
	static const int seconds[] = { 1, 60, 3600, 86400 };
	const bool is_absolute = *argument == '@';
	const char *unit;
	double number;
	char *end;

	number = strtod(argument + is_absolute, &end);
	/* What is said of days is multiplied. */
	if (end == argument + is_absolute || !(number >= 0 && number <= LATEST))
		return false;
	if (is_absolute) {
		*since = number;
		return !*end;
	}
	unit = *end ? strchr(units, *end) : NULL;
	if (!unit || end[1])
		return false;
	*since = time(NULL) - number * seconds[unit - units];
	return true;
}

static bool is_at_or_below(const char *path, const char *top)
{
	size_t len = strlen(top);

	/* The root directory is all there is. */
	if (len == 1)
		return true;
	return !strncmp(path, top, len) && (!path[len] || path[len] == '/');
}

static bool is_program(const struct event *event, const char *program)
{
	return event_is(event, "program", program) ||
	       event_is(event, "comm", program);
}

bool filter_passes(const struct filter *filter, const struct event *event)
{
	if (event_is(event, "kind", "lost"))
		return true;
	if (filter->path &&
	    !is_at_or_below(event_get(event, "path"), filter->path))
		return false;
	if (filter->program && !is_program(event, filter->program))
		return false;
	if (filter->verdict && strcmp(event_verdict(event), filter->verdict))
		return false;
	if (filter->rights && !(filter->rights & event_rights(event)))
		return false;
	return strtod(event_get(event, "time"), NULL) >= filter->since;
}
