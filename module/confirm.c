// SPDX-License-Identifier: GPL-2.0-only
/*
 * A policy that is in force until it is confirmed.
 *
 * The time is kept here and not by whoever loaded it: what locks everybody out
 * may have locked out that one, too.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include "confirm.h"

#include <linux/compiler.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/preempt.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/workqueue.h>

#include "compat/home.h"
#include "event/event.h"
#include "policy/active.h"
#include "policy/lex.h"

/* Until going back is tried again, after it has failed. */
#define AGAIN (10 * HZ)

static void back_in_time(struct work_struct *work);
static DECLARE_DELAYED_WORK(worker, back_in_time);

static int (*go_back)(char *text, size_t len, struct shield_error *error);

/**
 * struct waiting - the policy that waits, and what was in force before
 * @text: what was in force
 * @len: bytes of @text
 * @generation: the policy that waits
 * @version: version that its signature gives it, or 0
 * @until: jiffies; 0 if none waits
 */
static struct waiting {
	char *text;
	size_t len;
	u64 generation;
	u64 version;
	u64 until;
} waiting; /* Protects: shield_policy_mutex; @until is also read without */

static void tell(const char *what)
{
	const struct shield_happening happening = {
		.kind = SHIELD_POLICY,
		.hook = "confirm",
		.rule = "",
		.generation = waiting.generation,
		.note = what,
	};

	preempt_disable();
	shield_event_happened(&happening);
	preempt_enable();
}

/* Before it is told, so that who is told and asks finds it in the status. */
static void end(void)
{
	WRITE_ONCE(waiting.until, 0);
	kvfree(waiting.text);
	waiting.text = NULL;
	waiting.len = 0;
}

static char *copy(const char *text, size_t len)
{
	char *copied = kvmalloc(len, GFP_KERNEL);

	if (copied)
		memcpy(copied, text, len);
	return copied;
}

static int revert(struct shield_error *error)
{
	char *text = copy(waiting.text, waiting.len);

	return text ? go_back(text, waiting.len, error) : -ENOMEM;
}

static void take_back(void)
{
	struct shield_error error = { .message = "out of memory" };

	mutex_lock(&shield_policy_mutex);
	/* Who loads or confirms does not wait for the worker. */
	if (!waiting.until || time_before64(get_jiffies_64(), waiting.until)) {
		mutex_unlock(&shield_policy_mutex);
		return;
	}
	if (revert(&error)) {
		tell("not taken back, which is tried again soon");
		pr_err("the policy of before cannot be put in force again, %u:%u: %s\n",
		       error.pos.line, error.pos.column, error.message);
		schedule_delayed_work(&worker, AGAIN);
	} else {
		end();
		tell("taken back: nobody confirmed it");
	}
	mutex_unlock(&shield_policy_mutex);
}

static void back_in_time(struct work_struct *work)
{
	shield_call_as_init(take_back);
}

void shield_confirm_init(int (*back)(char *text, size_t len,
				     struct shield_error *error))
{
	go_back = back;
}

void shield_confirm_exit(void)
{
	cancel_delayed_work_sync(&worker);
	mutex_lock(&shield_policy_mutex);
	end();
	mutex_unlock(&shield_policy_mutex);
}

int shield_confirm_keep(const struct shield_policy *policy)
{
	static const char none[] = "shield 1\nname none\n";

	if (waiting.until)
		return 0;
	end();
	waiting.len = policy ? policy->len : strlen(none);
	waiting.text = copy(policy ? policy->text : none, waiting.len);
	return waiting.text ? 0 : -ENOMEM;
}

void shield_confirm_await(u64 generation, u64 version, u32 seconds)
{
	char note[48];

	waiting.generation = generation;
	waiting.version = version;
	WRITE_ONCE(waiting.until, get_jiffies_64() + (u64)seconds * HZ);
	/* The time of one that waited before may be longer or shorter. */
	cancel_delayed_work(&worker);
	schedule_delayed_work(&worker, (unsigned long)seconds * HZ);
	scnprintf(note, sizeof(note), "waits %u s for its confirmation",
		  seconds);
	tell(note);
}

void shield_confirm_drop(void)
{
	bool waited = waiting.until;

	end();
	if (waited)
		tell("not needed any more: another policy was loaded");
}

int shield_confirm_take(u64 generation, u64 *version)
{
	if (!waiting.until)
		return -ENOENT;
	if (waiting.generation != generation)
		return -ESTALE;
	*version = waiting.version;
	end();
	tell("confirmed");
	return 0;
}

u32 shield_confirm_left(void)
{
	u64 until = READ_ONCE(waiting.until), now = get_jiffies_64();

	if (!until)
		return 0;
	return time_before64(now, until) ? 1 + div_u64(until - now - 1, HZ) : 1;
}
