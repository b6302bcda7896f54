/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What happened, told to whoever listens.
 *
 * A hook fills in a happening and is done: counted, traced, and put into a
 * ring. A worker tells the kernel log, as often as the rate limit lets it.
 */
#ifndef SHIELD_EVENT_EVENT_H
#define SHIELD_EVENT_EVENT_H

#include <linux/types.h>

struct super_block;

/**
 * enum shield_outcome - what became of a request
 * @SHIELD_ALLOWED: a rule concerned the object and let it pass; told only with
 *                  the parameter debug
 * @SHIELD_WATCHED: let pass, and a rule wants it told
 * @SHIELD_WOULD_DENY: denied but for the parameter enforce
 * @SHIELD_DENIED: denied
 * @SHIELD_NR_OUTCOMES: number of outcomes
 */
enum shield_outcome {
	SHIELD_ALLOWED,
	SHIELD_WATCHED,
	SHIELD_WOULD_DENY,
	SHIELD_DENIED,
	SHIELD_NR_OUTCOMES,
};

/**
 * struct shield_happening - what a hook knows
 * @outcome: what became of it
 * @rights: rights that decided, mask of enum shield_right
 * @hook: name of the hooked function; a constant of the module
 * @rule: path of the rule that decided
 * @line: its line in the policy, or 0
 * @generation: the policy
 * @sb: file system of the object; NULL if the object is a running program
 * @ino: its inode number; 0 if it does not exist
 * @name: name it was reached by, "" if that was not looked at
 */
struct shield_happening {
	enum shield_outcome outcome;
	u16 rights;
	const char *hook;
	const char *rule;
	u32 line;
	u64 generation;
	const struct super_block *sb;
	u64 ino;
	const char *name;
};

/**
 * shield_event_happened() - count, trace and queue a happening
 * @happening: borrowed; copied where needed
 *
 * Context: any but NMI; preemption off; does not sleep or allocate.
 */
void shield_event_happened(const struct shield_happening *happening);

/**
 * shield_event_count() - how often an outcome happened since loading
 * @outcome: which
 *
 * Return: exact count.
 */
u64 shield_event_count(enum shield_outcome outcome);

/**
 * shield_event_outcome_name() - how texts call an outcome
 * @outcome: which
 *
 * Return: for example "denied".
 */
const char *shield_event_outcome_name(enum shield_outcome outcome);

/**
 * shield_event_init() - make ring and rate limits
 *
 * Context: process; sleeps.
 * Return: 0, or -ENOMEM.
 */
int shield_event_init(void);

/**
 * shield_event_exit() - tell what is queued, then free all
 *
 * Context: process; sleeps. No hook is armed any more.
 */
void shield_event_exit(void);

#endif
