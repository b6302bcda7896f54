// SPDX-License-Identifier: GPL-2.0-only
/*
 * The table of all hook points.
 */
#include "hook/points.h"

#include <linux/kernel.h>

#define SHIELD_ROW(fn) &shield_point_##fn,

const struct shield_point *const shield_points[] = { SHIELD_POINTS(
	SHIELD_ROW) };
const unsigned int shield_nr_points = ARRAY_SIZE(shield_points);

static_assert(ARRAY_SIZE(shield_points) <= SHIELD_MAX_POINTS);
