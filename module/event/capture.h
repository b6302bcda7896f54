/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A happening becomes a record: what must be asked while it happens.
 */
#ifndef SHIELD_EVENT_CAPTURE_H
#define SHIELD_EVENT_CAPTURE_H

#include "event/record.h"

/**
 * shield_capture() - copy what there is to know
 * @happening: borrowed
 * @record: filled in, but for its number and its window
 *
 * Context: any but NMI; preemption off; does not sleep or allocate.
 */
void shield_capture(const struct shield_happening *happening,
		    struct shield_record *record);

#endif
