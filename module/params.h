/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Knobs in /sys/module/shield/parameters/.
 */
#ifndef SHIELD_PARAMS_H
#define SHIELD_PARAMS_H

#include <linux/jump_label.h>
#include <linux/types.h>

DECLARE_STATIC_KEY_FALSE(shield_params_debug_key);

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
 * shield_params_enforce() - are denials carried out?
 *
 * Return: false if they are only told.
 */
bool shield_params_enforce(void);

/**
 * shield_params_interval_ms() - window of the log's rate limit
 *
 * Return: milliseconds.
 */
unsigned int shield_params_interval_ms(void);

/**
 * shield_params_burst() - log lines per object, right and window
 *
 * Return: lines.
 */
unsigned int shield_params_burst(void);

/**
 * shield_params_builtin() - does the module start with its own policy?
 *
 * Return: false for `policy=none`.
 */
bool shield_params_builtin(void);

/**
 * shield_params_health_interval() - how often hooks are looked at
 *
 * Return: seconds.
 */
unsigned int shield_params_health_interval(void);

/**
 * shield_params_panic() - is a hook that does not act reason to panic?
 *
 * Return: true if so.
 */
bool shield_params_panic(void);

#endif
