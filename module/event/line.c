// SPDX-License-Identifier: GPL-2.0-only
/*
 * An event as a line of text.
 *
 * Fields only ever get added; who reads skips what he does not know. What a
 * stranger may have chosen is escaped as the policy escapes paths.
 */
#include "event/line.h"

#include <linux/ctype.h>
#include <linux/kdev_t.h>
#include <linux/kernel.h>
#include <linux/math64.h>
#include <linux/string.h>
#include <linux/time64.h>

#include "policy/rights.h"

/**
 * struct writer - a line that grows
 * @line: of SHIELD_LINE_SIZE bytes
 * @len: bytes so far
 */
struct writer {
	char *line;
	size_t len;
};

static __printf(2, 3) void put(struct writer *writer, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	writer->len += vscnprintf(writer->line + writer->len,
				  SHIELD_LINE_SIZE - writer->len, format,
				  arguments);
	va_end(arguments);
}

static void put_text(struct writer *writer, const char *key, const char *value)
{
	if (!*value)
		return;
	put(writer, " %s=", key);
	for (; *value; value++) {
		unsigned char byte = *value;

		if (byte <= ' ' || byte == 0x7f || byte == '"' || byte == '\\')
			put(writer, "\\%03o", byte);
		else
			put(writer, "%c", byte);
	}
}

static void put_time(struct writer *writer, const char *key, u64 ns)
{
	u32 rest;
	u64 seconds = div_u64_rem(ns, NSEC_PER_SEC, &rest);

	put(writer, " %s=%llu.%09u", key, seconds, rest);
}

const char *shield_line_kind(enum shield_kind kind)
{
	static const char *const names[] = {
		[SHIELD_ALLOWED] = "allowed",
		[SHIELD_WATCHED] = "watched",
		[SHIELD_WOULD_DENY] = "would-deny",
		[SHIELD_DENIED] = "denied",
		[SHIELD_POLICY] = "policy",
		[SHIELD_SEAL] = "seal",
		[SHIELD_WINDOW] = "window",
		[SHIELD_HOLDER] = "holder",
		[SHIELD_HEALTH] = "health",
		[SHIELD_SUPPRESSED] = "suppressed",
	};

	static_assert(ARRAY_SIZE(names) == SHIELD_NR_KINDS);
	return names[kind];
}

static void put_kind(struct writer *writer, const struct shield_record *record)
{
	char rights[SHIELD_RIGHTS_TEXT];

	put(writer, "v=1 seq=%llu kind=%s", record->seq,
	    shield_line_kind(record->kind));
	if (record->kind == SHIELD_SUPPRESSED)
		put(writer, " of=%s count=%llu", shield_line_kind(record->of),
		    record->count);
	put_time(writer, "time", record->real_ns);
	put_time(writer, "mono", record->mono_ns);
	if (record->rights)
		put(writer, " rights=%s",
		    shield_rights_format(record->rights, rights));
	if (record->kind == SHIELD_DENIED)
		put(writer, " errno=%d", EACCES);
}

static void put_object(struct writer *writer, const struct shield_event *event)
{
	const struct shield_record *record = &event->record;

	put_text(writer, "path", event->path);
	if (record->dev)
		put(writer, " dev=%u:%u", MAJOR(record->dev),
		    MINOR(record->dev));
	if (record->ino)
		put(writer, " ino=%llu", record->ino);
	put(writer, " gen=%llu", record->generation);
	if (*record->rule)
		put(writer, " line=%u", record->line);
	put_text(writer, "rule", record->rule);
	put_text(writer, "hook", record->hook);
}

static void put_subject(struct writer *writer, const struct shield_event *event)
{
	const struct shield_record *record = &event->record;

	put(writer, " pid=%d tgid=%d ppid=%d uid=%u", record->pid, record->tgid,
	    record->ppid, record->uid);
	if (record->loginuid != (uid_t)-1)
		put(writer, " loginuid=%u", record->loginuid);
	put_text(writer, "comm", record->comm);
	put_text(writer, "program", event->program);
	if (record->cgroup)
		put(writer, " cgroup=%llu", record->cgroup);
}

size_t shield_line_format(const struct shield_event *event, char *line)
{
	struct writer writer = { .line = line };

	put_kind(&writer, &event->record);
	put_object(&writer, event);
	if (event->record.tgid)
		put_subject(&writer, event);
	put_text(&writer, "note", event->record.note);
	put(&writer, "\n");
	return writer.len;
}
