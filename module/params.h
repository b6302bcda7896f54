/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Knobs in /sys/module/shield/parameters/.
 */
#ifndef SHIELD_PARAMS_H
#define SHIELD_PARAMS_H

#include <linux/compiler.h>
#include <linux/jump_label.h>
#include <linux/types.h>

DECLARE_STATIC_KEY_FALSE(shield_params_debug_key);

/* Bytes of the parameter `reason`, with its end. */
#define SHIELD_REASON 64

/**
 * shield_params_debug() - is every decision on a protected object told?
 *
 * Return: true if so; free of cost otherwise.
 */
static __always_inline bool shield_params_debug(void)
{
	return static_branch_unlikely(&shield_params_debug_key);
}

/**
 * struct shield_params - what hooks and worker read; written by the knobs
 * @enforce: denials are carried out, not only told
 * @audit: events are told to audit, too
 * @interval_ms: window of the rate limit
 * @burst: events told per object, right and window
 * @health_s: seconds between two looks at the hooks
 * @panics: panic when a hook does not act
 */
struct shield_params {
	bool enforce;
	bool audit;
	unsigned int interval_ms;
	unsigned int burst;
	unsigned int health_s;
	bool panics;
};

extern struct shield_params shield_params;

static __always_inline bool shield_params_enforce(void)
{
	return READ_ONCE(shield_params.enforce);
}

static inline bool shield_params_audit(void)
{
	return READ_ONCE(shield_params.audit);
}

static inline unsigned int shield_params_interval_ms(void)
{
	return READ_ONCE(shield_params.interval_ms);
}

static __always_inline unsigned int shield_params_burst(void)
{
	return READ_ONCE(shield_params.burst);
}

static inline unsigned int shield_params_health_interval(void)
{
	return READ_ONCE(shield_params.health_s);
}

static inline bool shield_params_panic(void)
{
	return READ_ONCE(shield_params.panics);
}

/**
 * shield_params_builtin() - does the module start with its own policy?
 *
 * Return: false for `policy=none`.
 */
bool shield_params_builtin(void);

/**
 * shield_params_reason() - why does shield start without carrying out denials?
 *
 * Return: what who loaded the module says, or "".
 */
const char *shield_params_reason(void);

/**
 * shield_params_tell() - who is told when `enforce` changes
 * @tell: called by who changes it, after the change, under the lock of the
 *        parameters; NULL for nobody
 *
 * Context: process; sleeps. Whoever was told before is told no more when this
 * returns.
 */
void shield_params_tell(void (*tell)(bool enforce));

/**
 * shield_params_kprobe() - are functions to be hooked by kprobes?
 *
 * Return: false for `backend=ftrace`, which is the default.
 */
bool shield_params_kprobe(void);

#endif
