// SPDX-License-Identifier: GPL-2.0-only
/*
 * Trust for programs that ran before anybody judged their exec.
 *
 * Which program a process runs, exe_file tells, and whoever was root before may
 * have set it. So this trusts the time before the policy, which the policy says
 * by a line of its own; what can be seen to be wrong is not adopted.
 */
#include "adopt.h"

#include <linux/delay.h>
#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/sched/mm.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/seq_file.h>
#include <linux/slab.h>

#include "compat/task.h"
#include "decide.h"
#include "decide_code.h"
#include "event/event.h"
#include "subject/files.h"
#include "subject/home.h"
#include "subject/tag.h"

/* How long a process that is changing its memory is waited for. */
#define TRIES 50
#define NAP_MS 2

/* Threads that come while the others get their tags. */
#define ROUNDS 4

/* Those that the status names. */
#define SHOWN 16

/* Protects: adopted, nr_adopted. Innermost. */
static DEFINE_MUTEX(adopted_lock);
static struct {
	pid_t pid;
	char path[128];
} adopted[SHOWN];
static unsigned int nr_adopted;

/**
 * struct adoption - one process that may be adopted
 * @policy: policy
 * @leader: its first thread; a reference
 * @mm: its memory; a reference
 * @subject: what it would be
 */
struct adoption {
	struct shield_policy *policy;
	struct task_struct *leader;
	struct mm_struct *mm;
	struct shield_subject subject;
};

/*
 * Looked at as an event does, which finds nobody's file while it changes. Since
 * 6.12 the kernel gives the memory of a file to the next one at once, which then
 * has no inode yet.
 */
static u16 find_program(const struct shield_policy *policy,
			const struct mm_struct *mm)
{
	const struct dentry *dentry = NULL;
	const struct inode *inode = NULL;
	const struct file *file;
	u16 program = SHIELD_NO_PROGRAM;

	preempt_disable();
	file = rcu_dereference_sched(mm->exe_file);
	if (file) {
		inode = READ_ONCE(file->f_inode);
		dentry = READ_ONCE(file->f_path.dentry);
	}
	if (inode && dentry)
		program = shield_decide_program(policy, inode, dentry);
	preempt_enable();
	return program;
}

static const char *path_of(const struct adoption *adoption)
{
	return shield_decide_path(adoption->policy, adoption->subject.program);
}

/* What each thread is asked, and whoever is none of them and shares with them. */
static const char *check_thread(const struct adoption *adoption,
				const struct task_struct *thread)
{
	const struct task_struct *leader = adoption->leader;

	if (thread->flags & PF_EXITING)
		return NULL;
	if (thread->signal == leader->signal) {
		if (READ_ONCE(thread->ptrace))
			return "it is traced";
		return thread->fs == leader->fs ?
			       NULL :
			       "a thread has a root of its own";
	}
	if (thread->mm == adoption->mm)
		return "another process shares its memory";
	if (thread->fs == leader->fs)
		return "another process shares its root and working directory";
	if (thread->files == leader->files)
		return "another process shares its descriptors";
	return NULL;
}

static const char *check_threads(const struct adoption *adoption)
{
	struct task_struct *process, *thread;
	const char *why = NULL;

	rcu_read_lock();
	shield_for_each_thread(process, thread)
		why = why ?: check_thread(adoption, thread);
	rcu_read_unlock();
	return why;
}

static bool is_confined(struct task_struct *leader)
{
	struct task_struct *thread;
	bool confined = false;

	rcu_read_lock();
	list_for_each_entry_rcu(thread, &leader->signal->thread_head,
				thread_node)
		confined |= thread->seccomp.mode;
	rcu_read_unlock();
	task_lock(leader);
	confined |= !shield_home_has(leader);
	task_unlock(leader);
	return confined;
}

/* The kernel's own page, which is in every process. */
static bool is_vdso(const struct vm_area_struct *area)
{
	return !area->vm_file &&
	       (unsigned long)area->vm_mm->context.vdso == area->vm_start;
}

/* All has to be what is in its file; for a strict program, guarded as well. */
static const char *check_areas(struct adoption *adoption)
{
	struct vm_area_struct *area;
	const char *why = NULL;

	for (area = find_vma(adoption->mm, 0); area && !why;
	     area = find_vma(adoption->mm, area->vm_end)) {
		const struct shield_code code = {
			.file = area->vm_file,
			.shared = area->vm_flags & VM_MAYSHARE,
			.writable = area->vm_flags & VM_WRITE,
			.written = area->anon_vma,
		};

		if (!(area->vm_flags & VM_EXEC) || is_vdso(area))
			continue;
		why = shield_decide_steady(&code);
		if (why || !adoption->subject.strict)
			continue;
		preempt_disable();
		why = shield_decide_code(adoption->policy, &code);
		preempt_enable();
	}
	return why;
}

static const char *check_code(struct adoption *adoption)
{
	unsigned int tries = TRIES;
	const char *why;

	while (!mmap_read_trylock(adoption->mm)) {
		if (!--tries)
			return "its memory cannot be looked at";
		msleep(NAP_MS);
	}
	why = check_areas(adoption);
	mmap_read_unlock(adoption->mm);
	return why;
}

/* Whoever was forked since the last round has what his parent had. */
static void tag_threads(const struct adoption *adoption)
{
	struct task_struct *thread;
	unsigned int round;

	for (round = 0; round < ROUNDS; round++) {
		rcu_read_lock();
		list_for_each_entry_rcu(thread,
					&adoption->leader->signal->thread_head,
					thread_node)
			shield_tag_set(thread, &adoption->subject);
		rcu_read_unlock();
	}
}

static void tell(const struct adoption *adoption)
{
	char note[96];
	const struct shield_happening happening = {
		.kind = SHIELD_POLICY,
		.hook = "adopt",
		.rule = path_of(adoption),
		.line = adoption->policy->adopt,
		.generation = adoption->policy->generation,
		.task = adoption->leader,
		.note = note,
	};

	scnprintf(note, sizeof(note), "adopted while running: %s",
		  happening.rule);
	preempt_disable();
	shield_event_happened(&happening);
	preempt_enable();
}

static void note(const struct adoption *adoption)
{
	mutex_lock(&adopted_lock);
	if (nr_adopted < SHOWN) {
		adopted[nr_adopted].pid = task_tgid_nr(adoption->leader);
		strscpy(adopted[nr_adopted].path, path_of(adoption),
			sizeof(adopted->path));
	}
	nr_adopted++;
	mutex_unlock(&adopted_lock);
}

/*
 * A tracer that comes after the check finds the tag, or is found here; and so it
 * is with what is mapped to be executed. Children of the time between go with it.
 */
static const char *settle(struct adoption *adoption)
{
	static u32 adoptions; /* Protects: shield_policy_mutex */
	const char *why;

	adoption->subject.adoption = ++adoptions;
	tag_threads(adoption);
	why = check_threads(adoption) ?: check_code(adoption);
	if (why)
		shield_tag_revoke(adoption->subject.adoption);
	return why;
}

static const char *judge(struct adoption *adoption)
{
	const char *why = check_threads(adoption);

	adoption->subject.confined = is_confined(adoption->leader);
	adoption->subject.strict =
		shield_decide_strict(adoption->policy, &adoption->subject);
	why = why ?: check_code(adoption);
	return why ?: settle(adoption);
}

/* With this lock held, it does not begin to execute something else. */
static const char *judge_locked(struct adoption *adoption)
{
	struct mutex *exec = &adoption->leader->signal->cred_guard_mutex;
	const char *why;

	if (!mutex_trylock(exec))
		return "it is being executed or traced";
	/* It may have been executed since it was found, and judged then. */
	if (find_program(adoption->policy, adoption->mm) !=
		    adoption->subject.program ||
	    READ_ONCE(adoption->leader->mm) != adoption->mm)
		why = "it is not the program any more";
	else
		why = judge(adoption);
	mutex_unlock(exec);
	return why;
}

static void consider(struct adoption *adoption, struct shield_notes *notes)
{
	struct shield_subject before;
	const char *why;

	preempt_disable();
	before = shield_tag_read(adoption->leader);
	preempt_enable();
	if (before.program != SHIELD_NO_PROGRAM)
		return;
	why = judge_locked(adoption);
	if (why) {
		shield_notes_add(notes, adoption->policy->adopt, 1,
				 "%s (process %d) is not adopted: %s",
				 path_of(adoption),
				 task_tgid_nr(adoption->leader), why);
		return;
	}
	tell(adoption);
	note(adoption);
}

static void look_at(struct shield_policy *policy, struct task_struct *task,
		    struct shield_notes *notes)
{
	struct adoption adoption = { .policy = policy, .leader = task };

	if (!thread_group_leader(task))
		return;
	adoption.mm = get_task_mm(task);
	if (!adoption.mm)
		return;
	adoption.subject.program = find_program(policy, adoption.mm);
	if (adoption.subject.program != SHIELD_NO_PROGRAM)
		consider(&adoption, notes);
	mmput(adoption.mm);
}

void shield_adopt(struct shield_policy *policy, struct shield_notes *notes)
{
	struct shield_tasks tasks;
	unsigned int i;

	if (!policy->adopt)
		return;
	if (shield_tasks_get(&tasks)) {
		shield_notes_add(notes, policy->adopt, 1,
				 "nothing is adopted: out of memory");
		return;
	}
	for (i = 0; i < tasks.nr; i++) {
		look_at(policy, tasks.all[i], notes);
		cond_resched();
	}
	shield_tasks_put(&tasks);
}

void shield_adopt_forget(void)
{
	mutex_lock(&adopted_lock);
	nr_adopted = 0;
	mutex_unlock(&adopted_lock);
}

void shield_adopt_show(struct seq_file *seq)
{
	unsigned int i;

	mutex_lock(&adopted_lock);
	seq_printf(seq, "adopted: %u\n", nr_adopted);
	for (i = 0; i < nr_adopted && i < SHOWN; i++) {
		seq_printf(seq, "adopted-%u: %d ", i + 1, adopted[i].pid);
		seq_escape(seq, adopted[i].path, " \t\n\\");
		seq_putc(seq, '\n');
	}
	mutex_unlock(&adopted_lock);
}
