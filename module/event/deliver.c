// SPDX-License-Identifier: GPL-2.0-only
/*
 * The worker that tells the kernel log.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include "event/deliver.h"

#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/workqueue.h>

#include "event/ratelimit.h"
#include "event/ring.h"
#include "params.h"
#include "policy/rights.h"

static void deliver(struct work_struct *work);
static void look_again(struct work_struct *work);

/* Queued by hooks: queueing what is queued already costs next to nothing. */
static DECLARE_WORK(worker, deliver);

/* For windows that end without another event. */
static DECLARE_DELAYED_WORK(again, look_again);
static bool is_ending;

/*
 * One line for one record. Whoever is denied chooses comm and name, so that
 * neither may end the line or look like another.
 */
static void print(const struct shield_record *record)
{
	char rights[SHIELD_RIGHTS_TEXT], why[32] = "program of the policy";

	if (record->kind > SHIELD_DENIED) {
		pr_notice("%s %*pE: %*pE\n",
			  shield_event_kind_name(record->kind),
			  (int)strlen(record->path), record->path,
			  (int)strlen(record->note), record->note);
		return;
	}
	if (record->line)
		scnprintf(why, sizeof(why), "policy line %u", record->line);
	pr_notice(
		"%s %s %*pE by %*pE[%d] uid=%u (%s, hook %s, name \"%*pE\")\n",
		shield_event_kind_name(record->kind),
		shield_rights_format(record->rights, rights),
		(int)strlen(record->path), record->path,
		(int)strlen(record->comm), record->comm, record->tgid,
		record->uid, why, record->hook, (int)strlen(record->name),
		record->name);
}

static void print_suppressed(const struct shield_allowance *closed)
{
	char rights[SHIELD_RIGHTS_TEXT];

	if (!closed->suppressed)
		return;
	pr_notice("%s %s %*pE: %llu more suppressed, the last by %*pE[%d]\n",
		  shield_event_kind_name(closed->like.kind),
		  shield_rights_format(closed->like.rights, rights),
		  (int)strlen(closed->like.path), closed->like.path,
		  closed->suppressed, (int)strlen(closed->like.comm),
		  closed->like.comm, closed->like.tgid);
}

static void drain(void)
{
	struct shield_allowance closed;
	struct shield_record record;
	bool allowed;

	while (shield_ring_get(&record)) {
		allowed = shield_ratelimit_allow(&record, &closed);
		print_suppressed(&closed);
		if (allowed)
			print(&record);
		cond_resched();
	}
}

static void deliver(struct work_struct *work)
{
	struct shield_allowance closed;

	drain();
	while (shield_ratelimit_close(&closed, false))
		print_suppressed(&closed);
	if (shield_ratelimit_waiting() && !READ_ONCE(is_ending))
		schedule_delayed_work(
			&again, msecs_to_jiffies(shield_params_interval_ms()));
}

static void look_again(struct work_struct *work)
{
	schedule_work(&worker);
}

void shield_deliver_soon(void)
{
	schedule_work(&worker);
}

void shield_deliver_exit(void)
{
	struct shield_allowance closed;

	/* From here on the worker does not queue the other, which queues it. */
	WRITE_ONCE(is_ending, true);
	cancel_work_sync(&worker);
	cancel_delayed_work_sync(&again);
	cancel_work_sync(&worker);
	drain();
	while (shield_ratelimit_close(&closed, true))
		print_suppressed(&closed);
}
