// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which hooks a policy needs, and arming them whole.
 */
#include "hook/hook.h"

#include <linux/bitops.h>
#include <linux/kernel.h>

#include "hook/ftrace.h"
#include "hook/points.h"

int shield_hook_init(void)
{
	return shield_ftrace_init();
}

u64 shield_hook_needed(u16 rights)
{
	u64 set = 0;
	unsigned int i;

	if (!rights)
		return 0;
	for (i = 0; i < shield_nr_points; i++)
		if ((shield_points[i]->structural && rights & SHIELD_ALL) ||
		    (shield_points[i]->rights & rights))
			set |= BIT_ULL(i);
	return set;
}

static const char *explain(int error)
{
	switch (error) {
	case -EBUSY:
		return "a livepatch holds it, or kernel.ftrace_enabled is 0";
	case -ENODEV:
		return "ftrace is switched off for good; see the kernel log, then reboot";
	case -ENOMEM:
		return "out of memory";
	default:
		return "ftrace refused it";
	}
}

int shield_hook_arm(u64 set, char *why, size_t size)
{
	u64 missing = set & shield_ftrace_missing();
	unsigned int culprit = 0;
	int error;

	if (missing) {
		scnprintf(
			why, size,
			"the policy needs a hook on %s, which this kernel does not have",
			shield_points[__ffs64(missing)]->symbol);
		return -EOPNOTSUPP;
	}
	error = shield_ftrace_arm(set & ~shield_ftrace_armed(), &culprit);
	if (error) {
		scnprintf(
			why, size,
			"the policy needs a hook on %s, which cannot be armed (%d): %s",
			shield_points[culprit]->symbol, error, explain(error));
		return error == -ENOMEM ? error : -EOPNOTSUPP;
	}
	return 0;
}

int shield_hook_disarm_others(u64 keep)
{
	return shield_ftrace_disarm(shield_ftrace_armed() & ~keep);
}

u64 shield_hook_armed(void)
{
	return shield_ftrace_armed();
}
