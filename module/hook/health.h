/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Do armed hooks act?
 */
#ifndef SHIELD_HOOK_HEALTH_H
#define SHIELD_HOOK_HEALTH_H

#include <linux/types.h>

/* Of struct shield_health, its age. */
#define SHIELD_HEALTH_LATE "not checked for %lld s: the policy lock is held"

/**
 * struct shield_health - what the last check has found
 * @symbol: function whose hook is dead, or "ftrace"; NULL if all is well
 * @what: the matter with it
 * @age: seconds since the check, without those in which the machine slept
 * @is_late: it should have been repeated long since: nobody knows
 */
struct shield_health {
	const char *symbol;
	const char *what;
	s64 age;
	bool is_late;
};

/**
 * shield_health_check() - look at every armed hook now
 *
 * Description: News are an event, and with the parameter panic a panic.
 *
 * Context: process; sleeps; shield_policy_mutex is held.
 * Return: true if all act.
 */
bool shield_health_check(void);

/**
 * shield_health_read() - what the last check has found
 * @health: result
 *
 * Context: any.
 */
void shield_health_read(struct shield_health *health);

/**
 * shield_health_init() - begin to look every now and then
 *
 * Context: process; sleeps.
 * Return: 0, or the error of making a file to try hooks on.
 */
int shield_health_init(void);

/**
 * shield_health_exit() - look no more
 *
 * Context: process; sleeps.
 */
void shield_health_exit(void);

#endif
