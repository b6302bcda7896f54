// SPDX-License-Identifier: GPL-2.0-only
/*
 * Addresses of the functions that shield hooks.
 */
#include "hook/site.h"

#include <linux/bitops.h>
#include <linux/delay.h>
#include <linux/kprobes.h>
#include <linux/slab.h>

#include "hook/points.h"

static unsigned long addresses[SHIELD_MAX_POINTS];

/* A breakpoint stands there while somebody changes the instruction. */
#define PATCHING_MS 500

/*
 * The address of a function that is not exported, by what a kprobe on it would
 * use. The probe is registered disabled and so patches nothing.
 */
int shield_site_init(void)
{
	struct kprobe *probes, **found;
	unsigned int i, nr = 0;

	probes = kcalloc(shield_nr_points, sizeof(*probes), GFP_KERNEL);
	found = kcalloc(shield_nr_points, sizeof(*found), GFP_KERNEL);
	if (!probes || !found) {
		kfree(probes);
		kfree(found);
		return -ENOMEM;
	}
	for (i = 0; i < shield_nr_points; i++) {
		probes[i].symbol_name = shield_points[i]->symbol;
		probes[i].flags = KPROBE_FLAG_DISABLED;
		if (register_kprobe(&probes[i]))
			continue;
		addresses[i] = shield_patched_at((unsigned long)probes[i].addr);
		found[nr++] = &probes[i];
	}
	if (nr)
		unregister_kprobes(found, nr);
	kfree(found);
	kfree(probes);
	return 0;
}

unsigned long shield_site_address(unsigned int point)
{
	return addresses[point];
}

u64 shield_site_missing(void)
{
	u64 set = 0;
	unsigned int i;

	for (i = 0; i < shield_nr_points; i++)
		if (!addresses[i])
			set |= BIT_ULL(i);
	return set;
}

bool shield_site_calls(unsigned int point)
{
	unsigned long address = addresses[point];
	unsigned int waited = 0;

	while (shield_opcode_is_breakpoint(address) && waited++ < PATCHING_MS)
		usleep_range(1000, 2000);
	return shield_opcode_is_call(address);
}
