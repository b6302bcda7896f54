// SPDX-License-Identifier: GPL-2.0-only
#include "event.h"

#include <stdlib.h>
#include <string.h>

#include "../module/policy/rights.h"

static bool is_octal(const char *at)
{
	int i;

	for (i = 0; i < 3; i++)
		if (at[i] < '0' || at[i] > '7')
			return false;
	return true;
}

static void unescape(char *value)
{
	char *to = value;

	while (*value) {
		if (*value == '\\' && is_octal(value + 1)) {
			*to++ = (value[1] - '0') << 6 | (value[2] - '0') << 3 |
				(value[3] - '0');
			value += 4;
		} else {
			*to++ = *value++;
		}
	}
	*to = '\0';
}

bool event_parse(char *line, struct event *event)
{
	char *word, *value, *rest = NULL;

	event->nr = 0;
	for (word = strtok_r(line, " ", &rest);
	     word && event->nr < EVENT_MAX_FIELDS;
	     word = strtok_r(NULL, " ", &rest)) {
		value = strchr(word, '=');
		if (!value)
			return false;
		*value++ = '\0';
		unescape(value);
		event->keys[event->nr] = word;
		event->values[event->nr++] = value;
	}
	return event->nr && event_is(event, "v", "1");
}

void event_set(struct event *event, const char *key, const char *value)
{
	if (event->nr == EVENT_MAX_FIELDS)
		return;
	event->keys[event->nr] = key;
	event->values[event->nr++] = value;
}

const char *event_get(const struct event *event, const char *key)
{
	size_t i;

	for (i = 0; i < event->nr; i++)
		if (!strcmp(event->keys[i], key))
			return event->values[i];
	return "";
}

unsigned long long event_number(const struct event *event, const char *key)
{
	return strtoull(event_get(event, key), NULL, 10);
}

bool event_is(const struct event *event, const char *key, const char *value)
{
	return !strcmp(event_get(event, key), value);
}

u16 event_rights(const struct event *event)
{
	const char *at = event_get(event, "rights");
	u16 rights = 0;
	size_t len;

	for (; *at; at += len + (at[len] == ',')) {
		len = strcspn(at, ",");
		rights |= shield_rights_from_name(at, len);
	}
	return rights;
}

const char *event_verdict(const struct event *event)
{
	return event_is(event, "kind", "suppressed") ? event_get(event, "of") :
						       event_get(event, "kind");
}

unsigned long long event_count(const struct event *event)
{
	return *event_get(event, "count") ? event_number(event, "count") : 1;
}

static bool is_number(const char *key)
{
	static const char *const numbers[] = {
		"v",   "seq",  "count", "errno", "ino",	     "gen",   "line",
		"pid", "tgid", "ppid",	"uid",	 "loginuid", "cgroup"
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(numbers); i++)
		if (!strcmp(key, numbers[i]))
			return true;
	return false;
}

static void write_rights(struct json *json, u16 rights)
{
	size_t i;

	json_open(json, "rights", '[');
	for (i = 0; i < SHIELD_NR_RIGHTS; i++)
		if (rights & BIT(i))
			json_string(json, NULL, shield_right_names[i].name);
	json_close(json, ']');
}

void event_json(struct json *json, const char *key, const struct event *event)
{
	size_t i;

	json_open(json, key, '{');
	for (i = 0; i < event->nr; i++)
		if (!strcmp(event->keys[i], "rights"))
			write_rights(json, event_rights(event));
		else if (is_number(event->keys[i]))
			json_number(json, event->keys[i],
				    strtoull(event->values[i], NULL, 10));
		else
			json_string(json, event->keys[i], event->values[i]);
	json_close(json, '}');
}

bool event_is_code(const struct event *event)
{
	const char *hook = event_get(event, "hook");

	return !strcmp(event_get(event, "rights"), "exec") &&
	       (!strcmp(hook, "security_mmap_file") ||
		!strcmp(hook, "security_file_mprotect"));
}
