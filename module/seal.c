// SPDX-License-Identifier: GPL-2.0-only
/*
 * Sealing.
 *
 * What it closes is closed where it is: parameters in params.c, policies in
 * load.c, unloading and what the kernel calls lockdown by hooks. Here stands
 * when that may be done, and in which order.
 */
#include "seal.h"

#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/preempt.h>
#include <linux/string.h>

#include "compat/lockdown.h"
#include "confirm.h"
#include "event/event.h"
#include "hook/health.h"
#include "hook/hook.h"
#include "hook/point.h"
#include "params.h"
#include "policy/active.h"
#include "sealed.h"
#include "strangers.h"

static bool denies_anything(const struct shield_policy *policy)
{
	u32 i;

	for (i = 0; policy && i < policy->nr_rules; i++)
		if (policy->rules[i].rights && !policy->rules[i].watch)
			return true;
	return false;
}

/* Sealing what does not protect would only keep it from being repaired. */
static const char *find_weakness(void)
{
	const struct shield_policy *policy = shield_policy_locked();
	const char *gap = shield_lockdown_gap();

	if (gap)
		return gap;
	if (shield_params_kprobe())
		return "its hooks are kprobes, which can be switched off: load the module with backend=ftrace";
	if (!policy || !policy->nr_rules)
		return "the policy is empty: load one first";
	if (!denies_anything(policy))
		return "the policy denies nothing, it only watches";
	if (shield_confirm_left())
		return "the policy waits for its confirmation: shieldctl confirm";
	if (!shield_params_enforce())
		return "denials are only told: write 1 to the parameter enforce first";
	return NULL;
}

static int refuse_sick(char *why)
{
	struct shield_health health;

	shield_health_read(&health);
	scnprintf(why, SHIELD_SEAL_WHY, "a hook is dead: %s: %s", health.symbol,
		  health.what);
	return -EPERM;
}

static int refuse_strangers(char *why)
{
	char found[SHIELD_SEAL_WHY / 2];

	strscpy(found, why, sizeof(found));
	scnprintf(why, SHIELD_SEAL_WHY,
		  "code that nobody has signed is in the kernel: %s", found);
	return -EEXIST;
}

/*
 * Under the lock that a write to a parameter takes, so that enforce is not
 * cleared by someone who looked before the seal.
 */
static int set_sealed(char *why)
{
	int error = 0;

	kernel_param_lock(THIS_MODULE);
	if (shield_params_enforce()) {
		shield_sealed_set();
	} else {
		strscpy(why, find_weakness(), SHIELD_SEAL_WHY);
		error = -EPERM;
	}
	kernel_param_unlock(THIS_MODULE);
	return error;
}

static void tell(const char *accepted)
{
	const struct shield_happening happening = {
		.kind = SHIELD_SEAL,
		.hook = "seal",
		.rule = "sealed until the machine restarts",
		.note = *accepted ? accepted : "nothing unsigned in the kernel",
	};

	preempt_disable();
	shield_event_happened(&happening);
	preempt_enable();
}

static int seal(bool accept, char *why)
{
	const char *weakness = find_weakness();
	u64 armed = shield_hook_armed();
	int error;

	if (weakness) {
		strscpy(why, weakness, SHIELD_SEAL_WHY);
		return -EPERM;
	}
	if (!shield_health_check())
		return refuse_sick(why);
	shield_strangers_list(why, SHIELD_SEAL_WHY);
	if (*why && !accept)
		return refuse_strangers(why);
	error = shield_hook_arm(shield_hook_needed(SHIELD_WHEN_SEALED), why,
				SHIELD_SEAL_WHY);
	if (error)
		return error;
	error = set_sealed(why);
	if (error) {
		/* One that stays armed lets everything pass until there is a seal. */
		shield_hook_disarm_others(armed);
		return error;
	}
	/* Never put: rmmod is refused by it, rmmod -f by a hook. */
	__module_get(THIS_MODULE);
	tell(why);
	return 0;
}

int shield_seal_locked(bool accept, char *why)
{
	lockdep_assert_held(&shield_policy_mutex);
	*why = '\0';
	return shield_sealed() ? 0 : seal(accept, why);
}

int shield_seal(bool accept, char *why)
{
	int error;

	mutex_lock(&shield_policy_mutex);
	error = shield_seal_locked(accept, why);
	mutex_unlock(&shield_policy_mutex);
	return error;
}
