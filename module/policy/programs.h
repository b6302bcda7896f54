/* SPDX-License-Identifier: GPL-2.0-only */
/* Programs that no policy may trust, and why. */
#ifndef SHIELD_POLICY_PROGRAMS_H
#define SHIELD_POLICY_PROGRAMS_H

#include "pure.h"

/**
 * shield_program_refusal() - may this file be named in a `program` line
 * @basename: last component of its path, NUL-terminated
 *
 * To be asked for the path of the line and, where symbolic links are
 * followed, again for the file they lead to: /usr/bin/awk is mawk.
 *
 * Return: NULL if it may, otherwise the reason as a clause that follows
 * "NAME is refused: ".
 */
const char *shield_program_refusal(const char *basename);

#endif
