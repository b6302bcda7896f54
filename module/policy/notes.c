// SPDX-License-Identifier: GPL-2.0-only
/*
 * Notices that a load leaves for its writer to read.
 */
#include "policy/notes.h"

#include <linux/kernel.h>

void shield_notes_add(struct shield_notes *notes, u32 line, u32 column,
		      const char *what, ...)
{
	struct va_format format = { .fmt = what };
	va_list arguments;
	size_t room;
	int len;

	if (!notes)
		return;
	room = sizeof(notes->text) - notes->len;
	va_start(arguments, what);
	format.va = &arguments;
	len = snprintf(notes->text + notes->len, room, "%u:%u: notice: %pV\n",
		       line, column, &format);
	va_end(arguments);
	if (len >= room) {
		notes->text[notes->len] = '\0';
		notes->dropped++;
		return;
	}
	notes->len += len;
}
