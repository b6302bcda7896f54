/* SPDX-License-Identifier: GPL-2.0-only */
/* The directories that hold a machine's policy files. */
#ifndef SHIELDCTL_DIRECTORIES_H
#define SHIELDCTL_DIRECTORIES_H

#include <stddef.h>

/**
 * directories_list() - policy files of the machine, in the order of their names
 * @paths: set to an array of paths
 *
 * /usr/lib/shield/policy.d, /run/shield/policy.d and /etc/shield/policy.d,
 * where a file of a later directory stands in place of one of the same name,
 * and an empty one, or a link to /dev/null, in place of nothing. As systemd
 * does with its own.
 *
 * Return: number of files.
 */
size_t directories_list(char ***paths);

/**
 * directories_shipped() - policy files that came with shield
 * @paths: set to an array of paths
 *
 * Of /usr/lib/shield/policy.d alone.
 *
 * Return: number of files.
 */
size_t directories_shipped(char ***paths);

/**
 * directories_free() - free what a list was given as
 * @paths: array
 * @nr: number of files
 */
void directories_free(char **paths, size_t nr);

#endif
