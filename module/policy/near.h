/* SPDX-License-Identifier: GPL-2.0-only */
/* "Did you mean …" for the messages of the parser. */
#ifndef SHIELD_POLICY_NEAR_H
#define SHIELD_POLICY_NEAR_H

#include "pure.h"

/**
 * shield_near_is() - may a word be a misspelling of a name
 * @word: not NUL-terminated
 * @len: its bytes
 * @name: what may have been meant
 *
 * Return: true if at most two bytes (one, of a word up to three) were
 * inserted, left out or exchanged.
 */
bool shield_near_is(const char *word, size_t len, const char *name);

#endif
