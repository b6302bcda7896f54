/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The policy that is in force right after `modprobe shield`.
 */
#ifndef SHIELD_POLICY_BUILTIN_H
#define SHIELD_POLICY_BUILTIN_H

extern const char shield_policy_builtin[];

#endif
