// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which files tasks have.
 */
#include "subject/files.h"

#include <linux/fdtable.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/sched/mm.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>

#include "compat/task.h"

/* Tasks that may come between counting and taking them. */
#define MORE_TASKS 256

/* Descriptors looked at before others may have the locks. */
#define BATCH 1024

/* A thread mostly shares what its process has. */
static bool is_worth(const struct task_struct *process,
		     const struct task_struct *thread)
{
	return thread == process ||
	       READ_ONCE(thread->files) != READ_ONCE(process->files);
}

static unsigned int count(void)
{
	struct task_struct *process, *thread;
	unsigned int nr = 0;

	rcu_read_lock();
	shield_for_each_thread(process, thread)
		nr += is_worth(process, thread);
	rcu_read_unlock();
	return nr;
}

static void take(struct shield_tasks *tasks, unsigned int most)
{
	struct task_struct *process, *thread;

	rcu_read_lock();
	shield_for_each_thread(process, thread)
		if (is_worth(process, thread) && tasks->nr < most)
			tasks->all[tasks->nr++] = get_task_struct(thread);
	rcu_read_unlock();
}

int shield_tasks_get(struct shield_tasks *tasks)
{
	unsigned int most = count() + MORE_TASKS;

	tasks->nr = 0;
	tasks->all = kvmalloc_array(most, sizeof(*tasks->all), GFP_KERNEL);
	if (!tasks->all)
		return -ENOMEM;
	take(tasks, most);
	return 0;
}

void shield_tasks_put(struct shield_tasks *tasks)
{
	while (tasks->nr)
		put_task_struct(tasks->all[--tasks->nr]);
	kvfree(tasks->all);
}

/**
 * struct visit - the descriptors of one task
 * @visitor: who wants to know
 * @task: task
 * @left: descriptors until the locks are given back
 */
struct visit {
	const struct shield_visitor *visitor;
	struct task_struct *task;
	unsigned int left;
};

static int visit_descriptor(const void *context, struct file *file,
			    unsigned int fd)
{
	struct visit *visit = (struct visit *)context;

	visit->visitor->descriptor(visit->visitor->context, visit->task, file,
				   fd);
	return --visit->left ? 0 : fd + 1;
}

static void visit_descriptors(struct task_struct *task,
			      const struct shield_visitor *visitor)
{
	struct visit visit = { .visitor = visitor, .task = task };
	unsigned int next = 0;

	do {
		visit.left = BATCH;
		task_lock(task);
		next = iterate_fd(task->files, next, visit_descriptor, &visit);
		task_unlock(task);
		cond_resched();
	} while (next);
}

void shield_tasks_descriptors(const struct shield_tasks *tasks,
			      const struct shield_visitor *visitor)
{
	unsigned int i;

	for (i = 0; i < tasks->nr; i++)
		visit_descriptors(tasks->all[i], visitor);
}

static void visit_areas(struct task_struct *task, struct mm_struct *mm,
			const struct shield_visitor *visitor)
{
	struct vm_area_struct *area;

	for (area = find_vma(mm, 0); area; area = find_vma(mm, area->vm_end))
		if (area->vm_file)
			visitor->mapping(visitor->context, task, area);
}

static bool visit_mappings(struct task_struct *task,
			   const struct shield_visitor *visitor)
{
	struct mm_struct *mm = get_task_mm(task);
	bool is_free;

	if (!mm)
		return true;
	is_free = mmap_read_trylock(mm);
	if (is_free) {
		visit_areas(task, mm, visitor);
		mmap_read_unlock(mm);
	}
	mmput(mm);
	return is_free;
}

bool shield_tasks_mappings(const struct shield_tasks *tasks,
			   const struct shield_visitor *visitor)
{
	bool all = true;
	unsigned int i;

	for (i = 0; i < tasks->nr; i++) {
		all &= visit_mappings(tasks->all[i], visitor);
		cond_resched();
	}
	return all;
}
