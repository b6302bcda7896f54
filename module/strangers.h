/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Other code in the kernel that could undo what a seal promises.
 */
#ifndef SHIELD_STRANGERS_H
#define SHIELD_STRANGERS_H

#include <linux/types.h>

/**
 * shield_strangers_list() - modules that nobody has signed, and livepatches
 * @text: result, names with the reason and with commas; "" if there is none
 * @size: bytes of @text
 *
 * Context: process.
 */
void shield_strangers_list(char *text, size_t size);

#endif
