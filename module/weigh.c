// SPDX-License-Identifier: GPL-2.0-only
/*
 * One rule against one request.
 */
#include "weigh.h"

#include "decide_task.h"

/*
 * What would put a path out of reach if it happened to what lies on the way.
 */
static const u16 way_rights[] = {
	[SHIELD_ANCESTOR] = SHIELD_REMOVE | SHIELD_MOUNT,
	[SHIELD_MOUNT_POINT] = SHIELD_REMOVE,
};

static u64 groups_of(struct shield_weighing *weighing)
{
	if (!weighing->has_groups) {
		weighing->groups = shield_decide_groups(weighing->policy);
		weighing->has_groups = true;
	}
	return weighing->groups;
}

static u16 denied_by(const struct shield_rule *rule, u16 wanted, u64 groups)
{
	unsigned int i;

	if (rule->except & groups)
		return 0;
	/* Who was allowed to make the file, which others are not, may fill it. */
	if (wanted & SHIELD_FILL && rule->rights & SHIELD_CREATE)
		wanted &= ~(SHIELD_WRITE | SHIELD_APPEND);
	for (i = 0; i < rule->nr_grants; i++)
		if (rule->grants[i].groups & groups)
			wanted &= ~rule->grants[i].rights;
	return wanted & rule->rights;
}

/*
 * Something is mounted at the path of a rule, or on the way, or taken from
 * there: if nobody denies it, what paths lead to is looked at when it is done.
 * Of every rule, for those that lead the same way may share one entry.
 */
static void await_mount(struct shield_weighing *weighing)
{
	if (weighing->request->rights & SHIELD_MOUNT)
		weighing->verdict->mounting = true;
}

static u16 denied_on_way(const struct shield_rule *rule, u16 hit, u64 groups)
{
	if (rule->except & groups)
		return 0;
	return rule->mounters & groups ? hit & ~SHIELD_MOUNT : hit;
}

/* What nobody but a maintenance window allows: each such act is an event. */
static void lend(struct shield_verdict *verdict, u32 number, u16 rights)
{
	if (!rights)
		return;
	if (!verdict->lent)
		verdict->lender = number;
	verdict->lent |= rights;
}

static u64 groups_without_window(const struct shield_weighing *weighing)
{
	return weighing->groups & ~weighing->policy->windowed;
}

static bool is_in_window(const struct shield_weighing *weighing)
{
	return unlikely(weighing->groups & weighing->policy->windowed);
}

void shield_weigh_way(struct shield_weighing *weighing, u32 number,
		      enum shield_role role)
{
	const struct shield_rule *rule = &weighing->policy->rules[number];
	struct shield_verdict *verdict = weighing->verdict;
	u16 wanted = weighing->request->rights & way_rights[role];
	u16 hit = 0;

	if (rule->watch || !rule->rights)
		return;
	await_mount(weighing);
	if (wanted)
		hit = denied_on_way(rule, wanted, groups_of(weighing));
	if (wanted && is_in_window(weighing))
		lend(verdict, number,
		     denied_on_way(rule, wanted,
				   groups_without_window(weighing)) &
			     ~hit);
	if (!hit)
		return;
	if (!verdict->denied)
		verdict->rule = number;
	verdict->denied |= hit;
}

void shield_weigh(struct shield_weighing *weighing, u32 number)
{
	const struct shield_rule *rule = &weighing->policy->rules[number];
	struct shield_verdict *verdict = weighing->verdict;
	u16 hit =
		denied_by(rule, weighing->request->rights, groups_of(weighing));

	await_mount(weighing);
	if (!verdict->known) {
		verdict->known = true;
		verdict->rule = number;
	}
	if (is_in_window(weighing) && !rule->watch)
		lend(verdict, number,
		     denied_by(rule, weighing->request->rights,
			       groups_without_window(weighing)) &
			     ~hit);
	if (!hit)
		return;
	if (rule->watch) {
		if (!verdict->denied && !verdict->watched)
			verdict->rule = number;
		verdict->watched |= hit;
		return;
	}
	if (!verdict->denied)
		verdict->rule = number;
	verdict->denied |= hit;
}

void shield_weigh_begin(struct shield_verdict *verdict)
{
	verdict->denied = 0;
	verdict->watched = 0;
	verdict->lent = 0;
	verdict->lender = 0;
	verdict->known = false;
	verdict->is_lasting = false;
	verdict->unsettled = false;
	verdict->mounting = false;
	verdict->held = false;
	verdict->mapped = false;
	verdict->has_component = false;
	verdict->rule = 0;
}
