// SPDX-License-Identifier: GPL-2.0-only
/*
 * What happened, told to whoever listens.
 */
#include "event/event.h"

#include <linux/cred.h>
#include <linux/fs.h>
#include <linux/percpu.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/uidgid.h>

#include "event/deliver.h"
#include "event/record.h"
#include "event/ring.h"
#include "event/trace.h"

static DEFINE_PER_CPU(u64[SHIELD_NR_KINDS], counts);

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
	};

	static_assert(ARRAY_SIZE(names) == SHIELD_NR_KINDS);
	return names[kind];
}

u64 shield_event_count(enum shield_kind kind)
{
	u64 sum = 0;
	int cpu;

	for_each_possible_cpu(cpu)
		sum += READ_ONCE(per_cpu(counts, cpu)[kind]);
	return sum;
}

static void capture(const struct shield_happening *happening,
		    struct shield_record *record)
{
	const struct task_struct *task = happening->task ?: current;

	*record = (struct shield_record){
		.kind = happening->kind,
		.rights = happening->rights,
		.line = happening->line,
		.generation = happening->generation,
		.ino = happening->ino,
		.dev = happening->sb ? happening->sb->s_dev : 0,
		.hook = happening->hook,
		.tgid = task->tgid,
		.uid = from_kuid(&init_user_ns, task_uid(task)),
	};
	/* comm may change under us; it stays terminated. */
	strscpy(record->comm, task->comm, sizeof(record->comm));
	strscpy(record->path, happening->rule, sizeof(record->path));
	strscpy(record->name, happening->name, sizeof(record->name));
	strscpy(record->note, happening->note ?: "", sizeof(record->note));
}

void shield_event_happened(const struct shield_happening *happening)
{
	struct shield_record record;

	this_cpu_inc(counts[happening->kind]);
	capture(happening, &record);
	trace_verdict(&record);
	if (shield_ring_put(&record))
		shield_deliver_soon();
}

int shield_event_init(void)
{
	return shield_ring_init();
}

void shield_event_exit(void)
{
	shield_deliver_exit();
	shield_ring_exit();
}
