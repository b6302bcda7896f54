// SPDX-License-Identifier: GPL-2.0-only
/*
 * The worker that completes records and gives them to the sinks.
 */
#include "event/deliver.h"

#include <linux/jiffies.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/timekeeping.h>
#include <linux/workqueue.h>

#include "event/audit.h"
#include "event/history.h"
#include "event/line.h"
#include "event/log.h"
#include "event/ring.h"
#include "event/window.h"
#include "params.h"

static void deliver(struct work_struct *work);
static void look_again(struct work_struct *work);

/* Queued by hooks: queueing what is queued already costs next to nothing. */
static DECLARE_WORK(worker, deliver);

/* For windows that end without another event. */
static DECLARE_DELAYED_WORK(again, look_again);
static bool is_ending;

/* Used by the worker alone, which never runs twice at once. */
static struct shield_event event;
static char line[SHIELD_LINE_SIZE];
static u64 counts[SHIELD_NR_SINKS];

/* The first record of each window, for what there is to say when it closes. */
static struct shield_record *openers;

static void count(enum shield_sink sink)
{
	WRITE_ONCE(counts[sink], counts[sink] + 1);
}

static void complete_paths(void)
{
	const struct shield_record *record = &event.record;

	shield_place_complete(&record->file, record->path, event.path);
	shield_place_complete(&record->exe, record->program, event.program);
	if (!*event.path)
		strscpy(event.path, record->rule, sizeof(event.path));
}

static void give(void)
{
	shield_history_add(event.record.seq, line,
			   shield_line_format(&event, line));
	count(SHIELD_SINK_EVENTS);
	shield_log_print(&event);
	count(SHIELD_SINK_LOG);
	if (!shield_audit_wanted())
		return;
	if (shield_audit_log(&event))
		count(SHIELD_SINK_AUDIT_FAILED);
	else
		count(SHIELD_SINK_AUDIT);
}

static void drain(void)
{
	while (shield_ring_get(&event.record)) {
		if (event.record.is_first)
			openers[event.record.window] = event.record;
		complete_paths();
		give();
		cond_resched();
	}
	/* What was lost behind the last line shows, too. */
	shield_history_reach(shield_ring_last());
}

/* Through the ring like all others, so that numbers follow each other. */
static void tell_suppressed(const struct shield_window_end *end)
{
	struct shield_record *record = &event.record;

	/* Its first record may have been lost. */
	if (openers[end->window].opened == end->number)
		*record = openers[end->window];
	else
		*record = (struct shield_record){ .line = end->line };
	/* A window without rights is of all objects of a rule. */
	if (!end->rights)
		record->file.dev = 0;
	record->kind = SHIELD_SUPPRESSED;
	record->of = end->kind;
	record->rights = end->rights;
	record->count = end->suppressed;
	record->mono_ns = ktime_get_mono_fast_ns();
	record->real_ns = ktime_get_real_fast_ns();
	/* Whose doing it was is known of the first alone. */
	record->tgid = 0;
	record->hook = "";
	record->is_first = true;
	record->opened = 0;
	shield_ring_put(record);
}

static void deliver(struct work_struct *work)
{
	drain();
	shield_window_close(false, tell_suppressed);
	drain();
	if (shield_window_any() && !READ_ONCE(is_ending))
		queue_delayed_work(
			system_unbound_wq, &again,
			msecs_to_jiffies(shield_params_interval_ms()));
}

static void look_again(struct work_struct *work)
{
	shield_deliver_soon();
}

void shield_deliver_soon(void)
{
	queue_work(system_unbound_wq, &worker);
}

u64 shield_deliver_count(enum shield_sink sink)
{
	return READ_ONCE(counts[sink]);
}

int shield_deliver_init(void)
{
	int error;

	openers = kvcalloc(SHIELD_WINDOWS, sizeof(*openers), GFP_KERNEL);
	if (!openers)
		return -ENOMEM;
	error = shield_history_init();
	if (error)
		kvfree(openers);
	return error;
}

void shield_deliver_exit(void)
{
	/* From here on the worker does not queue the other, which queues it. */
	WRITE_ONCE(is_ending, true);
	cancel_work_sync(&worker);
	cancel_delayed_work_sync(&again);
	cancel_work_sync(&worker);
	drain();
	shield_window_close(true, tell_suppressed);
	drain();
	shield_history_exit();
	kvfree(openers);
}
