/* SPDX-License-Identifier: GPL-2.0-only */
/* What an event means that no rule about a file explains, and what to do. */
#ifndef SHIELDCTL_REMEDY_H
#define SHIELDCTL_REMEDY_H

#include "event.h"

/**
 * remedy_tell() - say what would allow it, or what is to be done
 * @event: event; nothing is said of one that the rules about its file explain,
 *         but if they have changed since
 */
void remedy_tell(const struct event *event);

#endif
