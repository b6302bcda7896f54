// SPDX-License-Identifier: GPL-2.0-only
/*
 * Requests that do not say which file they mean.
 */
#include "decide.h"
#include "object/object.h"
#include "weigh.h"

/* Some mount goes: every rule whose path leads over one must allow it. */
static void weigh_crossings(struct shield_weighing *weighing)
{
	u32 i;

	for (i = 0; i < weighing->policy->nr_rules; i++)
		if (weighing->policy->rules[i].crosses)
			shield_weigh_way(weighing, i, SHIELD_ANCESTOR);
}

/* Some file of a file system: every rule about one there must allow it. */
static void weigh_super(struct shield_weighing *weighing, int slot)
{
	u32 i;

	for (i = 0; slot >= 0 && i < weighing->policy->nr_rules; i++)
		if (READ_ONCE(weighing->policy->rules[i].slots) & BIT(slot))
			shield_weigh(weighing, i);
}

/* The same of the rules alone that let somebody append and not write. */
static void weigh_appended(struct shield_weighing *weighing, int slot)
{
	const struct shield_rule *rule = weighing->policy->rules;
	u32 i;

	for (i = 0; slot >= 0 && i < weighing->policy->nr_rules; i++, rule++)
		if (rule->append_only && READ_ONCE(rule->slots) & BIT(slot))
			shield_weigh(weighing, i);
}

/*
 * What comes there is seen by no hook: the paths are followed once it has had
 * time to be done.
 */
static void weigh_entry(struct shield_weighing *weighing,
			const struct shield_name *name)
{
	const struct shield_rule *rule = &weighing->policy->rules[name->rule];

	if (name->awaited)
		shield_weigh_way(weighing, name->rule, SHIELD_ANCESTOR);
	else
		shield_weigh(weighing, name->rule);
	if (!rule->watch)
		weighing->verdict->mounting = true;
}

/* Some entry of a directory: every rule about one of its names must allow it. */
static void weigh_entries(struct shield_weighing *weighing, int slot)
{
	const struct shield_index *index = &weighing->policy->index;
	struct shield_key dir =
		shield_object_key(weighing->request->inode, slot);
	const struct shield_name *name = NULL;

	if (slot < 0 || !shield_index_may_name(index, dir.ino))
		return;
	while ((name = shield_name_in(index, &dir, name)))
		weigh_entry(weighing, name);
}

void shield_decide_wide(struct shield_policy *policy,
			const struct shield_request *request,
			enum shield_width width, struct shield_verdict *verdict)
{
	struct shield_weighing weighing = {
		.policy = policy,
		.request = request,
		.verdict = verdict,
	};
	int slot = shield_superblock_slot(request->inode->i_sb);

	shield_weigh_begin(verdict);
	switch (width) {
	case SHIELD_SOME_MOUNT:
		weigh_crossings(&weighing);
		break;
	case SHIELD_SOME_ENTRY:
		weigh_entries(&weighing, slot);
		break;
	case SHIELD_SOME_FILE:
		weigh_super(&weighing, slot);
		break;
	case SHIELD_SOME_APPENDED:
		weigh_appended(&weighing, slot);
		break;
	case SHIELD_EVERY_FILE:
		weigh_super(&weighing, slot);
		verdict->watched |= verdict->denied;
		verdict->denied = 0;
		break;
	}
}
