// SPDX-License-Identifier: GPL-2.0-only
/*
 * The file `status`: lines of "key: value".
 */
#include <linux/module.h>
#include <linux/seq_file.h>
#include <linux/slab.h>

#include "admit.h"
#include "adopt.h"
#include "confirm.h"
#include "event/event.h"
#include "event/ring.h"
#include "fs/securityfs.h"
#include "hook/health.h"
#include "hook/hook.h"
#include "load.h"
#include "params.h"
#include "policy/holders.h"
#include "sealed.h"
#include "subject/upkeep.h"

static bool is_enforcing(const struct shield_standing *standing)
{
	struct shield_health health;

	shield_health_read(&health);
	return shield_params_enforce() && standing->needed &&
	       (standing->rules || standing->programs) &&
	       standing->armed >= standing->needed && !health.symbol &&
	       !health.is_late;
}

static const char *name_of(const struct shield_standing *standing)
{
	if (!standing->rules && !standing->programs)
		return "none";
	return *standing->name ? standing->name : "unnamed";
}

static void show_health(struct seq_file *seq)
{
	struct shield_health health;

	shield_health_read(&health);
	if (health.symbol)
		seq_printf(seq, "health: %s: %s\n", health.symbol, health.what);
	else if (health.is_late)
		seq_printf(seq, "health: " SHIELD_HEALTH_LATE "\n", health.age);
	else
		seq_puts(seq, "health: ok\n");
	seq_printf(seq, "checked: %lld s ago\n", health.age);
}

/* Far fewer than there may be: whoever wants all asks again when these ended. */
#define SHOWN 8

static void show_holders(struct seq_file *seq)
{
	struct shield_holders *holders = kmalloc(sizeof(*holders), GFP_KERNEL);
	unsigned int i;
	char who[96];

	if (!holders)
		return;
	shield_holders_get(holders);
	seq_printf(seq, "holders: %u\n", holders->nr);
	for (i = 0; i < holders->nr && i < SHOWN; i++) {
		const struct shield_holder *holder = &holders->all[i];

		shield_holder_format(holder, who, sizeof(who));
		seq_printf(seq, "holder-%u: ", i + 1);
		seq_escape(seq, holder->path, " \t\n\\");
		seq_printf(seq, " by %s\n", who);
	}
	kfree(holders);
}

static int status_show(struct seq_file *seq, void *unused)
{
	struct shield_standing standing;

	shield_load_standing(&standing);
	seq_printf(seq, "sealed: %s\n", shield_sealed() ? "yes" : "no");
	seq_printf(seq, "version: %s\n", SHIELD_VERSION);
	seq_printf(seq, "enforcing: %s\n",
		   is_enforcing(&standing) ? "yes" : "no");
	seq_printf(seq, "enforce: %d\n", shield_params_enforce());
	seq_printf(seq, "policy: %s\n", name_of(&standing));
	seq_printf(seq, "signed-version: %llu\n", shield_admit_version());
	seq_printf(seq, "generation: %llu\n", standing.generation);
	seq_printf(seq, "since: %llu\n", standing.since);
	seq_printf(seq, "confirm-within: %u\n", shield_confirm_left());
	seq_printf(seq, "window: %u\n", shield_upkeep_left());
	seq_printf(seq, "rules: %u\n", standing.rules);
	seq_printf(seq, "objects: %u\n", standing.objects);
	seq_printf(seq, "names: %u\n", standing.names);
	seq_printf(seq, "programs: %u\n", standing.programs);
	seq_printf(seq, "hooks: %u/%u\n", standing.armed, standing.needed);
	seq_printf(seq, "backend: %s\n", shield_hook_backend());
	show_health(seq);
	seq_printf(seq, "denied: %llu\n", shield_event_count(SHIELD_DENIED));
	seq_printf(seq, "would-deny: %llu\n",
		   shield_event_count(SHIELD_WOULD_DENY));
	seq_printf(seq, "watched: %llu\n", shield_event_count(SHIELD_WATCHED));
	seq_printf(seq, "lost: %llu\n", shield_ring_lost());
	show_holders(seq);
	shield_adopt_show(seq);
	return 0;
}

static int status_open(struct inode *inode, struct file *file)
{
	return single_open(file, status_show, NULL);
}

const struct file_operations shield_fs_status = {
	.owner = THIS_MODULE,
	.open = status_open,
	.release = single_release,
	.read = seq_read,
	.llseek = seq_lseek,
};
