// SPDX-License-Identifier: GPL-2.0-only
/*
 * Is the machine sealed?
 */
#include "sealed.h"

#include <linux/cache.h>
#include <linux/compiler.h>

static bool sealed __read_mostly;

bool shield_sealed(void)
{
	return READ_ONCE(sealed);
}

void shield_sealed_set(void)
{
	WRITE_ONCE(sealed, true);
}
