/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * May a text become the policy? Who signed it, what for, and is it newer?
 */
#ifndef SHIELD_ADMIT_H
#define SHIELD_ADMIT_H

#include <linux/types.h>

#include "policy/envelope.h"

/**
 * shield_admit_verify() - verify the signature of a policy, if it has one
 * @envelope: opened
 * @by: set to who signed it, for shield_admit()
 * @error: filled in if it does not count
 *
 * Description: Verifying can take any time: see shield_signature_read(). Nobody
 * else shall wait for that.
 *
 * Context: process; sleeps; shield_policy_mutex is not held.
 * Return: 0, also if it is not signed; -ENOKEY, -EKEYREJECTED for a signature
 * that does not count; -ENOMEM.
 */
int shield_admit_verify(const struct shield_envelope *envelope, u64 *by,
			struct shield_error *error);

/**
 * shield_admit() - may what is in an envelope become the policy?
 * @envelope: verified
 * @by: who signed it
 * @error: filled in if not
 *
 * Without a seal what is not signed is admitted; what is signed must be signed
 * rightly in any case.
 *
 * Context: process; shield_policy_mutex is held.
 * Return: 0; -EPERM if shield is sealed and it is not signed; -ENOKEY if who
 * signed it does not count any more; -ESTALE for an older version.
 */
int shield_admit(const struct shield_envelope *envelope, u64 by,
		 struct shield_error *error);

/**
 * shield_admit_done() - it is the policy now, for good
 * @version: what its signature says; 0 if it is not signed
 *
 * Context: process; shield_policy_mutex is held.
 */
void shield_admit_done(u64 version);

/**
 * shield_admit_version() - the newest signed version since the module came
 *
 * Context: any.
 * Return: the version, 0 if there was none.
 */
u64 shield_admit_version(void);

#endif
