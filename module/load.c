// SPDX-License-Identifier: GPL-2.0-only
/*
 * One policy write: parse, compile, arm, publish; or nothing at all.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include "load.h"

#include <linux/bitops.h>
#include <linux/delay.h>
#include <linux/mm.h>
#include <linux/preempt.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/timekeeping.h>

#include "admit.h"
#include "adopt.h"
#include "confirm.h"
#include "decide_task.h"
#include "event/event.h"
#include "hook/guard.h"
#include "hook/health.h"
#include "hook/hook.h"
#include "hook/judge.h"
#include "hook/point.h"
#include "object/holder.h"
#include "object/superblock.h"
#include "policy/builtin.h"
#include "policy/compile.h"
#include "policy/envelope.h"
#include "policy/settle.h"
#include "seal.h"
#include "sealed.h"
#include "subject/tag.h"

/* Protects: shield_policy_mutex; but for the first read without */
static u64 last_generation;
static u64 generation;
static u64 since;

static bool reads_matter(const struct shield_policy *policy)
{
	return policy && policy->rights & (SHIELD_READ | SHIELD_EXEC);
}

/* What hooks keep true is not true any more once they are gone. */
static void forget_all(void)
{
	shield_adopt_forget();
	shield_holder_forget();
	shield_tag_drop_all();
	shield_superblock_forget();
}

/* Who put which policy into force, or took the last one away. */
static void tell(const struct shield_policy *policy)
{
	char note[96] = "no policy any more: shield is unloaded";
	const struct shield_happening happening = {
		.kind = SHIELD_POLICY,
		.hook = "policy",
		.rule = "",
		.generation = policy ? policy->generation : last_generation,
		.note = note,
	};

	if (policy)
		scnprintf(note, sizeof(note), "%s in force, %u rules",
			  *policy->name ? policy->name : "unnamed",
			  policy->nr_lines);
	preempt_disable();
	shield_event_happened(&happening);
	preempt_enable();
}

/* Who was executed under such a policy has been judged then. */
static bool judges_exec(const struct shield_policy *policy)
{
	return policy && policy->rights;
}

static bool is_strict(const void *policy, const struct shield_subject *subject)
{
	return policy && shield_decide_strict(policy, subject);
}

/*
 * While @policy is in force, others are not judged. Not before it is there to
 * stay: one that is taken back must not have taken anything away.
 */
static void relax_tags(const struct shield_policy *policy)
{
	shield_tag_relax(is_strict, policy);
}

/* Hooks obey @policy from here on; what was in force before is returned. */
static struct shield_policy *put_in_force(struct shield_policy *policy)
{
	struct shield_policy *old;

	shield_guard_begin();
	WRITE_ONCE(generation, policy ? policy->generation : 0);
	WRITE_ONCE(since, ktime_get_boottime_seconds());
	WRITE_ONCE(shield_judge_reads, reads_matter(policy));
	old = shield_policy_publish(policy);
	shield_settle_now();
	return old;
}

static void disarm_unneeded(const struct shield_policy *policy)
{
	if (shield_hook_disarm_others(shield_guard_hooks(policy)))
		pr_err("hooks that are not needed any more could not be disarmed\n");
	if (!shield_hook_armed())
		forget_all();
}

/*
 * Who could go on writing what the policy protects can be found only once it
 * is in force: before, more could come. So here it may still be taken back.
 */
static int take_back(struct shield_policy *policy, struct shield_policy *old,
		     int reason)
{
	put_in_force(old);
	shield_guard_look_surely();
	/* Nor must it have given: who was executed meanwhile is strict by it. */
	relax_tags(old);
	disarm_unneeded(old);
	shield_policy_free(policy);
	return reason;
}

/*
 * New hooks are armed before the policy needs them, old ones disarmed when
 * none does any more.
 */
static int publish(struct shield_policy *policy, struct shield_notes *notes,
		   struct shield_error *error, bool lenient)
{
	struct shield_policy *old;
	int result;

	/* Also for one that is taken back: events and answers have named it. */
	if (policy)
		policy->generation = ++last_generation;
	old = put_in_force(policy);
	/* Before anybody is looked for who is not trusted with what he has. */
	if (policy && !judges_exec(old))
		shield_adopt(policy, notes);
	result = shield_guard_look(notes, error, lenient);
	if (result)
		return take_back(policy, old, result);
	relax_tags(policy);
	disarm_unneeded(policy);
	if (policy || old)
		tell(policy);
	shield_policy_free(old);
	return 0;
}

/*
 * The first policy's file systems are entered before any other hook is needed.
 * One that is unmounted meanwhile has to be told.
 */
static int watch(struct shield_error *error)
{
	return shield_hook_arm(shield_hook_witnesses(), error->message,
			       sizeof(error->message));
}

static int fail(int error)
{
	disarm_unneeded(shield_policy_locked());
	return error;
}

static int load(char *text, size_t len, struct shield_notes *notes,
		struct shield_error *error, bool lenient)
{
	struct shield_policy *policy;
	int result = shield_compile(text, len, &policy, watch, notes, error);

	if (result) {
		kvfree(text);
		return fail(result);
	}
	error->pos = (struct shield_pos){};
	result = shield_hook_arm(shield_guard_hooks(policy), error->message,
				 sizeof(error->message));
	if (result) {
		shield_policy_free(policy);
		return fail(result);
	}
	result = publish(policy, notes, error, lenient);
	if (!result && !shield_health_check())
		shield_notes_add(
			notes, 0, 0,
			"in force, but a hook does not act; see status");
	return result;
}

/* What is left of the policy before, if this one has to be confirmed. */
static int prepare(const struct shield_envelope *envelope,
		   struct shield_error *error)
{
	if (!envelope->confirm)
		return 0;
	if (envelope->seal && !shield_sealed()) {
		strscpy(error->message,
			"what seals cannot be taken back: load it without waiting for a confirmation, or sign it without a seal",
			sizeof(error->message));
		return -EINVAL;
	}
	strscpy(error->message, "out of memory", sizeof(error->message));
	return shield_confirm_keep(shield_policy_locked());
}

/* Its version counts from when it cannot be taken back any more. */
static void settle_for(const struct shield_envelope *envelope)
{
	u64 version = envelope->is_signed ? envelope->version : 0;

	if (envelope->confirm) {
		shield_confirm_await(generation, version, envelope->confirm);
	} else {
		shield_confirm_drop();
		shield_admit_done(version);
	}
}

/* The envelope leads into @text, of which only the policy is kept. */
static int load_admitted(char *text, const struct shield_envelope *envelope,
			 struct shield_notes *notes, struct shield_error *error,
			 bool lenient)
{
	int result = prepare(envelope, error);

	if (result) {
		kvfree(text);
		return result;
	}
	memmove(text, envelope->policy.at, envelope->policy.len);
	result = load(text, envelope->policy.len, notes, error, lenient);
	if (!result)
		settle_for(envelope);
	return result;
}

/* With a hole that is told, if need be: better than no way back. */
static int load_back(char *text, size_t len, struct shield_error *error)
{
	return load(text, len, NULL, error, true);
}

int shield_load_confirm(u64 number)
{
	u64 version;
	int error;

	mutex_lock(&shield_policy_mutex);
	error = shield_confirm_take(number, &version);
	if (!error)
		shield_admit_done(version);
	mutex_unlock(&shield_policy_mutex);
	return error;
}

/* A machine that was to be sealed and is not: by shield.enforce=0, say. */
static void tell_not_sealed(const char *why)
{
	const struct shield_happening happening = {
		.kind = SHIELD_SEAL,
		.hook = "seal",
		.rule = "not sealed, as the policy wishes:",
		.note = why,
	};

	preempt_disable();
	shield_event_happened(&happening);
	preempt_enable();
}

/* As a line of the signed policy wishes that was just put in force. */
static void seal(struct shield_notes *notes)
{
	static const char none[] = "out of memory";
	char *why = kzalloc(SHIELD_SEAL_WHY, GFP_KERNEL);

	if (!why || shield_seal_locked(false, why)) {
		shield_notes_add(notes, 0, 0, "in force, but not sealed: %s",
				 why ?: none);
		tell_not_sealed(why ?: none);
	}
	kfree(why);
}

int shield_load(char *text, size_t len, struct shield_notes *notes,
		struct shield_error *error, bool lenient)
{
	struct shield_envelope envelope;
	int result = shield_envelope_open(text, len, &envelope, error);
	u64 by;

	if (!result)
		result = shield_admit_verify(&envelope, &by, error);
	mutex_lock(&shield_policy_mutex);
	if (!result)
		result = shield_admit(&envelope, by, error);
	if (result)
		kvfree(text);
	else
		result = load_admitted(text, &envelope, notes, error, lenient);
	/* Before anybody who waits for the mutex puts another in its place. */
	if (!result && envelope.seal)
		seal(notes);
	mutex_unlock(&shield_policy_mutex);
	return result;
}

void shield_load_init(void)
{
	shield_confirm_init(load_back);
}

int shield_load_builtin(void)
{
	size_t len = strlen(shield_policy_builtin);
	char *text = kvmalloc(len, GFP_KERNEL);
	struct shield_error error;
	int result;

	if (!text)
		return -ENOMEM;
	memcpy(text, shield_policy_builtin, len);
	/* Better in force with a hole that is told than not at all. */
	result = shield_load(text, len, NULL, &error, true);
	if (result)
		pr_err("built-in policy, %u:%u: %s; load the module with policy=none and write a policy of your own\n",
		       error.pos.line, error.pos.column, error.message);
	return result;
}

void shield_unload(void)
{
	shield_confirm_exit();
	mutex_lock(&shield_policy_mutex);
	publish(NULL, NULL, NULL, true);
	while (shield_hook_armed()) {
		pr_err_once(
			"cannot be unloaded while its hooks cannot be disarmed; reboot\n");
		msleep(1000);
		shield_hook_disarm_others(0);
	}
	mutex_unlock(&shield_policy_mutex);
}

static void describe(const struct shield_policy *policy,
		     struct shield_standing *standing)
{
	strscpy(standing->name, policy->name, sizeof(standing->name));
	standing->rules = policy->nr_lines;
	standing->programs = policy->nr_programs;
	standing->objects = READ_ONCE(policy->index.nr_objects);
	standing->names = READ_ONCE(policy->index.nr_names);
}

void shield_load_standing(struct shield_standing *standing)
{
	const struct shield_policy *policy;

	*standing = (struct shield_standing){};
	/* Not under the mutex: a load may wait for a file system. */
	preempt_disable();
	policy = shield_policy_read();
	standing->generation = READ_ONCE(generation);
	standing->since = READ_ONCE(since);
	standing->needed = hweight64(shield_guard_hooks(policy));
	standing->armed = hweight64(shield_hook_armed());
	if (policy)
		describe(policy, standing);
	preempt_enable();
}
