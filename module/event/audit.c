// SPDX-License-Identifier: GPL-2.0-only
/*
 * Events as records of the audit system, which ausearch and aureport read.
 */
#include "event/audit.h"

#include <linux/audit.h>
#include <linux/ctype.h>
#include <linux/errno.h>
#include <linux/gfp.h>
#include <linux/kdev_t.h>
#include <linux/string.h>

#include "params.h"
#include "policy/rights.h"

bool shield_audit_wanted(void)
{
	return shield_params_audit() && audit_enabled != AUDIT_OFF;
}

static bool is_plain(const char *text)
{
	for (; *text; text++)
		if (*text == '"' || *text < 0x21 || *text > 0x7e)
			return false;
	return true;
}

/* As audit_log_untrustedstring(), which modules may not call, does it. */
static void log_text(struct audit_buffer *buffer, const char *key,
		     const char *text)
{
	audit_log_format(buffer, " %s=", key);
	if (is_plain(text)) {
		audit_log_format(buffer, "\"%s\"", text);
		return;
	}
	for (; *text; text++)
		audit_log_format(buffer, "%02X", (unsigned char)*text);
}

/* Numbers first: ausearch looks for them in this order. */
static void log_subject(struct audit_buffer *buffer,
			const struct shield_record *record)
{
	audit_log_format(buffer, "pid=%d uid=%u auid=%u ppid=%d ", record->tgid,
			 record->uid, record->loginuid, record->ppid);
}

static void log_names(struct audit_buffer *buffer,
		      const struct shield_event *event)
{
	log_text(buffer, "comm", event->record.comm);
	if (*event->program)
		log_text(buffer, "exe", event->program);
}

static void log_object(struct audit_buffer *buffer,
		       const struct shield_event *event)
{
	const struct shield_record *record = &event->record;
	char rights[SHIELD_RIGHTS_TEXT];

	if (record->rights)
		audit_log_format(buffer, " rights=%s",
				 shield_rights_format(record->rights, rights));
	audit_log_format(buffer, " line=%u gen=%llu", record->line,
			 record->generation);
	if (*event->path)
		log_text(buffer, "name", event->path);
	if (record->dev)
		audit_log_format(buffer, " dev=%02x:%02x inode=%llu",
				 MAJOR(record->dev), MINOR(record->dev),
				 record->ino);
	if (*record->note)
		log_text(buffer, "note", record->note);
}

static enum shield_kind kind_of(const struct shield_record *record)
{
	return record->kind == SHIELD_SUPPRESSED ? record->of : record->kind;
}

/* Of a type whose fields ausearch and aureport look into. */
static int type_of(const struct shield_record *record)
{
	return kind_of(record) <= SHIELD_DENIED ? AUDIT_INTEGRITY_DATA :
						  AUDIT_INTEGRITY_STATUS;
}

int shield_audit_log(const struct shield_event *event)
{
	const struct shield_record *record = &event->record;
	struct audit_buffer *buffer;

	/* GFP_KERNEL would wait up to a minute for a daemon that is stuck. */
	buffer = audit_log_start(NULL, GFP_NOWAIT | __GFP_NOWARN,
				 type_of(record));
	if (!buffer)
		return -ENOBUFS;
	if (record->tgid)
		log_subject(buffer, record);
	audit_log_format(buffer, "module=shield op=%s seq=%llu",
			 shield_line_kind(record->kind), record->seq);
	if (record->kind == SHIELD_SUPPRESSED)
		audit_log_format(buffer, " of=%s count=%llu",
				 shield_line_kind(record->of), record->count);
	log_object(buffer, event);
	if (record->tgid)
		log_names(buffer, event);
	audit_log_format(buffer, " res=%d", kind_of(record) != SHIELD_DENIED);
	audit_log_end(buffer);
	return 0;
}
