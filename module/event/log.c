// SPDX-License-Identifier: GPL-2.0-only
/*
 * Events in the kernel log: for people, who are told where to read on.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include "event/log.h"

#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/string.h>

#include "policy/rights.h"

#define EXPLAIN "shieldctl explain --event %llu\n"

static void print_suppressed(const struct shield_event *event)
{
	const struct shield_record *record = &event->record;
	char rights[SHIELD_RIGHTS_TEXT];

	shield_rights_format(record->rights, rights);
	if (!record->rights && !*event->path)
		pr_notice("%s: %llu more suppressed; " EXPLAIN,
			  shield_event_kind_name(record->of), record->count,
			  record->seq);
	else
		pr_notice("%s %s %*pE: %llu more suppressed; " EXPLAIN,
			  shield_event_kind_name(record->of),
			  record->rights ? rights : "something at",
			  (int)strlen(event->path), event->path, record->count,
			  record->seq);
}

/* Who did it is a part of what happened. */
static void print_deed(const struct shield_event *event)
{
	const struct shield_record *record = &event->record;

	pr_notice("%s: %*pE by %*pE[%d] uid=%u; " EXPLAIN,
		  shield_event_kind_name(record->kind),
		  (int)strlen(record->note), record->note,
		  (int)strlen(record->comm), record->comm, record->tgid,
		  record->uid, record->seq);
}

static void print_note(const struct shield_event *event)
{
	const struct shield_record *record = &event->record;
	const char *blank = *event->path ? " " : "";

	pr_notice("%s: %*pE%s%*pE; " EXPLAIN,
		  shield_event_kind_name(record->kind),
		  (int)strlen(event->path), event->path, blank,
		  (int)strlen(record->note), record->note, record->seq);
}

/*
 * Whoever is denied chooses comm and path, so that neither may end the line or
 * look like another.
 */
static void print_verdict(const struct shield_event *event)
{
	const struct shield_record *record = &event->record;
	char rights[SHIELD_RIGHTS_TEXT], why[32] = "program of the policy";
	/* A window's says which, and stands in its own events. */
	const char *note = record->kind == SHIELD_WINDOW ? "" : record->note;

	if (record->line)
		scnprintf(why, sizeof(why), "policy line %u", record->line);
	pr_notice("%s%s %s %*pE by %*pE[%d] uid=%u (%s, hook %s%s%s); " EXPLAIN,
		  shield_event_kind_name(record->kind),
		  record->kind == SHIELD_WINDOW ? ":" : "",
		  shield_rights_format(record->rights, rights),
		  (int)strlen(event->path), event->path,
		  (int)strlen(record->comm), record->comm, record->tgid,
		  record->uid, why, record->hook, *note ? ", " : "", note,
		  record->seq);
}

void shield_log_print(const struct shield_event *event)
{
	if (event->record.kind == SHIELD_SUPPRESSED)
		print_suppressed(event);
	else if (event->record.kind == SHIELD_WINDOW && event->record.rights)
		print_verdict(event);
	else if (event->record.kind == SHIELD_POLICY ||
		 event->record.kind == SHIELD_WINDOW)
		print_deed(event);
	else if (event->record.kind > SHIELD_DENIED)
		print_note(event);
	else
		print_verdict(event);
}
