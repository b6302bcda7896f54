/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A policy that is in force until it is confirmed, or the time is over and the
 * one before it comes back.
 *
 * What is kept is the text of the policy before: a compiled one would not learn
 * what happens while it is not in force.
 */
#ifndef SHIELD_CONFIRM_H
#define SHIELD_CONFIRM_H

#include <linux/types.h>

struct shield_error;
struct shield_policy;

/**
 * shield_confirm_init() - say how to go back
 * @back: puts a text in force, which it takes over. Returns 0, or an error that
 *        it has explained
 *
 * Context: before anything is loaded.
 */
void shield_confirm_init(int (*back)(char *text, size_t len,
				     struct shield_error *error));

/**
 * shield_confirm_exit() - wait for no confirmation any more
 *
 * Context: process; sleeps; shield_policy_mutex is not held. Nobody loads
 * another policy.
 */
void shield_confirm_exit(void);

/**
 * shield_confirm_keep() - keep what is in force, to come back to it
 * @policy: policy in force, or NULL
 *
 * Description: If one waits for its confirmation already, what was kept then
 * stays.
 *
 * Context: process; sleeps; shield_policy_mutex is held.
 * Return: 0, or -ENOMEM.
 */
int shield_confirm_keep(const struct shield_policy *policy);

/**
 * shield_confirm_await() - the policy in force waits for its confirmation
 * @generation: its number
 * @version: version that its signature gives it, or 0
 * @seconds: for how long
 *
 * Context: process; shield_policy_mutex is held; shield_confirm_keep() was
 * called.
 */
void shield_confirm_await(u64 generation, u64 version, u32 seconds);

/**
 * shield_confirm_drop() - no policy waits any more: another one is in force
 *
 * Context: process; shield_policy_mutex is held.
 */
void shield_confirm_drop(void);

/**
 * shield_confirm_take() - a policy is confirmed
 * @generation: its number
 * @version: set to the version that its signature gives it, or 0
 *
 * Context: process; shield_policy_mutex is held.
 * Return: 0; -ENOENT if none waits; -ESTALE if another one does.
 */
int shield_confirm_take(u64 generation, u64 *version);

/**
 * shield_confirm_left() - how long the policy in force still waits
 *
 * Context: any.
 * Return: seconds, at least 1; 0 if it does not wait.
 */
u32 shield_confirm_left(void);

#endif
