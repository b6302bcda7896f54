/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Open files that were found, and whether these are all there are.
 */
#ifndef SHIELD_HOOK_FINDS_H
#define SHIELD_HOOK_FINDS_H

#include <linux/types.h>

#include "policy/holders.h"

struct file;
struct inode;
struct task_struct;

/* Places that one look can keep apart. */
#define SHIELD_MAX_FINDS 1024

/**
 * struct shield_find - one place at which an open file was found
 * @file: a reference, so that it stays in the count of writers
 * @task: who has it; a reference
 * @way: as a descriptor or as a mapping
 * @owner: table of descriptors or memory it was found in; compared only
 * @at: descriptor or address there
 * @rule: rule that concerns the file
 * @denied: the task may not write by it
 * @confirmed: it was there still when looked for again
 */
struct shield_find {
	struct file *file;
	struct task_struct *task;
	enum shield_way way;
	const void *owner;
	unsigned long at;
	u32 rule;
	bool denied;
	bool confirmed;
};

/**
 * struct shield_finds - all places
 * @all: elements
 * @nr: their number
 * @incomplete: there are more, or some could not be seen
 */
struct shield_finds {
	struct shield_find *all;
	unsigned int nr;
	bool incomplete;
};

/**
 * shield_finds_init() - make room
 * @finds: finds
 *
 * Context: process; sleeps.
 * Return: 0, or -ENOMEM.
 */
int shield_finds_init(struct shield_finds *finds);

/**
 * shield_finds_exit() - let go of all files and tasks
 * @finds: finds
 *
 * Context: process; sleeps.
 */
void shield_finds_exit(struct shield_finds *finds);

/**
 * shield_finds_add() - add a place
 * @finds: finds
 * @find: copied, with references of its own
 *
 * Context: any but NMI; does not sleep.
 */
void shield_finds_add(struct shield_finds *finds,
		      const struct shield_find *find);

/**
 * shield_finds_confirm() - a place was seen again
 * @finds: finds
 * @find: compared by file and place
 *
 * Context: any but NMI; does not sleep.
 */
void shield_finds_confirm(struct shield_finds *finds,
			  const struct shield_find *find);

/**
 * shield_finds_is_all() - may whoever could write an inode do so?
 * @finds: finds
 * @inode: inode
 *
 * Description: True only if every reference on every file that was found is one
 * of the places found: what lies in a socket or a ring has a reference, too.
 *
 * Context: process.
 * Return: false if there are others, or somebody may not.
 */
bool shield_finds_is_all(const struct shield_finds *finds,
			 const struct inode *inode);

/**
 * shield_finds_is_confirmed() - were all places of an inode seen again?
 * @finds: finds
 * @inode: inode
 *
 * Return: true if so.
 */
bool shield_finds_is_confirmed(const struct shield_finds *finds,
			       const struct inode *inode);

/**
 * shield_finds_files() - how many open files of an inode were found
 * @finds: finds
 * @inode: inode
 *
 * Return: their number.
 */
int shield_finds_files(const struct shield_finds *finds,
		       const struct inode *inode);

/**
 * shield_finds_has() - was an inode found in this way?
 * @finds: finds
 * @inode: inode
 * @way: way
 * @denied: only if its task may not write
 *
 * Return: true if so.
 */
bool shield_finds_has(const struct shield_finds *finds,
		      const struct inode *inode, enum shield_way way,
		      bool denied);

#endif
