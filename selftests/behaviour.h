/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the calls of the program behaviour share.
 */
#ifndef SHIELD_SELFTESTS_BEHAVIOUR_H
#define SHIELD_SELFTESTS_BEHAVIOUR_H

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

/* A number from 0 to @below - 1, the next that the seed has in store. */
unsigned int pick(unsigned int below);

/* A path below the working directory, which may lead to something. */
const char *name(void);

/* A descriptor, or -1. */
int slot(void);

/* Print what a call has answered, with errno if it is negative. */
void result(const char *call, long value);

/* Calls on what is in files. */
void call_read(void);
void call_write(void);
void call_map(void);
void call_copy(void);
void call_size(void);

#endif
