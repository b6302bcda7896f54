/* SPDX-License-Identifier: GPL-2.0-only */
/* The administrator's own rules, kept in a file for `--permanent`. */
#ifndef SHIELDCTL_LOCAL_H
#define SHIELDCTL_LOCAL_H

#include "text.h"

/**
 * local_path() - where they are
 *
 * Return: the file's path.
 */
const char *local_path(void);

/**
 * local_read() - read them
 * @text: appended to; a file that does not exist reads as a policy without
 *        rules
 *
 * Return: 0, or a negative errno after saying on stderr what failed.
 */
int local_read(struct text *text);

/**
 * local_write() - replace them, all or nothing
 * @text: the file's new contents
 *
 * Return: 0, or a negative errno after saying on stderr what failed.
 */
int local_write(const struct text *text);

#endif
