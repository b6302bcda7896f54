/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Notices that a load leaves for its writer to read.
 */
#ifndef SHIELD_POLICY_NOTES_H
#define SHIELD_POLICY_NOTES_H

#include <linux/types.h>

#define SHIELD_NOTES_SIZE 8192

/**
 * struct shield_notes - text that ends where the room does
 * @len: bytes of @text in use
 * @dropped: notices that found no room
 * @text: NUL-terminated
 */
struct shield_notes {
	size_t len;
	unsigned int dropped;
	char text[SHIELD_NOTES_SIZE];
};

/**
 * shield_notes_add() - add one notice
 * @notes: notes, or NULL to say nothing
 * @line: line of the policy
 * @column: column
 * @what: printf format of the notice, without newline
 */
__printf(4, 5) void shield_notes_add(struct shield_notes *notes, u32 line,
				     u32 column, const char *what, ...);

#endif
