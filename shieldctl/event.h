/* SPDX-License-Identifier: GPL-2.0-only */
/* One line of the kernel's file events, as docs/events.md describes it. */
#ifndef SHIELDCTL_EVENT_H
#define SHIELDCTL_EVENT_H

#include <stdbool.h>
#include <stddef.h>

#include "../module/policy/pure.h"
#include "json.h"

#define EVENT_MAX_FIELDS 48

/**
 * struct event - words of a line
 * @keys: keys
 * @values: their values, unescaped
 * @nr: elements of both
 */
struct event {
	const char *keys[EVENT_MAX_FIELDS];
	const char *values[EVENT_MAX_FIELDS];
	size_t nr;
};

/**
 * event_parse() - take a line apart
 * @line: without its newline; written to, and pointed into by @event
 * @event: result
 *
 * Return: true if it is a line of version 1.
 */
bool event_parse(char *line, struct event *event);

/**
 * event_set() - add a field behind all others
 * @event: event
 * @key: its key; borrowed
 * @value: its value; borrowed
 */
void event_set(struct event *event, const char *key, const char *value);

/**
 * event_get() - value of a field
 * @event: event
 * @key: its key
 *
 * Return: the value, "" if the field is not there.
 */
const char *event_get(const struct event *event, const char *key);

/**
 * event_number() - value of a field that is a number
 * @event: event
 * @key: its key
 *
 * Return: the number, 0 if the field is not there.
 */
unsigned long long event_number(const struct event *event, const char *key);

/**
 * event_is() - has a field this value?
 * @event: event
 * @key: its key
 * @value: value
 *
 * Return: true if so.
 */
bool event_is(const struct event *event, const char *key, const char *value);

/**
 * event_rights() - the rights of an event
 * @event: event
 *
 * Return: mask of enum shield_right.
 */
u16 event_rights(const struct event *event);

/**
 * event_verdict() - the kind that an event is about
 * @event: event
 *
 * Return: its kind; of suppressed ones, what was suppressed.
 */
const char *event_verdict(const struct event *event);

/**
 * event_count() - how many happenings an event stands for
 * @event: event
 *
 * Return: 1, or the count of one that tells a number.
 */
unsigned long long event_count(const struct event *event);

/**
 * event_json() - write an event as an object
 * @json: document
 * @key: its key; NULL in an array or at the top
 * @event: event
 */
void event_json(struct json *json, const char *key, const struct event *event);

/**
 * event_is_code() - is it about what a strict program wanted to execute?
 * @event: event
 *
 * Return: true if so: its path is that of a library, and its rule that of the
 * program.
 */
bool event_is_code(const struct event *event);

#endif
