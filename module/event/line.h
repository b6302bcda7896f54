/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * An event as a line of text, in the format that docs/events.md describes.
 */
#ifndef SHIELD_EVENT_LINE_H
#define SHIELD_EVENT_LINE_H

#include "event/place.h"
#include "event/record.h"

/* Room for every field at its longest with each byte escaped, and the NUL. */
#define SHIELD_LINE_SIZE 4096

/**
 * struct shield_event - a record whose paths are complete
 * @record: record
 * @path: the object, or the rule's path if that is all that is known
 * @program: the program, or ""
 */
struct shield_event {
	struct shield_record record;
	char path[SHIELD_PLACE_PATH];
	char program[SHIELD_PLACE_PATH];
};

/**
 * shield_line_kind() - how lines call a kind of event
 * @kind: which
 *
 * Return: one word, for example "would-deny".
 */
const char *shield_line_kind(enum shield_kind kind);

/**
 * shield_line_format() - write an event
 * @event: event
 * @line: result, of SHIELD_LINE_SIZE bytes, ends with a newline
 *
 * Return: its bytes.
 */
size_t shield_line_format(const struct shield_event *event, char *line);

#endif
