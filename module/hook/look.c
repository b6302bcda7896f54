// SPDX-License-Identifier: GPL-2.0-only
/*
 * One look at all tasks, for who holds what is protected.
 *
 * What is held is known by counts (object/holder.h). Here the open files are
 * looked for that make up the count. If all of them are found, and nothing but
 * tasks that may write has them, the inode is not held any more.
 */
#include "hook/look.h"

#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/sched/task.h>

#include "compat/layers.h"
#include "decide.h"
#include "event/event.h"
#include "hook/guard.h"
#include "object/writers.h"
#include "subject/files.h"

static bool may_write(const struct file *file)
{
	return file->f_mode & FMODE_WRITE &&
	       S_ISREG(file_inode(file)->i_mode) &&
	       shield_superblock_slot(file_inode(file)->i_sb) >= 0;
}

/* Returns whether a rule concerns the file; sets what it says. */
static bool judge(struct shield_look *look, struct shield_find *find,
		  u16 rights)
{
	const struct shield_request request = {
		.inode = file_inode(find->file),
		.dentry = shield_file_dentry(find->file),
		.rights = rights,
	};
	struct shield_verdict verdict;

	preempt_disable();
	shield_decide_for(look->policy, find->task, &request, &verdict);
	preempt_enable();
	find->denied = verdict.denied;
	find->rule = verdict.rule;
	return verdict.known;
}

static bool is_held(const struct shield_look *look, const struct inode *inode)
{
	unsigned int i;

	for (i = 0; i < look->nr_held; i++)
		if (look->held[i].inode == inode)
			return true;
	return false;
}

/* Whoever has it: those who may write it are found out later. */
static void see_writer(void *context, struct inode *inode,
		       struct dentry *dentry)
{
	struct shield_look *look = context;
	const struct shield_request request = {
		.inode = inode,
		.dentry = dentry,
		.rights = SHIELD_WRITE | SHIELD_APPEND,
	};
	struct shield_verdict verdict;

	preempt_disable();
	shield_decide_for(look->policy, &init_task, &request, &verdict);
	preempt_enable();
	if (verdict.denied)
		shield_holder_note(inode, verdict.rule);
}

/*
 * Only the first look under a policy finds more that is held. Later a trusted
 * program may have opened a file and given it away: logrotate to gzip.
 */
static void keep(struct shield_look *look, struct shield_find *find, u16 rights)
{
	struct inode *inode = file_inode(find->file);

	if (look->is_second) {
		shield_finds_confirm(&look->finds, find);
		return;
	}
	if (!look->is_first && !is_held(look, inode))
		return;
	if (!judge(look, find, rights))
		return;
	if (look->is_first && find->denied)
		shield_holder_note(inode, find->rule);
	shield_finds_add(&look->finds, find);
}

static void see_descriptor(void *context, struct task_struct *task,
			   struct file *file, unsigned int fd)
{
	struct shield_find find = {
		.file = file,
		.task = task,
		.way = SHIELD_BY_DESCRIPTOR,
		.owner = task->files,
		.at = fd,
	};

	if (may_write(file))
		keep(context, &find, shield_guard_rights(file->f_flags));
}

/* A private mapping keeps the file open and writes nothing. */
static void see_mapping(void *context, struct task_struct *task,
			const struct vm_area_struct *area)
{
	struct shield_find find = {
		.file = area->vm_file,
		.task = task,
		.way = SHIELD_BY_MAPPING,
		.owner = area->vm_mm,
		.at = area->vm_start,
	};

	if (may_write(find.file) && is_held(context, file_inode(find.file)))
		keep(context, &find,
		     area->vm_flags & VM_SHARED ? SHIELD_WRITE : 0);
}

static bool has_denied(const struct shield_look *look,
		       const struct inode *inode)
{
	return shield_finds_has(&look->finds, inode, SHIELD_BY_DESCRIPTOR,
				true) ||
	       shield_finds_has(&look->finds, inode, SHIELD_BY_MAPPING, true);
}

static void see_descriptors(struct shield_look *look,
			    const struct shield_tasks *tasks)
{
	const struct shield_visitor visitor = {
		.descriptor = see_descriptor,
		.context = look,
	};

	shield_tasks_descriptors(tasks, &visitor);
}

static void see_mappings(struct shield_look *look,
			 const struct shield_tasks *tasks)
{
	const struct shield_visitor visitor = {
		.mapping = see_mapping,
		.context = look,
	};

	if (!shield_tasks_mappings(tasks, &visitor))
		look->finds.incomplete = true;
}

/*
 * A place that was seen may have lost its file before the references were
 * counted, and so make up for one that was not seen. If it is there still,
 * it has not.
 */
static void release_known(struct shield_look *look,
			  const struct shield_tasks *tasks)
{
	bool known[SHIELD_MAX_HELD];
	unsigned int i, left = 0;

	for (i = 0; i < look->nr_held; i++)
		known[i] =
			shield_finds_is_all(&look->finds, look->held[i].inode);
	look->is_second = true;
	see_descriptors(look, tasks);
	see_mappings(look, tasks);
	look->is_second = false;
	for (i = 0; i < look->nr_held; i++) {
		const struct inode *inode = look->held[i].inode;

		if (known[i] &&
		    shield_finds_is_confirmed(&look->finds, inode) &&
		    shield_holder_release(
			    inode, shield_finds_files(&look->finds, inode)))
			continue;
		look->held[left++] = look->held[i];
	}
	look->nr_held = left;
}

static void look_at(struct shield_look *look, const struct shield_tasks *tasks)
{
	look->nr_held = shield_holder_read(look->held);
	if (look->is_first)
		shield_writers_visit(see_writer, look);
	see_descriptors(look, tasks);
	if (look->is_first)
		shield_holder_drop_old();
	shield_holder_outwait_opens();
	look->nr_held = shield_holder_read(look->held);
	look->is_first = false;
	if (!look->nr_held)
		return;
	see_mappings(look, tasks);
	release_known(look, tasks);
}

static void name_rule(const struct shield_look *look, u32 number,
		      struct shield_holder *holder)
{
	const struct shield_rule *rule = look->policy->rules;

	/* Noted under a policy that was replaced meanwhile: any will do. */
	if (number < look->policy->nr_rules)
		rule += number;
	holder->line = rule->line;
	holder->column = rule->column;
	strscpy(holder->path, rule->path, sizeof(holder->path));
}

static struct shield_holder holder_of(const struct shield_look *look,
				      const struct shield_find *find)
{
	struct shield_holder holder = {
		.way = find->way,
		.pid = find->task->tgid,
		.fd = find->way == SHIELD_BY_DESCRIPTOR ? find->at : 0,
		.ino = file_inode(find->file)->i_ino,
	};

	strscpy(holder.comm, find->task->comm, sizeof(holder.comm));
	name_rule(look, find->rule, &holder);
	return holder;
}

static struct shield_holder holder_unknown(const struct shield_look *look,
					   const struct shield_held *held)
{
	struct shield_holder holder = {
		.way = SHIELD_BY_UNKNOWN,
		.ino = held->ino,
	};

	name_rule(look, held->rule, &holder);
	return holder;
}

static void tell(const struct shield_look *look,
		 const struct shield_holder *holder, struct task_struct *task)
{
	char words[96];
	const struct shield_happening happening = {
		.kind = SHIELD_HOLDER,
		.rights = SHIELD_WRITE,
		.hook = "holder",
		.rule = holder->path,
		.line = holder->line,
		.generation = look->policy->generation,
		.ino = holder->ino,
		.task = task,
		.note = words,
	};

	shield_holder_format(holder, words, sizeof(words));
	preempt_disable();
	shield_event_happened(&happening);
	preempt_enable();
}

static void report(struct shield_look *look, const struct shield_holder *holder,
		   struct task_struct *task)
{
	struct shield_holders *holders = &look->holders;

	if (!shield_holders_had(holder))
		tell(look, holder, task);
	if (holders->nr < SHIELD_MAX_HOLDERS)
		holders->all[holders->nr] = *holder;
	holders->nr++;
}

static void report_all(struct shield_look *look)
{
	struct shield_holder holder;
	unsigned int i;

	for (i = 0; i < look->finds.nr; i++) {
		const struct shield_find *find = &look->finds.all[i];

		if (!find->denied)
			continue;
		holder = holder_of(look, find);
		report(look, &holder, find->task);
	}
	for (i = 0; i < look->nr_held; i++) {
		if (has_denied(look, look->held[i].inode))
			continue;
		holder = holder_unknown(look, &look->held[i]);
		report(look, &holder, &init_task);
	}
	shield_holders_set(&look->holders);
}

bool shield_look_mapping(const struct shield_look *look,
			 struct shield_holder *holder)
{
	unsigned int i;

	for (i = 0; i < look->finds.nr; i++) {
		const struct shield_find *find = &look->finds.all[i];

		if (!find->denied || find->way != SHIELD_BY_MAPPING)
			continue;
		*holder = holder_of(look, find);
		return true;
	}
	for (i = 0; i < look->nr_held; i++) {
		const struct shield_held *held = &look->held[i];

		if (!held->mapped || shield_finds_has(&look->finds, held->inode,
						      SHIELD_BY_MAPPING, false))
			continue;
		*holder = holder_unknown(look, held);
		return true;
	}
	return false;
}

struct shield_look *shield_look_at_all(struct shield_policy *policy,
				       bool is_first)
{
	struct shield_look *look = kvzalloc(sizeof(*look), GFP_KERNEL);
	struct shield_tasks tasks;

	if (!look)
		return NULL;
	look->policy = policy;
	look->is_first = shield_holder_begin_look() || is_first;
	if (shield_finds_init(&look->finds))
		goto free_look;
	if (shield_tasks_get(&tasks))
		goto exit_finds;
	look_at(look, &tasks);
	shield_holder_end_look();
	shield_tasks_put(&tasks);
	report_all(look);
	return look;

exit_finds:
	shield_finds_exit(&look->finds);
free_look:
	kvfree(look);
	return NULL;
}

void shield_look_end(struct shield_look *look)
{
	shield_finds_exit(&look->finds);
	kvfree(look);
}
