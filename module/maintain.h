/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Maintenance windows: for some hours, once, and by a signed token, programs
 * are trusted that the policy names for it.
 */
#ifndef SHIELD_MAINTAIN_H
#define SHIELD_MAINTAIN_H

#include <linux/types.h>

/* Room for what is said about a window. */
#define SHIELD_MAINTAIN_TEXT 512

/**
 * shield_maintain_init() - make the name of this time of the module's life
 *
 * Context: process.
 */
void shield_maintain_init(void);

/**
 * shield_maintain_exit() - close what is open
 *
 * Context: process; sleeps; shield_policy_mutex is not held. Nobody opens
 * another window.
 */
void shield_maintain_exit(void);

/**
 * shield_maintain_open() - open a window
 * @token: text of a token
 * @len: its bytes
 * @why: SHIELD_MAINTAIN_TEXT bytes; on error the reason
 *
 * Context: process, which sees init's files; sleeps.
 * Return: 0; -ENOKEY, -EKEYREJECTED for a signature that does not count; -EINVAL
 * for what is no token; -ESTALE for one of another machine or boot, or one that
 * was used; -EBUSY while a window is open; -EOPNOTSUPP if the policy has not got
 * what it names; -ENOMEM.
 */
int shield_maintain_open(const char *token, size_t len, char *why);

/**
 * shield_maintain_close() - close the window
 *
 * Context: process; sleeps.
 * Return: 0, or -ENOENT if none is open.
 */
int shield_maintain_close(void);

/**
 * shield_maintain_show() - what a token must name, and which window is open
 * @text: SHIELD_MAINTAIN_TEXT bytes; lines of "key: value"
 *
 * Context: process, which sees init's files; sleeps.
 */
void shield_maintain_show(char *text);

#endif
