/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Looks again at rules whose path has changed under the policy in force.
 */
#ifndef SHIELD_POLICY_SETTLE_H
#define SHIELD_POLICY_SETTLE_H

/**
 * shield_settle_init() - before any policy is loaded
 * @guard: called when a file has come to be protected while one is held; does
 *         not sleep
 *
 * Context: process.
 */
void shield_settle_init(void (*guard)(void));

/**
 * shield_settle_later() - a rule was marked unsettled
 *
 * Context: any but NMI; does not sleep.
 */
void shield_settle_later(void);

/**
 * shield_settle_mounts() - a mount was permitted at the path of a rule, or on
 * its way
 *
 * Description: Every rule is looked at when the mount has had time to be done.
 *
 * Context: any but NMI; does not sleep.
 */
void shield_settle_mounts(void);

/**
 * shield_settle_now() - look at every rule of the policy in force
 *
 * Description: For what changed between the compilation of a policy and its publication.
 *
 * Context: process; sleeps; shield_policy_mutex is held.
 */
void shield_settle_now(void);

/**
 * shield_settle_exit() - wait for the workers to end
 *
 * Context: process; sleeps; shield_policy_mutex is not held, and no hook is
 * armed any more.
 */
void shield_settle_exit(void);

#endif
