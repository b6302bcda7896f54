// SPDX-License-Identifier: GPL-2.0-only
/*
 * A happening becomes a record.
 *
 * Paths are put together from the names on the way up, without a lock: the
 * kernel's d_path() takes rename_lock, which a hook must not wait for. What
 * lies above the root of the file system, the worker adds.
 */
#include "event/capture.h"

#include <linux/cred.h>
#include <linux/dcache.h>
#include <linux/fs.h>
#include <linux/mm_types.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/timekeeping.h>
#include <linux/uidgid.h>

#include "compat/task.h"
#include "sequence.h"

/* A path that is renamed all the time is told without its names. */
#define TRIES 8

/* The name of @dentry in front of what is there already. */
static bool prepend(const struct dentry *dentry, char *text, u16 *at)
{
	unsigned int tries = TRIES;
	unsigned int seq =
		shield_sequence_begin(&dentry->d_seq.seqcount, &tries);
	const unsigned char *name = READ_ONCE(dentry->d_name.name);
	u32 len = READ_ONCE(dentry->d_name.len);

	/* Only if nothing changed do pointer and length belong together. */
	if (seq & 1 || shield_sequence_changed(&dentry->d_seq.seqcount, seq) ||
	    len + 1 > *at)
		return false;
	*at -= len;
	memcpy(text + *at, name, len);
	text[--*at] = '/';
	return true;
}

static void climb(const struct dentry *dentry, char *text,
		  struct shield_trail *trail)
{
	const struct dentry *root = dentry->d_sb->s_root;

	while (dentry != root) {
		const struct dentry *parent = READ_ONCE(dentry->d_parent);

		if (parent == dentry || !prepend(dentry, text, &trail->at)) {
			trail->is_cut = true;
			return;
		}
		dentry = parent;
	}
}

/* One attempt that no rename disturbed, or an empty text. */
static void follow(const struct dentry *dentry, char *text, u16 size,
		   struct shield_trail *trail)
{
	const seqcount_t *renames = &rename_lock.seqcount.seqcount;
	unsigned int tries = TRIES;
	unsigned int left = TRIES;
	unsigned int seq;

	trail->dev = dentry->d_sb->s_dev;
	text[size - 1] = '\0';
	do {
		trail->at = size - 1;
		trail->is_cut = false;
		seq = shield_sequence_begin(renames, &tries);
		if (seq & 1 || !left--) {
			trail->is_cut = true;
			return;
		}
		climb(dentry, text, trail);
	} while (shield_sequence_changed(renames, seq));
	/* The root itself has no name. */
	if (trail->at == size - 1 && !trail->is_cut)
		text[--trail->at] = '/';
}

/* Its memory outlives this: preemption is off, which RCU waits for. */
static const struct dentry *program_of_current(void)
{
	const struct mm_struct *mm = current->mm;
	const struct file *file;

	if (!mm || current->flags & PF_EXITING)
		return NULL;
	file = rcu_dereference_sched(mm->exe_file);
	return file ? READ_ONCE(file->f_path.dentry) : NULL;
}

static void capture_task(struct task_struct *task, struct shield_record *record)
{
	record->pid = task_pid_nr(task);
	record->tgid = task_tgid_nr(task);
	/* Who was reaped outlives his parent, and still leads to him. */
	record->ppid =
		pid_alive(task) ?
			task_tgid_nr(rcu_dereference_sched(task->real_parent)) :
			0;
	record->uid = from_kuid(&init_user_ns, task_uid(task));
	record->loginuid = from_kuid(&init_user_ns, audit_get_loginuid(task));
	record->cgroup = shield_task_cgroup(task);
	/* It may change under us; it stays terminated. */
	strscpy(record->comm, task->comm, sizeof(record->comm));
}

static void capture_files(const struct shield_happening *happening,
			  struct shield_record *record)
{
	const struct dentry *program = happening->task ? NULL :
							 program_of_current();

	record->file = (struct shield_trail){};
	record->exe = (struct shield_trail){};
	record->path[0] = '\0';
	record->program[0] = '\0';
	if (happening->dentry)
		follow(happening->dentry, record->path, sizeof(record->path),
		       &record->file);
	if (program)
		follow(program, record->program, sizeof(record->program),
		       &record->exe);
}

void shield_capture(const struct shield_happening *happening,
		    struct shield_record *record)
{
	record->mono_ns = ktime_get_mono_fast_ns();
	record->real_ns = ktime_get_real_fast_ns();
	record->kind = happening->kind;
	record->of = happening->kind;
	record->count = 1;
	record->rights = happening->rights;
	record->hook = happening->hook;
	record->line = happening->line;
	record->generation = happening->generation;
	record->ino = happening->ino;
	record->dev = happening->sb ? happening->sb->s_dev : 0;
	record->is_first = false;
	strscpy(record->rule, happening->rule, sizeof(record->rule));
	strscpy(record->note, happening->note ?: "", sizeof(record->note));
	capture_task(happening->task ?: current, record);
	capture_files(happening, record);
}
