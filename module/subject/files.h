/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which files tasks have: descriptors and mappings.
 *
 * What is found by looking at every task is never all: files lie in sockets
 * and rings on their way from one to another, and move while they are looked
 * for. So this finds names for a report; how many writers a file has is asked
 * elsewhere.
 */
#ifndef SHIELD_SUBJECT_FILES_H
#define SHIELD_SUBJECT_FILES_H

#include <linux/types.h>

struct file;
struct task_struct;
struct vm_area_struct;

/**
 * struct shield_tasks - all tasks that have descriptors or memory of their own
 * @nr: elements of @all
 * @all: a reference on each
 */
struct shield_tasks {
	unsigned int nr;
	struct task_struct **all;
};

/**
 * struct shield_visitor - who wants to know about files
 * @descriptor: one descriptor of a task, which is locked; must not sleep
 * @mapping: one mapping of a file; must not sleep
 * @context: handed to both
 */
struct shield_visitor {
	void (*descriptor)(void *context, struct task_struct *task,
			   struct file *file, unsigned int fd);
	void (*mapping)(void *context, struct task_struct *task,
			const struct vm_area_struct *area);
	void *context;
};

/**
 * shield_tasks_get() - take all tasks there are now
 * @tasks: result, for shield_tasks_put()
 *
 * Context: process; sleeps.
 * Return: 0, or -ENOMEM.
 */
int shield_tasks_get(struct shield_tasks *tasks);

/**
 * shield_tasks_put() - let them go
 * @tasks: tasks
 *
 * Context: process; sleeps.
 */
void shield_tasks_put(struct shield_tasks *tasks);

/**
 * shield_tasks_descriptors() - visit every descriptor
 * @tasks: tasks
 * @visitor: visitor
 *
 * Context: process; sleeps.
 */
void shield_tasks_descriptors(const struct shield_tasks *tasks,
			      const struct shield_visitor *visitor);

/**
 * shield_tasks_mappings() - visit every mapping of a file
 * @tasks: tasks
 * @visitor: visitor
 *
 * Does not wait for a task that is changing its memory: whoever makes that
 * last must not keep others waiting.
 *
 * Context: process; sleeps.
 * Return: false if a task could not be looked at.
 */
bool shield_tasks_mappings(const struct shield_tasks *tasks,
			   const struct shield_visitor *visitor);

#endif
