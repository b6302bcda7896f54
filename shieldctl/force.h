/* SPDX-License-Identifier: GPL-2.0-only */
/* Policy files into force. */
#ifndef SHIELDCTL_FORCE_H
#define SHIELDCTL_FORCE_H

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
 * force_shipped() - put in force what came with shield, and nothing local
 * @wishes: how
 *
 * Return: exit status.
 */
int force_shipped(const struct apply_wishes *wishes);

#endif
