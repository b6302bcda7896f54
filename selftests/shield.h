/* SPDX-License-Identifier: GPL-2.0-only */
/* The module under test: loading it, its policy and its status. */
#ifndef SHIELD_SELFTESTS_SHIELD_H
#define SHIELD_SELFTESTS_SHIELD_H

#include <stdbool.h>
#include <stddef.h>

#define SHIELD_POLICY "/sys/kernel/security/shield/policy"
#define SHIELD_STATUS "/sys/kernel/security/shield/status"
#define SHIELD_PARAMETERS "/sys/module/shield/parameters/"

/* Both leave the test when they cannot. */
void shield_insert(const char *parameters);
void shield_remove(void);

/*
 * Writes one policy and reads what comes of it into @answer, which is empty if
 * nothing is to be said. Returns 0 or -errno.
 */
int shield_write(const char *text, size_t size, char *answer, size_t room);

/*
 * Loads a policy that trusts the program `trusted`, keeps every hook armed by
 * protecting the file `anchor`, and has the rules given. The module is inserted
 * if it is not. Leaves the test when it cannot.
 */
void __attribute__((format(printf, 1, 2))) shield_rules(const char *rules, ...);

/* The same with no rules but that of the anchor. */
void shield_no_rules(void);

/* One number of the status; -1 if it is not there. */
long long shield_status(const char *key);

/* Polls until the settle worker has had its time. */
void shield_settled(void);

#endif
