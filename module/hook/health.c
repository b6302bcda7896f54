// SPDX-License-Identifier: GPL-2.0-only
/*
 * Do armed hooks act? Asked after each arming and every few seconds.
 *
 * Two ftrace_ops are tried by their effect: an open and a truncation of a file
 * of our own must be denied, by our hooks, through the policy in force. Other
 * hooks cannot be called without harm should they be dead; for each of them
 * the instruction at the function's entry must still be a call. Which call may
 * change: with a second tracer ftrace goes through a list.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include "hook/health.h"

#include <linux/atomic.h>
#include <linux/bitops.h>
#include <linux/errno.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/ktime.h>
#include <linux/preempt.h>
#include <linux/workqueue.h>

#include "event/event.h"
#include "hook/ftrace.h"
#include "hook/hook.h"
#include "hook/judge.h"
#include "hook/points.h"
#include "hook/scratch.h"
#include "params.h"

/**
 * struct problem - what is wrong
 * @symbol: hooked function, or "ftrace"; NULL if all is well
 * @what: the matter with it
 */
struct problem {
	const char *symbol;
	const char *what;
};

/*
 * Written under the load mutex; the status reads the pointers without. The time
 * is that of a clock that stands still while the machine sleeps: nobody looks then.
 */
static struct problem known;
static time64_t checked;

/*
 * Whoever has the mutex keeps others from looking, and whoever holds up the walk
 * along a path keeps him who has it. No load that goes on takes so long.
 */
#define LATE_INTERVALS 3
#define LATE_S 30

/*
 * In seconds, by which the worker goes now: one that is set meanwhile counts
 * from its next round.
 */
static unsigned int interval;

/* That nobody looks was told, and its end was not yet. */
static atomic_t is_told_late;

static const struct {
	const char *symbol;
	int (*act)(void);
} trials[] = {
	{ "security_file_open", shield_scratch_open },
	{ "security_path_truncate", shield_scratch_truncate },
};

static void check_sites(struct problem *problem)
{
	u64 armed = shield_hook_armed();
	unsigned int i;

	for (i = 0; i < shield_nr_points && !problem->symbol; i++)
		if (armed & BIT_ULL(i) && !shield_hook_stands(i))
			*problem = (struct problem){
				.symbol = shield_points[i]->symbol,
				.what = "the kernel does not call the hook any more",
			};
}

static bool is_armed(const char *symbol)
{
	unsigned int i;

	for (i = 0; i < shield_nr_points; i++)
		if (!strcmp(shield_points[i]->symbol, symbol))
			return shield_hook_armed() & BIT_ULL(i);
	return false;
}

/* Denied by us and not by another: the judge has seen it. */
static bool acts(unsigned int trial)
{
	WRITE_ONCE(shield_judge_tried, NULL);
	return trials[trial].act() == -EACCES && shield_judge_tried &&
	       !strcmp(shield_judge_tried, trials[trial].symbol);
}

static void try_hooks(struct shield_policy *policy, struct problem *problem)
{
	unsigned int i;
	int error = shield_scratch_lend(policy);

	if (error == -ENOSPC)
		return;
	if (error)
		*problem = (struct problem){ "memory", "none to try hooks" };
	for (i = 0; i < ARRAY_SIZE(trials) && !problem->symbol; i++)
		if (is_armed(trials[i].symbol) && !acts(i))
			*problem = (struct problem){
				.symbol = trials[i].symbol,
				.what = "the hook does not act",
			};
	if (!error)
		shield_scratch_return(policy);
}

static void say(const char *symbol, const char *what)
{
	const struct shield_happening happening = {
		.kind = SHIELD_HEALTH,
		.hook = symbol,
		.rule = symbol,
		.note = what,
	};

	preempt_disable();
	shield_event_happened(&happening);
	preempt_enable();
}

/* @symbol: what it is about, also when it is over. */
static void tell(const struct problem *problem, const char *symbol)
{
	say(symbol, problem->what ?: "all hooks act again");
	if (!problem->symbol)
		return;
	if (shield_params_panic())
		panic("shield: %s: %s", problem->symbol, problem->what);
	pr_err("not protected: %s: %s\n", problem->symbol, problem->what);
}

static void note(const struct problem *problem)
{
	const char *before = known.symbol;

	WRITE_ONCE(checked, ktime_get_seconds());
	if (atomic_xchg(&is_told_late, false))
		say("hooks", "checked again");
	if (problem->symbol == before)
		return;
	/* Who is told and asks finds it in the status. */
	WRITE_ONCE(known.what, problem->what);
	WRITE_ONCE(known.symbol, problem->symbol);
	tell(problem, problem->symbol ?: before);
}

bool shield_health_check(void)
{
	struct shield_policy *policy = shield_policy_locked();
	struct problem problem = {};

	if (shield_hook_armed() && shield_ftrace_is_dead())
		problem = (struct problem){
			"ftrace", "it has switched itself off; reboot"
		};
	if (!problem.symbol)
		check_sites(&problem);
	if (!problem.symbol && policy && policy->rights)
		try_hooks(policy, &problem);
	note(&problem);
	return !problem.symbol;
}

void shield_health_read(struct shield_health *health)
{
	s64 late = max_t(s64, LATE_INTERVALS * READ_ONCE(interval), LATE_S);

	health->symbol = READ_ONCE(known.symbol);
	health->what = READ_ONCE(known.what);
	health->age = ktime_get_seconds() - READ_ONCE(checked);
	health->is_late = health->age > late;
}

/* Not a panic: it says nothing about the hooks, and who waits may be done soon. */
static void tell_late(void)
{
	struct shield_health health;
	char what[80];

	shield_health_read(&health);
	if (!health.is_late || atomic_xchg(&is_told_late, true))
		return;
	scnprintf(what, sizeof(what), SHIELD_HEALTH_LATE, health.age);
	say("hooks", what);
	pr_err("not protected: hooks: %s\n", what);
}

static void look(struct work_struct *work);
static DECLARE_DELAYED_WORK(worker, look);

static void look(struct work_struct *work)
{
	unsigned long after = HZ / 2;

	/* A load that takes long checks when it is done. */
	if (mutex_trylock(&shield_policy_mutex)) {
		shield_health_check();
		mutex_unlock(&shield_policy_mutex);
		WRITE_ONCE(interval, shield_params_health_interval());
		after = interval * HZ;
	} else {
		tell_late();
	}
	schedule_delayed_work(&worker, after);
}

int shield_health_init(void)
{
	int error = shield_scratch_init();

	checked = ktime_get_seconds();
	if (!error)
		schedule_delayed_work(&worker, HZ);
	return error;
}

void shield_health_exit(void)
{
	cancel_delayed_work_sync(&worker);
	shield_scratch_exit();
}
