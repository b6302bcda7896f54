// SPDX-License-Identifier: GPL-2.0-only
/*
 * The kprobe backend, for whoever asks for it. docs/hooks.md names what it is
 * weaker at.
 *
 * At a function's entry the kernel puts a kprobe on ftrace. A probe that may
 * deny has a post_handler, though there is nothing to do after: one without
 * would share its function with a livepatch, and one of the two would lose
 * without a word.
 */
#include <linux/bitops.h>
#include <linux/errno.h>
#include <linux/kconfig.h>
#include <linux/kprobes.h>
#include <linux/list.h>
#include <linux/rcupdate.h>
#include <linux/string.h>

#include "compat/ftrace.h"
#include "hook/backend.h"
#include "hook/ftrace.h"
#include "hook/points.h"
#include "hook/site.h"

static struct kprobe probes[SHIELD_MAX_POINTS];
/* Those that are given back together; under the load mutex. */
static struct kprobe *leaving[SHIELD_MAX_POINTS];
/* Protects: written under the load mutex, read by status without. */
static u64 armed;

static int entered(struct kprobe *probe, struct pt_regs *regs)
{
	const struct shield_point *point = shield_points[probe - probes];
	unsigned long before = instruction_pointer(regs);

	if (point->callback)
		point->callback(before, 0, NULL, shield_registers(regs));
	else
		point->entered(shield_registers(regs));
	/* Else the kernel would go on where we have just led it away from. */
	return instruction_pointer(regs) != before;
}

static void passed(struct kprobe *probe, struct pt_regs *regs,
		   unsigned long flags)
{
}

static u64 armed_now(void)
{
	return READ_ONCE(armed);
}

/* To enable what is enabled changes nothing, and fails for what is not there. */
static bool is_known(struct kprobe *probe)
{
	return !enable_kprobe(probe);
}

/* The kernel keeps a probe that the switch of all probes has disarmed. */
static bool stands(unsigned int point)
{
	return is_known(&probes[point]) && shield_site_calls(point);
}

/*
 * The points of @set at which somebody has a kprobe already. A post_handler that
 * joins one makes the kernel take all of that function for probes with one: it
 * does not find them where it looks when they go, warns, and leaves them behind.
 * A disabled probe without one changes nothing, and sees whether it is alone.
 */
static u64 taken(u64 set)
{
	unsigned int i;
	u64 others = 0;
	int nr = 0;

	for (i = 0; i < shield_nr_points; i++) {
		if (!(set & BIT_ULL(i)) ||
		    shield_points[i]->verb != SHIELD_MAY_DENY)
			continue;
		probes[i] = (struct kprobe){
			.symbol_name = shield_points[i]->symbol,
			.flags = KPROBE_FLAG_DISABLED,
		};
		if (register_kprobe(&probes[i]))
			continue;
		if (!list_empty(&probes[i].list))
			others |= BIT_ULL(i);
		leaving[nr++] = &probes[i];
	}
	if (nr)
		unregister_kprobes(leaving, nr);
	return others;
}

static int start(unsigned int point)
{
	struct kprobe *probe = &probes[point];
	int error;

	/* Elsewhere a probe is no call, and its registers are not ftrace's. */
	if (!IS_ENABLED(CONFIG_KPROBES_ON_FTRACE))
		return -EOPNOTSUPP;
	*probe = (struct kprobe){
		.symbol_name = shield_points[point]->symbol,
		.pre_handler = entered,
	};
	if (shield_points[point]->verb == SHIELD_MAY_DENY)
		probe->post_handler = passed;
	error = register_kprobe(probe);
	if (error)
		return error;
	/* 7.3 forgets a probe that it could not arm, and says yes. */
	if (!is_known(probe))
		return -EBUSY;
	WRITE_ONCE(armed, armed | BIT_ULL(point));
	if (!(probe->flags & KPROBE_FLAG_FTRACE))
		return -EOPNOTSUPP;
	/* It says yes also where all probes are switched off. */
	return stands(point) ? 0 : -ENXIO;
}

/*
 * A task may have been preempted in the stub that a probe led it to: it is
 * waited for, too, or the stub would be unloaded below it.
 */
static int disarm(u64 set)
{
	unsigned int i;
	int nr = 0;

	for (i = 0; i < shield_nr_points; i++)
		if (set & BIT_ULL(i))
			leaving[nr++] = &probes[i];
	if (!nr)
		return 0;
	/* The kernel would give up in the middle and tell nobody. */
	if (shield_ftrace_is_dead())
		return -ENODEV;
	unregister_kprobes(leaving, nr);
	synchronize_rcu_tasks();
	WRITE_ONCE(armed, armed & ~set);
	return 0;
}

static int arm(u64 set, unsigned int *culprit)
{
	u64 before = armed, others = taken(set);
	unsigned int i;
	int error = 0;

	if (others) {
		*culprit = __ffs64(others);
		return -EEXIST;
	}
	for (i = 0; i < shield_nr_points && !error; i++) {
		if (!(set & BIT_ULL(i)))
			continue;
		*culprit = i;
		error = start(i);
	}
	if (error)
		disarm(armed & ~before);
	return error;
}

const struct shield_backend shield_backend_kprobe = {
	.name = "kprobe",
	.arm = arm,
	.disarm = disarm,
	.armed = armed_now,
	.stands = stands,
};
