/* SPDX-License-Identifier: GPL-2.0-only */
/* Stopping who maps a file that a policy is to protect. */
#ifndef SHIELDCTL_EVICT_H
#define SHIELDCTL_EVICT_H

#include "kernel.h"
#include "text.h"

/**
 * evict_holders() - kill each process for which the kernel refuses a policy
 * @text: the policy
 * @answer: what the kernel said to it; afterwards what it said last
 *
 * Each is told on stderr before.
 */
void evict_holders(const struct text *text, struct kernel_answer *answer);

#endif
