/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Events in the kernel log.
 */
#ifndef SHIELD_EVENT_LOG_H
#define SHIELD_EVENT_LOG_H

#include "event/line.h"

/**
 * shield_log_print() - one line for one event
 * @event: event
 *
 * Context: the deliver worker.
 */
void shield_log_print(const struct shield_event *event);

#endif
