// SPDX-License-Identifier: GPL-2.0-only
/*
 * Are denials carried out? Whoever changes that is told.
 */
#include "mode.h"

#include <linux/kernel.h>
#include <linux/preempt.h>

#include "event/event.h"
#include "params.h"

static void tell(const char *note)
{
	const struct shield_happening happening = {
		.kind = SHIELD_POLICY,
		.hook = "enforce",
		.rule = "",
		.note = note,
	};

	preempt_disable();
	shield_event_happened(&happening);
	preempt_enable();
}

static void changed(bool enforce)
{
	tell(enforce ? "denials are carried out again" :
		       "denials are only told from now on");
}

void shield_mode_init(void)
{
	const char *reason = shield_params_reason();
	char note[SHIELD_REASON + 32];

	scnprintf(note, sizeof(note), "denials are only told%s%s",
		  *reason ? ": " : "", reason);
	if (!shield_params_enforce())
		tell(note);
	shield_params_tell(changed);
}

void shield_mode_exit(void)
{
	shield_params_tell(NULL);
}
