/* SPDX-License-Identifier: GPL-2.0-only */
/* Giving a policy to the kernel and telling how that went. */
#ifndef SHIELDCTL_APPLY_H
#define SHIELDCTL_APPLY_H

#include "policy.h"

/**
 * apply_policy() - put a policy in force, and say so or why not
 * @policy: joined text, well formed
 * @is_json: write the outcome as JSON
 * @evict: kill processes because of which it would be refused
 *
 * Return: exit status.
 */
int apply_policy(const struct policy *policy, bool is_json, bool evict);

/**
 * apply_write_in_force() - one line about what is in force now
 *
 * Printed to the standard output, from the kernel's own status.
 */
void apply_write_in_force(void);

#endif
