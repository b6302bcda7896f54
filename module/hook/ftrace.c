// SPDX-License-Identifier: GPL-2.0-only
/*
 * The ftrace backend.
 *
 * Three ftrace_ops: one for the open() path, whose callback must cost next to
 * nothing; one for all other hooks that may deny; one for those that only
 * observe and therefore need no IPMODIFY, so that a livepatch of such a
 * function and shield can live together. The shared ones find their point by
 * the address of the function.
 *
 * Shared, because every unregistered ops waits for an RCU-tasks grace period,
 * and by address, because a filter by name walks all functions of the kernel.
 */
#include "hook/ftrace.h"

#include <linux/bitops.h>
#include <linux/hash.h>
#include <linux/kprobes.h>
#include <linux/slab.h>

#include "hook/points.h"

static unsigned long addresses[SHIELD_MAX_POINTS];
/* Protects: written under the load mutex, read by status without. */
static u64 armed;

/*
 * Address to point, open addressing. Written by shield_ftrace_init() before
 * anything is armed, constant from then on: callbacks read it without lock.
 */
#define DISPATCH_BITS 8
static struct {
	unsigned long ip;
	const struct shield_point *point;
} dispatch[1 << DISPATCH_BITS];

static_assert(ARRAY_SIZE(dispatch) >= 2 * SHIELD_MAX_POINTS);

long shield_deny_stub(void)
{
	return -EACCES;
}

static void entered(unsigned long ip, unsigned long parent_ip,
		    struct ftrace_ops *ops, struct ftrace_regs *fregs)
{
	unsigned int at = hash_long(ip, DISPATCH_BITS);

	while (dispatch[at].ip != ip) {
		if (!dispatch[at].ip)
			return;
		at = (at + 1) % ARRAY_SIZE(dispatch);
	}
	dispatch[at].point->entered(fregs);
}

/*
 * No RECURSION: no callback calls a function that is hooked, and ftrace's own
 * guard would cost 53 instructions a call and, when it trips, let the call
 * pass unjudged.
 */
static struct ftrace_ops open_ops = {
	.flags = FTRACE_OPS_FL_IPMODIFY | FTRACE_OPS_FL_PERMANENT |
		 SHIELD_OPS_FLAGS,
};

static struct ftrace_ops deny_ops = {
	.func = entered,
	.flags = FTRACE_OPS_FL_IPMODIFY | FTRACE_OPS_FL_PERMANENT |
		 SHIELD_OPS_FLAGS,
};

static struct ftrace_ops see_ops = {
	.func = entered,
	.flags = FTRACE_OPS_FL_PERMANENT | SHIELD_OPS_FLAGS,
};

static struct ftrace_ops *ops_of(unsigned int point)
{
	if (shield_points[point]->callback)
		return &open_ops;
	return shield_points[point]->verb == SHIELD_MAY_DENY ? &deny_ops :
							       &see_ops;
}

static u64 points_of(const struct ftrace_ops *ops)
{
	u64 set = 0;
	unsigned int i;

	for (i = 0; i < shield_nr_points; i++)
		if (ops_of(i) == ops)
			set |= BIT_ULL(i);
	return set;
}

/*
 * The address of a function that is not exported: what a kprobe on it would
 * use. The probe is registered disabled and so patches nothing.
 */
static int find_addresses(void)
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
		addresses[i] = (unsigned long)probes[i].addr;
		found[nr++] = &probes[i];
	}
	if (nr)
		unregister_kprobes(found, nr);
	kfree(found);
	kfree(probes);
	return 0;
}

static void enter_dispatch(unsigned int point)
{
	unsigned int at = hash_long(addresses[point], DISPATCH_BITS);

	while (dispatch[at].ip)
		at = (at + 1) % ARRAY_SIZE(dispatch);
	dispatch[at].point = shield_points[point];
	dispatch[at].ip = addresses[point];
}

int shield_ftrace_init(void)
{
	unsigned int i;
	int error;

	error = find_addresses();
	if (error)
		return error;
	for (i = 0; i < shield_nr_points; i++) {
		if (shield_points[i]->callback)
			open_ops.func = shield_points[i]->callback;
		if (addresses[i])
			enter_dispatch(i);
	}
	return 0;
}

u64 shield_ftrace_missing(void)
{
	u64 set = 0;
	unsigned int i;

	for (i = 0; i < shield_nr_points; i++)
		if (!addresses[i])
			set |= BIT_ULL(i);
	return set;
}

u64 shield_ftrace_armed(void)
{
	return READ_ONCE(armed);
}

bool shield_ftrace_is_call(unsigned int point)
{
	return shield_site_is_call(addresses[point]);
}

bool shield_ftrace_is_patching(unsigned int point)
{
	return shield_site_is_patching(addresses[point]);
}

bool shield_ftrace_is_dead(void)
{
	static struct ftrace_ops idle = { .func = entered };

	/* Changes nothing; refused once ftrace has switched itself off. */
	return ftrace_set_filter(&idle, NULL, 0, 1) == -ENODEV;
}

/*
 * `armed` follows each step that succeeds, not the wish: what it says is hooked
 * is hooked, and what it does not say may be hooked again.
 */
static void mark_armed(u64 set)
{
	WRITE_ONCE(armed, armed | set);
}

static void mark_disarmed(u64 set)
{
	WRITE_ONCE(armed, armed & ~set);
}

/* All of @set at once: one pass over the kernel's text instead of twenty. */
static int start(struct ftrace_ops *ops, u64 set)
{
	unsigned int i;
	int error;

	/* What stop() or a failed start left; an empty filter means "all". */
	error = ftrace_set_filter(ops, NULL, 0, 1);
	for (i = 0; i < shield_nr_points && !error; i++)
		if (set & BIT_ULL(i))
			error = ftrace_set_filter_ip(ops, addresses[i], 0, 0);
	if (!error)
		error = register_ftrace_function(ops);
	if (!error)
		mark_armed(set);
	return error;
}

static int stop(struct ftrace_ops *ops)
{
	int error = unregister_ftrace_function(ops);

	if (error)
		return error;
	mark_disarmed(points_of(ops));
	/*
	 * The filter's memory would outlive the module. If there is none to
	 * replace it by an empty one, start() tries again.
	 */
	ftrace_set_filter(ops, NULL, 0, 1);
	return 0;
}

/* Change one point of an ops that is registered and stays so. */
static int change(struct ftrace_ops *ops, unsigned int point, bool remove)
{
	int error = ftrace_set_filter_ip(ops, addresses[point], remove, 0);

	if (!error && remove)
		mark_disarmed(BIT_ULL(point));
	else if (!error)
		mark_armed(BIT_ULL(point));
	return error;
}

/* -EBUSY names no function, so each is tried by itself. */
static int find_culprit(struct ftrace_ops *ops, u64 set, unsigned int *culprit)
{
	unsigned int i;
	int error = 0;

	for (i = 0; i < shield_nr_points && !error; i++) {
		if (!(set & BIT_ULL(i)))
			continue;
		*culprit = i;
		error = start(ops, BIT_ULL(i));
		if (!error)
			error = stop(ops);
	}
	return error ? error : start(ops, set);
}

static int add(struct ftrace_ops *ops, u64 set, unsigned int *culprit)
{
	unsigned int i;
	int error = 0;

	if (!set)
		return 0;
	if (!(points_of(ops) & armed)) {
		error = start(ops, set);
		return error ? find_culprit(ops, set, culprit) : 0;
	}
	for (i = 0; i < shield_nr_points && !error; i++) {
		if (!(set & BIT_ULL(i)))
			continue;
		*culprit = i;
		error = change(ops, i, false);
	}
	return error;
}

static int release(struct ftrace_ops *ops, u64 set)
{
	unsigned int i;
	int error, first = 0;

	if (!(points_of(ops) & armed & ~set))
		return stop(ops);
	for (i = 0; i < shield_nr_points; i++) {
		if (!(set & BIT_ULL(i)))
			continue;
		error = change(ops, i, true);
		if (error && !first)
			first = error;
	}
	return first;
}

static struct ftrace_ops *const all_ops[] = { &see_ops, &deny_ops, &open_ops };

int shield_ftrace_arm(u64 set, unsigned int *culprit)
{
	u64 before = armed;
	unsigned int i;
	int error;

	for (i = 0; i < ARRAY_SIZE(all_ops); i++) {
		error = add(all_ops[i], set & points_of(all_ops[i]), culprit);
		if (error) {
			shield_ftrace_disarm(armed & ~before);
			return error;
		}
	}
	return 0;
}

int shield_ftrace_disarm(u64 set)
{
	unsigned int i = ARRAY_SIZE(all_ops);
	int error, first = 0;

	while (i--) {
		u64 of = set & armed & points_of(all_ops[i]);

		error = of ? release(all_ops[i], of) : 0;
		if (error && !first)
			first = error;
	}
	return first;
}
