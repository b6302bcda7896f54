// SPDX-License-Identifier: GPL-2.0-only
/*
 * The guard on earlier ways in: up while anything is held, with a worker that
 * looks until the last holder has gone.
 */
#include "hook/guard.h"

#include <linux/jiffies.h>
#include <linux/workqueue.h>

#include "hook/hook.h"
#include "hook/look.h"
#include "hook/point.h"
#include "object/holder.h"
#include "params.h"
#include "policy/holders.h"
#include "sealed.h"

/* How often the worker looks whether a count of writers has changed. */
#define LOOK_MS 1000

/*
 * And how many times before it looks at every task all the same: one writer
 * may have come for one that went.
 */
#define PATIENCE 16

static void look_now(struct work_struct *work);
static void look_again(struct work_struct *work);
static DECLARE_WORK(worker, look_now);
static DECLARE_DELAYED_WORK(again, look_again);

/* Protects: written under shield_policy_mutex, read by status without. */
static bool is_up;

/*
 * The first look under the policy in force, which finds who is not known yet,
 * has failed where there was no other policy to go back to.
 */
static bool is_owed;

/* Protects: all four shield_policy_mutex, but that hooks set `is_news`. */
static bool is_news;
static int seen_writers;
static unsigned int patience;

u64 shield_guard_hooks(const struct shield_policy *policy)
{
	u16 rights = policy ? policy->rights | policy->needs : 0;

	if (policy && READ_ONCE(is_up))
		rights |= SHIELD_WHEN_HELD;
	if (shield_sealed())
		rights |= SHIELD_WHEN_SEALED;
	return shield_hook_needed(rights);
}

void shield_guard_begin(void)
{
	shield_holder_age();
}

static int put_up(struct shield_policy *policy, char *why, size_t size)
{
	u64 set = shield_hook_needed(policy->rights | policy->needs |
				     SHIELD_WHEN_HELD);
	int error = shield_hook_arm(set, why, size);

	/* In this order, or status says that a hook is missing. */
	if (!error)
		WRITE_ONCE(is_up, true);
	return error;
}

static void take_down(const struct shield_policy *policy)
{
	static const struct shield_holders nobody;

	WRITE_ONCE(is_up, false);
	if (policy)
		shield_hook_disarm_others(shield_guard_hooks(policy));
	shield_holders_set(&nobody);
}

static int obey(struct shield_look *look, char *why, size_t size)
{
	seen_writers = shield_holder_writers();
	patience = PATIENCE;
	if (!shield_holder_any()) {
		if (is_up)
			take_down(look->policy);
		return 0;
	}
	schedule_delayed_work(&again, msecs_to_jiffies(LOOK_MS));
	return put_up(look->policy, why, size);
}

static int refuse(const struct shield_holder *holder,
		  struct shield_error *error)
{
	char who[96];

	shield_holder_format(holder, who, sizeof(who));
	error->pos = (struct shield_pos){ holder->line, holder->column };
	scnprintf(
		error->message, sizeof(error->message),
		"%s: it could go on writing %.80s; stop it, or load with --evict",
		who, holder->path);
	return -EBUSY;
}

static void add_notes(const struct shield_holders *holders,
		      struct shield_notes *notes)
{
	unsigned int i;
	char who[96];

	for (i = 0; i < holders->nr && i < SHIELD_MAX_HOLDERS; i++) {
		const struct shield_holder *holder = &holders->all[i];

		shield_holder_format(holder, who, sizeof(who));
		shield_notes_add(
			notes, holder->line, holder->column,
			"%*pE is open for writing since before; what comes from there is denied: %s",
			(int)strlen(holder->path), holder->path, who);
	}
}

static int settle(struct shield_look *look, struct shield_notes *notes,
		  struct shield_error *error, bool lenient)
{
	struct shield_holder holder;

	if (shield_look_mapping(look, &holder) && !lenient &&
	    shield_params_enforce())
		return refuse(&holder, error);
	add_notes(&look->holders, notes);
	error->pos = (struct shield_pos){};
	return obey(look, error->message, sizeof(error->message));
}

static int look(struct shield_policy *policy, struct shield_notes *notes,
		struct shield_error *error, bool lenient, bool is_first)
{
	struct shield_look *look = shield_look_at_all(policy, is_first);
	int result;

	if (!look)
		return -ENOMEM;
	result = settle(look, notes, error, lenient);
	shield_look_end(look);
	return result;
}

int shield_guard_look(struct shield_notes *notes, struct shield_error *error,
		      bool lenient)
{
	struct shield_policy *policy = shield_policy_locked();

	is_owed = false;
	if (policy)
		return look(policy, notes, error, lenient, true);
	take_down(NULL);
	return 0;
}

void shield_guard_look_surely(void)
{
	struct shield_error unused;

	is_owed = shield_guard_look(NULL, &unused, true);
	if (is_owed)
		schedule_work(&worker);
}

static bool has_changed(void)
{
	bool changed = READ_ONCE(is_news) || !--patience;

	/* Before the look, so that what comes during it is news again. */
	WRITE_ONCE(is_news, false);
	return shield_holder_writers() != seen_writers || changed;
}

static void look_on(struct shield_policy *policy)
{
	struct shield_error error;

	if (has_changed() || is_owed) {
		if (!look(policy, NULL, &error, true, is_owed)) {
			is_owed = false;
			return;
		}
		/* Without memory, say: what was to be looked for is there still. */
		WRITE_ONCE(is_news, true);
	}
	schedule_delayed_work(&again, msecs_to_jiffies(LOOK_MS));
}

static void look_now(struct work_struct *work)
{
	struct shield_policy *policy;

	mutex_lock(&shield_policy_mutex);
	policy = shield_policy_locked();
	if (policy && (is_up || is_owed || shield_holder_any()))
		look_on(policy);
	mutex_unlock(&shield_policy_mutex);
}

static void look_again(struct work_struct *work)
{
	schedule_work(&worker);
}

void shield_guard_later(void)
{
	WRITE_ONCE(is_news, true);
	schedule_work(&worker);
}

void shield_guard_exit(void)
{
	/* Without a policy the worker does not queue the other, which queues it. */
	cancel_work_sync(&worker);
	cancel_delayed_work_sync(&again);
	cancel_work_sync(&worker);
}
