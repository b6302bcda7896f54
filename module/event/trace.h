/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Tracepoint shield:verdict, in the context of the task that was judged.
 */
#undef TRACE_SYSTEM
#define TRACE_SYSTEM shield

#if !defined(SHIELD_EVENT_TRACE_H) || defined(TRACE_HEADER_MULTI_READ)
#define SHIELD_EVENT_TRACE_H

#include <linux/tracepoint.h>

#include "compat/trace.h"
#include "event/record.h"
#include "policy/rights.h"

/* clang-format off */
TRACE_EVENT(verdict,
	TP_PROTO(const struct shield_record *record),
	TP_ARGS(record),
	TP_STRUCT__entry(
		__string(kind, shield_event_kind_name(record->kind))
		__field(u16, rights)
		__field(u32, line)
		__field(u64, generation)
		__field(u64, ino)
		__field(dev_t, dev)
		__field(uid_t, uid)
		__string(hook, record->hook)
		__string(path, record->rule)
		__string(file, record->path + record->file.at)
	),
	TP_fast_assign(
		shield_assign_str(kind, shield_event_kind_name(record->kind));
		__entry->rights = record->rights;
		__entry->line = record->line;
		__entry->generation = record->generation;
		__entry->ino = record->ino;
		__entry->dev = record->dev;
		__entry->uid = record->uid;
		shield_assign_str(hook, record->hook);
		shield_assign_str(path, record->rule);
		shield_assign_str(file, record->path + record->file.at);
	),
	TP_printk("%s rights=%s path=%s file=%s hook=%s line=%u generation=%llu dev=%u:%u ino=%llu uid=%u",
		  __get_str(kind),
		  __print_flags(__entry->rights, ",",
				{ SHIELD_READ, "read" },
				{ SHIELD_WRITE, "write" },
				{ SHIELD_APPEND, "append" },
				{ SHIELD_EXEC, "exec" },
				{ SHIELD_REMOVE, "remove" },
				{ SHIELD_CREATE, "create" },
				{ SHIELD_LINK, "link" },
				{ SHIELD_ATTR, "attr" },
				{ SHIELD_MOUNT, "mount" }),
		  __get_str(path), __get_str(file), __get_str(hook),
		  __entry->line, __entry->generation, MAJOR(__entry->dev),
		  MINOR(__entry->dev), __entry->ino, __entry->uid)
);
/* clang-format on */

#endif

#undef TRACE_INCLUDE_PATH
#undef TRACE_INCLUDE_FILE
#define TRACE_INCLUDE_PATH event
#define TRACE_INCLUDE_FILE trace
#include <trace/define_trace.h>
