/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where file systems are mounted, as the initial namespace sees it.
 *
 * Noted when a policy is loaded, whose paths lead there. The path of an event
 * is completed with it.
 */
#ifndef SHIELD_EVENT_PLACE_H
#define SHIELD_EVENT_PLACE_H

#include "event/record.h"

struct path;

/* Room for a completed path: a place and a path in it. */
#define SHIELD_PLACE_PATH (128 + SHIELD_RECORD_PATH)

/**
 * shield_place_note() - a policy leads here
 * @at: a path as the initial mount namespace sees it
 *
 * Context: process, with init's root; sleeps.
 */
void shield_place_note(const struct path *at);

/**
 * shield_place_complete() - path in a file system to path of the machine
 * @trail: how @text is to be read
 * @text: path from the root of the file system
 * @path: result, of SHIELD_PLACE_PATH bytes: "" if there is none;
 *        "[MAJOR:MINOR]/path" for a file system of unknown place; "..." in front
 *        of what is cut
 *
 * Context: process; sleeps.
 */
void shield_place_complete(const struct shield_trail *trail, const char *text,
			   char *path);

#endif
