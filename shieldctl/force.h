/* SPDX-License-Identifier: GPL-2.0-only */
/* Policy files into force. */
#ifndef SHIELDCTL_FORCE_H
#define SHIELDCTL_FORCE_H

#include <stdbool.h>
#include <stddef.h>

#include "apply.h"

/**
 * force_files() - put files in force, joined to one policy
 * @paths: files, "-" being the standard input
 * @nr: number of files
 * @wishes: how
 *
 * Loads the module first if it is not there.
 *
 * Return: exit status.
 */
int force_files(char **paths, size_t nr, const struct apply_wishes *wishes);

/**
 * force_standard() - put the machine's own policy in force
 * @wishes: how
 *
 * The signed manifest if there is one, else the files of all directories.
 *
 * Return: exit status.
 */
int force_standard(const struct apply_wishes *wishes);

/**
 * force_at_boot() - put in force what a boot brings
 * @wishes: how
 *
 * As force_standard(), and if that is refused, what came with shield and
 * nothing local: protected by less than was wished is better than not at all.
 *
 * Return: exit status, also of the refusal.
 */
int force_at_boot(const struct apply_wishes *wishes);

/**
 * force_early() - put in force what a boot brings before file systems are mounted
 * @any: result: whether a policy came into force, be it that one or less
 *
 * As force_at_boot(), but lets file systems be mounted. To a signed manifest
 * nothing can be added, so where there is one it is what came with shield.
 *
 * Return: exit status, also of the refusal.
 */
int force_early(bool *any);

#endif
