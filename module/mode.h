/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Are denials carried out? Whoever changes that is told.
 */
#ifndef SHIELD_MODE_H
#define SHIELD_MODE_H

/**
 * shield_mode_init() - tell how shield starts, and each change from now on
 *
 * Context: process; sleeps.
 */
void shield_mode_init(void);

/**
 * shield_mode_exit() - tell no more
 *
 * Context: process; sleeps. Nobody is told any more when this returns.
 */
void shield_mode_exit(void);

#endif
