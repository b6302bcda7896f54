/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The file `events`.
 */
#ifndef SHIELD_FS_EVENTS_H
#define SHIELD_FS_EVENTS_H

/**
 * shield_fs_events_exit() - bring every open `events` to its end
 *
 * Description: Returns when no code of ours runs for a reader, nor ever will.
 *
 * Context: process; sleeps. The file cannot be opened any more.
 */
void shield_fs_events_exit(void);

#endif
