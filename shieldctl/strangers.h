/* SPDX-License-Identifier: GPL-2.0-only */
/* What was attached to the kernel before a seal would have denied it. */
#ifndef SHIELDCTL_STRANGERS_H
#define SHIELDCTL_STRANGERS_H

#include "text.h"

/**
 * strangers_find() - look for it
 * @found: a line each is appended
 *
 * Modules are not looked at here: the kernel knows them better. What cannot be
 * looked at is a line, too.
 */
void strangers_find(struct text *found);

#endif
