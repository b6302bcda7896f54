/* SPDX-License-Identifier: GPL-2.0-only */
/* What the tests on earlier descriptors and mappings share. */
#ifndef SHIELD_SELFTESTS_EARLIER_H
#define SHIELD_SELFTESTS_EARLIER_H

#include <stdbool.h>
#include <sys/types.h>

#include "site.h"

#define PROTECT "protect %s/victim deny modify except trusted"

/* A second for the worker to look, and time for a busy machine. */
#define PATIENCE_MS 8000

/* A new site as working directory, with nothing protected; and back. */
void fresh(enum site_fs fs, enum site_victim victim);
void leave(void);

/* The working directory; malloc()ed. */
char *here(void);

/* 0, or errno if the result says so. */
int errno_of(ssize_t result);

/* Writes by a descriptor: 0, or errno. */
int attack(int fd);

/* For util_becomes(). */
bool is_let_go(void *unused);
bool are_hooks(void *armed);
bool is_denied(void *fd);

/* A child that has called @hold and sleeps; nothing of it is left after stop(). */
pid_t start(void (*hold)(void *context), void *context);
void stop(pid_t pid);

#endif
