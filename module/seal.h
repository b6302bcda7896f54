/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Sealing: from now on, until the machine restarts, nobody switches shield off.
 */
#ifndef SHIELD_SEAL_H
#define SHIELD_SEAL_H

#include <linux/types.h>

/* Room for the reason of a refusal, with the names of modules. */
#define SHIELD_SEAL_WHY 512

/**
 * shield_seal() - seal
 * @accept: also with other code in the kernel that nobody has signed
 * @why: SHIELD_SEAL_WHY bytes; on error the reason, otherwise what was accepted,
 *       or ""
 *
 * Context: process; sleeps.
 * Return: 0, also if it is sealed already; -EPERM if shield would be sealed in
 * a state in which it does not protect; -EEXIST for unsigned code that is not
 * accepted; -EOPNOTSUPP if a hook cannot be armed; -ENOMEM.
 */
int shield_seal(bool accept, char *why);

/**
 * shield_seal_locked() - seal the policy that the caller has put in force
 * @accept: as shield_seal()
 * @why: as shield_seal()
 *
 * Context: process; sleeps; shield_policy_mutex is held.
 * Return: as shield_seal().
 */
int shield_seal_locked(bool accept, char *why);

#endif
