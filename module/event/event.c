// SPDX-License-Identifier: GPL-2.0-only
/*
 * What happened, told to whoever listens.
 */
#include "event/event.h"

#include <linux/percpu.h>
#include <linux/preempt.h>

#include "event/capture.h"
#include "event/count.h"
#include "event/deliver.h"
#include "event/ring.h"
#include "event/trace.h"
#include "event/window.h"

/* Where a record is put together; a task with preemption off uses it. */
static struct shield_record __percpu *scratch;

const char *shield_event_kind_name(enum shield_kind kind)
{
	static const char *const names[] = {
		[SHIELD_ALLOWED] = "allowed",
		[SHIELD_WATCHED] = "watched",
		[SHIELD_WOULD_DENY] = "would deny",
		[SHIELD_DENIED] = "denied",
		[SHIELD_POLICY] = "policy",
		[SHIELD_SEAL] = "seal",
		[SHIELD_WINDOW] = "window",
		[SHIELD_HOLDER] = "holder",
		[SHIELD_HEALTH] = "hook health",
		[SHIELD_SUPPRESSED] = "suppressed",
	};

	static_assert(ARRAY_SIZE(names) == SHIELD_NR_KINDS);
	return names[kind];
}

static void queue(struct shield_record *record, int window, bool is_first)
{
	record->window = window;
	record->opened = shield_windows[window].number;
	record->is_first = is_first;
	shield_ring_put(record);
	shield_deliver_soon();
}

/* Apart, so that what is suppressed does not pay for it. */
static noinline void tell(const struct shield_happening *happening)
{
	struct shield_record *record = this_cpu_ptr(scratch);
	bool is_first;
	int window = shield_window_admit(happening, &is_first);

	if (window < 0 && !trace_verdict_enabled())
		return;
	shield_capture(happening, record);
	trace_verdict(record);
	if (window >= 0)
		queue(record, window, is_first);
}

void shield_event_happened(const struct shield_happening *happening)
{
	struct shield_window *window;

	preempt_disable_notrace();
	shield_count(happening);
	window = trace_verdict_enabled() ? NULL : shield_window_find(happening);
	if (window && shield_window_is_full(window))
		shield_window_suppress(window);
	else
		tell(happening);
	preempt_enable_notrace();
}

int shield_event_init(void)
{
	int error;

	scratch = alloc_percpu(struct shield_record);
	if (!scratch)
		return -ENOMEM;
	error = shield_count_init();
	if (error)
		goto free_scratch;
	error = shield_window_init();
	if (error)
		goto exit_count;
	error = shield_ring_init();
	if (error)
		goto exit_window;
	error = shield_deliver_init();
	if (error)
		goto exit_ring;
	return 0;

exit_ring:
	shield_ring_exit();
exit_window:
	shield_window_exit();
exit_count:
	shield_count_exit();
free_scratch:
	free_percpu(scratch);
	return error;
}

void shield_event_exit(void)
{
	shield_deliver_exit();
	shield_ring_exit();
	shield_window_exit();
	shield_count_exit();
	free_percpu(scratch);
}
