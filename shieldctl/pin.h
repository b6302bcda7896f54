/* SPDX-License-Identifier: GPL-2.0-only */
/* The certificates that this machine's modules must be signed with. */
#ifndef SHIELDCTL_PIN_H
#define SHIELDCTL_PIN_H

#include <stdbool.h>

#include "certificate.h"

/**
 * pin_read() - read those that are pinned
 * @set: grows; nothing pinned is no error
 *
 * Return: 0, or a negative errno after saying on stderr what failed.
 */
int pin_read(struct certificates *set);

/**
 * pin_holds() - is it one of them?
 * @set: as pin_read() left it
 * @certificate: which
 *
 * Return: whether it is.
 */
bool pin_holds(const struct certificates *set, const X509 *certificate);

/**
 * pin_write() - pin these and no others, all or nothing
 * @set: which
 *
 * Return: 0, or a negative errno after saying on stderr what failed.
 */
int pin_write(const struct certificates *set);

#endif
