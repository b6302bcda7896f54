/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which trusted program a task runs.
 *
 * A tag is given by exec, copied by fork, lost by the next exec and by the end
 * of the task. It is looked up only when something protected is touched.
 */
#ifndef SHIELD_SUBJECT_TAG_H
#define SHIELD_SUBJECT_TAG_H

#include <linux/compiler.h>
#include <linux/types.h>

struct task_struct;

/**
 * struct shield_subject - what a task is trusted as
 * @program: its program, or SHIELD_NO_PROGRAM
 * @confined: it runs outside init's root or mount namespace, or under a
 *            seccomp filter: only groups with `namespace any` trust it
 * @strict: the policy calls the program strict, and all that it has mapped to
 *          execute was judged since it was executed
 * @window: the maintenance window in which it was executed, 0 if none that
 *          names its program
 * @adoption: the adoption to which it owes that, 0 if to an exec
 */
struct shield_subject {
	u16 program;
	bool confined;
	bool strict;
	u32 window;
	u32 adoption;
};

/* Tags that exist; written under their lock. */
extern unsigned int shield_tag_count;

/**
 * shield_tag_any() - is any task trusted at all?
 *
 * Description: what a fork and an exit usually cost.
 *
 * Return: false if shield_tag_set() has nothing to take away.
 */
static __always_inline bool shield_tag_any(void)
{
	return READ_ONCE(shield_tag_count);
}

/**
 * shield_tag_read() - what a task is trusted as
 * @task: the current task, or one that the caller keeps from being freed
 *
 * Context: any but NMI, under RCU; does not sleep.
 * Return: the subject; its program is SHIELD_NO_PROGRAM for any other task.
 */
struct shield_subject shield_tag_read(const struct task_struct *task);

/**
 * shield_tag_set() - a task has begun to run a program
 * @task: task
 * @subject: what it is trusted as from now on; SHIELD_NO_PROGRAM takes all
 *           trust away
 *
 * Context: any but NMI; does not sleep. The policy in force or @task's creator
 * has a reference on the program.
 * Return: 0; -ENOMEM if the pool is empty, in which case it is not trusted.
 */
int shield_tag_set(const struct task_struct *task,
		   const struct shield_subject *subject);

/**
 * shield_tag_inherit() - the current task forks
 * @child: task that is as trusted as the current one from now on
 *
 * Description: Not if there is no memory for that. In one step with respect to
 * shield_tag_revoke(), so that it either comes too late or is revoked, too.
 *
 * Context: any but NMI; does not sleep.
 */
void shield_tag_inherit(const struct task_struct *child);

/**
 * shield_tag_revoke() - an adoption has come to nothing
 * @adoption: its number, not 0
 *
 * Description: Whoever was given trust by it has none, nor who was forked since.
 *
 * Context: process; does not sleep.
 */
void shield_tag_revoke(u32 adoption);

/**
 * shield_tag_relax() - a policy calls fewer programs strict
 * @is_strict: does it call this one so?
 * @context: handed to it
 *
 * Description: What such a task maps from now on is not judged, so a later
 * policy must not take it for strict.
 *
 * Context: process; does not sleep. Every exec under an earlier policy is done.
 */
void shield_tag_relax(bool (*is_strict)(const void *context,
					const struct shield_subject *subject),
		      const void *context);

/**
 * shield_tag_init() - fill the pool of tags
 *
 * Context: process; sleeps.
 * Return: 0, or -ENOMEM.
 */
int shield_tag_init(void);

/**
 * shield_tag_drop_all() - no task is trusted any more
 *
 * Context: process. The hooks that give tags are disarmed.
 */
void shield_tag_drop_all(void);

/**
 * shield_tag_exit() - free all tags and the pool
 *
 * Context: process; sleeps. No hook is armed any more.
 */
void shield_tag_exit(void);

#endif
