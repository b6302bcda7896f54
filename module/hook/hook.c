// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which hooks a policy needs, and arming them whole.
 */
#include "hook/hook.h"

#include <linux/bitops.h>
#include <linux/kernel.h>

#include "hook/backend.h"
#include "hook/points.h"
#include "hook/site.h"
#include "params.h"

static const struct shield_backend *backend = &shield_backend_ftrace;

long shield_deny_stub(void)
{
	return -EACCES;
}

int shield_hook_init(void)
{
	int error = shield_site_init();

	if (error)
		return error;
	if (shield_params_kprobe())
		backend = &shield_backend_kprobe;
	if (backend->init)
		backend->init();
	return 0;
}

u64 shield_hook_witnesses(void)
{
	u64 set = 0;
	unsigned int i;

	for (i = 0; i < shield_nr_points; i++)
		if (shield_points[i]->structural &&
		    shield_points[i]->verb == SHIELD_ONLY_SEES)
			set |= BIT_ULL(i);
	return set;
}

u64 shield_hook_needed(u16 rights)
{
	u64 set = 0;
	unsigned int i;

	if (!rights)
		return 0;
	for (i = 0; i < shield_nr_points; i++)
		if (shield_points[i]->structural ||
		    shield_points[i]->rights & rights)
			set |= BIT_ULL(i);
	return set;
}

static const char *explain(int error)
{
	switch (error) {
	case -EBUSY:
		return "a livepatch holds it, or kernel.ftrace_enabled is 0";
	case -EEXIST:
		return "another kprobe was first: remove that one, see /sys/kernel/debug/kprobes/list";
	case -ENODEV:
		return "ftrace is switched off for good; see the kernel log, then reboot";
	case -ENOMEM:
		return "out of memory";
	case -EOPNOTSUPP:
		return "a kprobe is no call of ftrace on this kernel";
	case -ENXIO:
		return "kprobes are switched off; write 1 to /sys/kernel/debug/kprobes/enabled";
	default:
		return "the kernel refused it";
	}
}

int shield_hook_arm(u64 set, char *why, size_t size)
{
	u64 missing = set & shield_site_missing();
	unsigned int culprit = 0;
	int error;

	if (missing) {
		scnprintf(
			why, size,
			"the policy needs a hook on %s, which this kernel does not have",
			shield_points[__ffs64(missing)]->symbol);
		return -EOPNOTSUPP;
	}
	error = backend->arm(set & ~backend->armed(), &culprit);
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
	return backend->disarm(backend->armed() & ~keep);
}

u64 shield_hook_armed(void)
{
	return backend->armed();
}

bool shield_hook_stands(unsigned int point)
{
	return backend->stands(point);
}

const char *shield_hook_backend(void)
{
	return backend->name;
}
