// SPDX-License-Identifier: GPL-2.0-only
/*
 * Open files that were found, and whether these are all there are.
 */
#include "hook/finds.h"

#include <linux/file.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/sched/task.h>

int shield_finds_init(struct shield_finds *finds)
{
	*finds = (struct shield_finds){};
	finds->all = kvmalloc_array(SHIELD_MAX_FINDS, sizeof(*finds->all),
				    GFP_KERNEL);
	return finds->all ? 0 : -ENOMEM;
}

void shield_finds_exit(struct shield_finds *finds)
{
	while (finds->nr--) {
		fput(finds->all[finds->nr].file);
		put_task_struct(finds->all[finds->nr].task);
	}
	kvfree(finds->all);
}

void shield_finds_add(struct shield_finds *finds,
		      const struct shield_find *find)
{
	if (finds->nr == SHIELD_MAX_FINDS) {
		finds->incomplete = true;
		return;
	}
	finds->all[finds->nr++] = *find;
	get_file(find->file);
	get_task_struct(find->task);
}

static bool is_same_place(const struct shield_find *a,
			  const struct shield_find *b)
{
	return a->file == b->file && a->way == b->way && a->owner == b->owner &&
	       a->at == b->at;
}

void shield_finds_confirm(struct shield_finds *finds,
			  const struct shield_find *find)
{
	unsigned int i;

	for (i = 0; i < finds->nr; i++)
		if (is_same_place(&finds->all[i], find))
			finds->all[i].confirmed = true;
}

static bool is_of(const struct shield_find *find, const struct inode *inode)
{
	return file_inode(find->file) == inode;
}

static bool is_first_of_file(const struct shield_finds *finds, unsigned int at)
{
	unsigned int i;

	for (i = 0; i < at; i++)
		if (finds->all[i].file == finds->all[at].file)
			return false;
	return true;
}

/* Two tasks may share the table in which a file was found twice. */
static bool is_first_place(const struct shield_finds *finds, unsigned int at)
{
	unsigned int i;

	for (i = 0; i < at; i++)
		if (is_same_place(&finds->all[i], &finds->all[at]))
			return false;
	return true;
}

/* References: each place has one, and so has each find. */
static bool is_whole(const struct shield_finds *finds, struct file *file)
{
	unsigned int i;
	long known = 0;

	for (i = 0; i < finds->nr; i++)
		if (finds->all[i].file == file)
			known += 1 + is_first_place(finds, i);
	return file_count(file) == known;
}

bool shield_finds_is_all(const struct shield_finds *finds,
			 const struct inode *inode)
{
	unsigned int i;

	if (finds->incomplete)
		return false;
	for (i = 0; i < finds->nr; i++)
		if (is_of(&finds->all[i], inode) &&
		    (finds->all[i].denied ||
		     (is_first_of_file(finds, i) &&
		      !is_whole(finds, finds->all[i].file))))
			return false;
	return true;
}

bool shield_finds_is_confirmed(const struct shield_finds *finds,
			       const struct inode *inode)
{
	unsigned int i;

	for (i = 0; i < finds->nr; i++)
		if (is_of(&finds->all[i], inode) && !finds->all[i].confirmed)
			return false;
	return !finds->incomplete;
}

int shield_finds_files(const struct shield_finds *finds,
		       const struct inode *inode)
{
	unsigned int i;
	int nr = 0;

	for (i = 0; i < finds->nr; i++)
		nr += is_of(&finds->all[i], inode) &&
		      is_first_of_file(finds, i);
	return nr;
}

bool shield_finds_has(const struct shield_finds *finds,
		      const struct inode *inode, enum shield_way way,
		      bool denied)
{
	unsigned int i;

	for (i = 0; i < finds->nr; i++)
		if (is_of(&finds->all[i], inode) && finds->all[i].way == way &&
		    (!denied || finds->all[i].denied))
			return true;
	return false;
}
