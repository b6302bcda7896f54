/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Protected inodes that are held: open for writing since before they were
 * protected, perhaps by somebody who could not open them now.
 *
 * Whether an inode is open for writing is known by the kernel's own count of
 * its writers. An open takes its place in the count before the hook on it
 * decides, so: protect the inode, full barrier, look at the count. Who came
 * before is in it, who comes after meets the hook.
 */
#ifndef SHIELD_OBJECT_HOLDER_H
#define SHIELD_OBJECT_HOLDER_H

#include <linux/compiler.h>
#include <linux/types.h>

struct inode;

/* Held inodes at once; with more, every protected inode is taken for held. */
#define SHIELD_MAX_HELD 64

/**
 * struct shield_held - one held inode at one moment
 * @inode: to be compared, not to be dereferenced
 * @rule: the rule that protects it, when it was noted
 * @ino: its number
 * @writers: open files that may write it
 * @mapped: it is mapped shared, by somebody who may write there
 */
struct shield_held {
	const struct inode *inode;
	u32 rule;
	u64 ino;
	int writers;
	bool mapped;
};

/**
 * shield_holder_note() - an inode is protected from now on: is it held?
 * @inode: inode, which the caller keeps from being freed; its entry is in the
 *         index of the policy in force
 * @rule: rule that protects it
 *
 * Context: any but NMI; does not sleep.
 * Return: true if it is open for writing, and noted.
 */
bool shield_holder_note(struct inode *inode, u32 rule);

/**
 * shield_holder_outwait_opens() - let go what is only being opened
 *
 * Description: An open that is denied counts among the writers until it ends.
 * Whoever came before is a writer all the time: if there is none at one moment,
 * nobody came before.
 *
 * Context: process; sleeps, for some 10 ms if something is held.
 */
void shield_holder_outwait_opens(void);

/**
 * shield_holder_any() - is anything held?
 *
 * Context: any.
 * Return: true if so.
 */
bool shield_holder_any(void);

/**
 * shield_holder_begin_look() - all tasks are about to be looked at
 *
 * Context: any but NMI; does not sleep.
 * Return: true if something held found no room: note all that is found anew.
 */
bool shield_holder_begin_look(void);

/**
 * shield_holder_end_look() - they were; if all found room, it is known again
 *
 * Context: any but NMI; does not sleep.
 */
void shield_holder_end_look(void);

/**
 * shield_holder_is_held() - is this inode held?
 * @inode: inode
 *
 * Context: any.
 * Return: true if so, or if too many are to tell.
 */
bool shield_holder_is_held(const struct inode *inode);

/**
 * shield_holder_read() - all that is held now
 * @held: room for SHIELD_MAX_HELD elements
 *
 * Those that nobody has open for writing any more are dropped first.
 *
 * Context: any but NMI; does not sleep.
 * Return: elements filled in.
 */
unsigned int shield_holder_read(struct shield_held *held);

/**
 * shield_holder_writers() - open files that may write what is held
 *
 * Context: any but NMI; does not sleep.
 * Return: their number.
 */
int shield_holder_writers(void);

/**
 * shield_holder_release() - all writers of an inode are known and may write
 * @inode: to be compared
 * @writers: how many there are; the caller holds a reference on each, so that
 *           a count that is the same leaves room for no other
 *
 * Context: any but NMI; does not sleep.
 * Return: false if there are others, and the inode stays held.
 */
bool shield_holder_release(const struct inode *inode, int writers);

/**
 * shield_holder_gone() - an inode is being freed
 * @inode: inode
 *
 * Context: any but NMI; does not sleep.
 */
void shield_holder_gone(const struct inode *inode);

/**
 * shield_holder_age() - another policy is about to be put in force
 *
 * Description: What is held stays so until the new policy has been looked at,
 * or whoever holds it could write in between.
 *
 * Context: any but NMI; does not sleep.
 */
void shield_holder_age(void);

/**
 * shield_holder_drop_old() - it was: what was not noted anew is not held
 *
 * Context: any but NMI; does not sleep.
 */
void shield_holder_drop_old(void);

/**
 * shield_holder_forget() - nothing is held
 *
 * Description: No hook is armed that would say when an inode ends.
 *
 * Context: process; shield_policy_mutex is held.
 */
void shield_holder_forget(void);

#endif
