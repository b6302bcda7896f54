// SPDX-License-Identifier: GPL-2.0-only
/*
 * The file `stats`: counters, a line each.
 */
#include <linux/module.h>
#include <linux/seq_file.h>

#include "event/count.h"
#include "event/deliver.h"
#include "event/line.h"
#include "event/ring.h"
#include "event/window.h"
#include "fs/securityfs.h"
#include "policy/rights.h"

static void show(struct seq_file *seq, const char *what, const char *name,
		 enum shield_kind kind, u64 count)
{
	if (count)
		seq_printf(seq, "v=1 %s=%s kind=%s count=%llu\n", what, name,
			   shield_line_kind(kind), count);
}

static void show_hooks(struct seq_file *seq)
{
	unsigned int nr = shield_count_tellers(), i;
	enum shield_kind kind;

	for (i = 0; i < nr; i++)
		for (kind = 0; kind < SHIELD_NR_KINDS; kind++)
			show(seq, "hook", shield_count_teller(i), kind,
			     shield_count_of_hook(i, kind));
}

static void show_rights(struct seq_file *seq)
{
	enum shield_kind kind;
	unsigned int bit;

	for (bit = 0; bit < SHIELD_NR_RIGHTS; bit++)
		for (kind = 0; kind < SHIELD_NR_KINDS; kind++)
			show(seq, "right", shield_right_names[bit].name, kind,
			     shield_count_of_right(bit, kind));
}

static void show_sinks(struct seq_file *seq)
{
	static const char *const names[] = {
		[SHIELD_SINK_EVENTS] = "events",
		[SHIELD_SINK_LOG] = "log",
		[SHIELD_SINK_AUDIT] = "audit",
		[SHIELD_SINK_AUDIT_FAILED] = "audit-failed",
	};
	enum shield_sink sink;

	static_assert(ARRAY_SIZE(names) == SHIELD_NR_SINKS);
	for (sink = 0; sink < SHIELD_NR_SINKS; sink++)
		seq_printf(seq, "v=1 sink=%s count=%llu\n", names[sink],
			   shield_deliver_count(sink));
}

/* Every event is in one of these: told, suppressed or lost. */
static int stats_show(struct seq_file *seq, void *unused)
{
	show_hooks(seq);
	show_rights(seq);
	show_sinks(seq);
	seq_printf(seq, "v=1 total=suppressed count=%llu\n",
		   shield_window_suppressed_all());
	seq_printf(seq, "v=1 total=lost count=%llu\n", shield_ring_lost());
	return 0;
}

static int stats_open(struct inode *inode, struct file *file)
{
	if (!shield_fs_may_watch(file))
		return -EPERM;
	return single_open(file, stats_show, NULL);
}

const struct file_operations shield_fs_stats = {
	.owner = THIS_MODULE,
	.open = stats_open,
	.release = single_release,
	.read = seq_read,
	.llseek = seq_lseek,
};
