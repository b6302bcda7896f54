/* SPDX-License-Identifier: GPL-2.0-only */
/* Giving a policy to the kernel and telling how that went. */
#ifndef SHIELDCTL_APPLY_H
#define SHIELDCTL_APPLY_H

#include "policy.h"

/**
 * struct apply_wishes - how to put it in force
 * @is_json: write the outcome as JSON
 * @evict: kill processes because of which it would be refused
 * @before_mounts: what is not signed is to let file systems be mounted
 * @confirm: seconds that it waits for its confirmation; 0 if it stays
 */
struct apply_wishes {
	bool is_json;
	bool evict;
	bool before_mounts;
	unsigned int confirm;
};

/**
 * apply_policy() - put a policy in force, and say so or why not
 * @policy: joined text, well formed
 * @wishes: how
 *
 * Return: exit status.
 */
int apply_policy(const struct policy *policy,
		 const struct apply_wishes *wishes);

/**
 * apply_write_in_force() - one line about what is in force now
 *
 * Printed to the standard output, from the kernel's own status.
 */
void apply_write_in_force(void);

#endif
