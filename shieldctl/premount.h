/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The form of a policy for the time before file systems are mounted.
 *
 * Who is denied anything with a file may not mount over a directory above it
 * either. At boot that would keep everybody from mounting /var, on which it lies.
 */
#ifndef SHIELDCTL_PREMOUNT_H
#define SHIELDCTL_PREMOUNT_H

#include "policy.h"

/**
 * premount_form() - let what mounts file systems at boot do so
 * @policy: parsed; its text is replaced, and its tree is no more
 *
 * A rule that has no room for that is left out; a policy that has none stays.
 */
void premount_form(struct policy *policy);

#endif
