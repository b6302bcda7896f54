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

struct dentry;
struct super_block;
struct task_struct;

/**
 * enum shield_kind - what an event is about
 * @SHIELD_ALLOWED: a rule concerned the object and let it pass; told only with
 *                  the parameter debug
 * @SHIELD_WATCHED: let pass, and a rule wants it told
 * @SHIELD_WOULD_DENY: denied but for the parameter enforce
 * @SHIELD_DENIED: denied
 * @SHIELD_POLICY: a policy came into force, waits for its confirmation, has it
 *                 or was taken back; the last one went; a running
 *                 program was adopted; or `enforce` was changed
 * @SHIELD_SEAL: sealed, or tried to be unsealed
 * @SHIELD_WINDOW: a maintenance window was opened, closed or refused; or, with
 *                 rights, what it alone permitted
 * @SHIELD_HOLDER: somebody holds an object since before it was protected
 * @SHIELD_HEALTH: a hook was found not to work, or to work again
 * @SHIELD_SUPPRESSED: a window of the rate limit closed; says how many events
 *                     it kept back. Made here, by nobody else
 * @SHIELD_NR_KINDS: number of kinds
 *
 * The first four are verdicts, in the order of their weight.
 */
enum shield_kind {
	SHIELD_ALLOWED,
	SHIELD_WATCHED,
	SHIELD_WOULD_DENY,
	SHIELD_DENIED,
	SHIELD_POLICY,
	SHIELD_SEAL,
	SHIELD_WINDOW,
	SHIELD_HOLDER,
	SHIELD_HEALTH,
	SHIELD_SUPPRESSED,
	SHIELD_NR_KINDS,
};

/**
 * struct shield_happening - what is known where it happens
 * @kind: what it is about
 * @rights: rights that decided, mask of enum shield_right; 0 if none did
 * @hook: name of the hooked function or of the part of shield that tells; a
 *        constant of the module
 * @rule: path of the rule that decided; "" if none did
 * @line: its line in the policy, or 0
 * @generation: the policy
 * @sb: file system of the object; NULL if the object is no file
 * @ino: its inode number; 0 if it does not exist
 * @dentry: name it was reached by; NULL if it has none. Held by the caller
 * @task: whose doing it is; NULL for the current task. The caller keeps it
 *        from being freed
 * @note: a few words more; NULL for none
 */
struct shield_happening {
	enum shield_kind kind;
	u16 rights;
	const char *hook;
	const char *rule;
	u32 line;
	u64 generation;
	const struct super_block *sb;
	u64 ino;
	const struct dentry *dentry;
	struct task_struct *task;
	const char *note;
};

/**
 * shield_event_happened() - count, trace and queue a happening
 * @happening: borrowed; copied where needed
 *
 * Context: a task; does not sleep or allocate.
 */
void shield_event_happened(const struct shield_happening *happening);

/**
 * shield_event_count() - how often a kind of event happened since loading
 * @kind: which
 *
 * Return: exact count.
 */
u64 shield_event_count(enum shield_kind kind);

/**
 * shield_event_kind_name() - how the kernel log calls a kind of event
 * @kind: which
 *
 * Return: for example "denied".
 */
const char *shield_event_kind_name(enum shield_kind kind);

/**
 * shield_event_init() - make ring, windows, counters and history
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
