/* SPDX-License-Identifier: GPL-2.0-only */
/* The kernel's status file, lines of "key: value". */
#ifndef SHIELDCTL_FACTS_H
#define SHIELDCTL_FACTS_H

#include <stdbool.h>
#include <stddef.h>

#include "text.h"

/**
 * struct fact - one line
 * @key: before the colon
 * @value: behind it, without the blank
 */
struct fact {
	const char *key;
	const char *value;
};

/**
 * struct facts - the status at one moment
 * @text: what @lines point into
 * @lines: in the kernel's order
 * @nr: elements of @lines
 */
struct facts {
	struct text text;
	struct fact lines[64];
	size_t nr;
};

/**
 * facts_read() - read the status
 * @facts: zeroed
 *
 * Return: 0, or a negative errno after saying on stderr what failed.
 */
int facts_read(struct facts *facts);

/**
 * facts_get() - value of a key
 * @facts: status
 * @key: for example "generation"
 *
 * Return: the value, "unknown" if the kernel did not say.
 */
const char *facts_get(const struct facts *facts, const char *key);

/**
 * facts_is() - has a key this value?
 * @facts: status
 * @key: for example "enforce"
 * @value: "unknown" is that of what the kernel did not say
 *
 * Return: true if so.
 */
bool facts_is(const struct facts *facts, const char *key, const char *value);

/**
 * facts_healthy() - do all hooks act, as far as the kernel says?
 * @facts: status
 *
 * Return: true also if it says nothing, as a module older than we are.
 */
bool facts_healthy(const struct facts *facts);

/**
 * facts_number() - value of a key that is a number
 * @facts: status
 * @key: for example "generation"
 *
 * Return: the number, 0 if there is none.
 */
unsigned long long facts_number(const struct facts *facts, const char *key);

/**
 * facts_free() - give the status back
 * @facts: empty afterwards
 */
void facts_free(struct facts *facts);

#endif
