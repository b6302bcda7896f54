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

#include "hook/backend.h"
#include "hook/points.h"
#include "hook/site.h"

/* Protects: written under the load mutex, read by status without. */
static u64 armed;

/*
 * Address to point, open addressing. Written by init() before
 * anything is armed, constant from then on: callbacks read it without lock.
 */
#define DISPATCH_BITS 8
static struct {
	unsigned long ip;
	const struct shield_point *point;
} dispatch[1 << DISPATCH_BITS];

static_assert(ARRAY_SIZE(dispatch) >= 2 * SHIELD_MAX_POINTS);

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

static void enter_dispatch(unsigned int point)
{
	unsigned long address = shield_site_address(point);
	unsigned int at = hash_long(address, DISPATCH_BITS);

	while (dispatch[at].ip)
		at = (at + 1) % ARRAY_SIZE(dispatch);
	dispatch[at].point = shield_points[point];
	dispatch[at].ip = address;
}

static void init(void)
{
	unsigned int i;

	for (i = 0; i < shield_nr_points; i++) {
		if (shield_points[i]->callback)
			open_ops.func = shield_points[i]->callback;
		if (shield_site_address(i))
			enter_dispatch(i);
	}
}

static u64 armed_now(void)
{
	return READ_ONCE(armed);
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
			error = ftrace_set_filter_ip(
				ops, shield_site_address(i), 0, 0);
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
	int error = ftrace_set_filter_ip(ops, shield_site_address(point),
					 remove, 0);

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

static int disarm(u64 set)
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

static int arm(u64 set, unsigned int *culprit)
{
	u64 before = armed;
	unsigned int i;
	int error;

	for (i = 0; i < ARRAY_SIZE(all_ops); i++) {
		error = add(all_ops[i], set & points_of(all_ops[i]), culprit);
		if (error) {
			disarm(armed & ~before);
			return error;
		}
	}
	return 0;
}

const struct shield_backend shield_backend_ftrace = {
	.name = "ftrace",
	.init = init,
	.arm = arm,
	.disarm = disarm,
	.armed = armed_now,
	.stands = shield_site_calls,
};
