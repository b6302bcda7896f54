/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Guarded file systems.
 *
 * A slot is a file system that some policy has named, known for ever by its
 * UUID (or, where it has none, by its device number), and by pointer as long
 * as it is mounted. Objects hold the slot's number, so a file system that is
 * unmounted and mounted elsewhere leads to the same objects.
 */
#ifndef SHIELD_OBJECT_SUPERBLOCK_H
#define SHIELD_OBJECT_SUPERBLOCK_H

#include <asm/barrier.h>
#include <linux/compiler.h>
#include <linux/types.h>

struct inode;
struct super_block;

/* Slots: file systems that policies have named since the module was loaded. */
#define SHIELD_MAX_SLOTS 32

/* Super blocks mounted at once that lead to one of the slots. */
#define SHIELD_MAX_MOUNTED 128

#define SHIELD_NO_SLOT (-1)

/* The slot of the file that hooks are tried on; behind those of policies. */
#define SHIELD_SCRATCH_SLOT SHIELD_MAX_SLOTS

/**
 * struct shield_mounted - a super block that leads to a slot
 * @sb: compared, dereferenced only by shield_superblock_hold(); NULL if the
 *      element is free
 * @slot: slot
 * @is_original: paths of policies lead to the slot's file system by this one
 */
struct shield_mounted {
	struct super_block *sb;
	int slot;
	bool is_original;
};

/**
 * struct shield_mounts - the super blocks that hooks compare with
 * @nr: elements up to the last one in use
 * @all: elements; in the order in which they were guarded, so that the root
 *       file system is usually the first
 */
struct shield_mounts {
	unsigned int nr;
	struct shield_mounted all[SHIELD_MAX_MOUNTED];
};

extern struct shield_mounts shield_mounts;

/**
 * shield_superblock_slot() - the slot that a super block leads to
 * @sb: super block, which the caller keeps from being freed
 *
 * Context: any; part of every guarded open.
 * Return: slot, or SHIELD_NO_SLOT if nothing on it is protected.
 */
static __always_inline int shield_superblock_slot(const struct super_block *sb)
{
	const struct shield_mounted *mounted = shield_mounts.all;
	const struct shield_mounted *end;

	/*
	 * Most opens are on the file system that was guarded first. Pairs with
	 * the release in lead().
	 */
	if (likely(smp_load_acquire(&mounted->sb) == sb))
		return READ_ONCE(mounted->slot);
	end = mounted + READ_ONCE(shield_mounts.nr);
	while (++mounted < end)
		/* Pairs with the release in lead(): the slot stands. */
		if (smp_load_acquire(&mounted->sb) == sb)
			return READ_ONCE(mounted->slot);
	return SHIELD_NO_SLOT;
}

/**
 * shield_superblock_is_original() - do paths of policies lead over it?
 * @sb: super block, which the caller keeps from being freed
 *
 * Description: Whoever forges a second file system with a UUID of the first and
 * its numbers gains what protects it, and nothing else: no trust is given for
 * files there, and they do not speak for those of the first.
 *
 * Context: any.
 * Return: true if so.
 */
bool shield_superblock_is_original(const struct super_block *sb);

/**
 * shield_superblock_is_second() - do they lead over another one?
 * @sb: super block, which the caller keeps from being freed
 * @slot: slot that it leads to
 *
 * Context: any.
 * Return: false also if there is no original just now, so that one that was
 * mounted anew is not taken for a second one until its path is followed.
 */
bool shield_superblock_is_second(const struct super_block *sb, int slot);

/**
 * shield_superblock_claim() - a path of a policy leads over a super block
 * @sb: guarded super block, which the caller keeps from being freed
 *
 * Description: It is its slot's original, unless there is one.
 *
 * Context: any but NMI; does not sleep.
 */
void shield_superblock_claim(const struct super_block *sb);

/**
 * shield_superblock_is_subvolume() - is a directory the top of a subvolume?
 * @dir: directory
 *
 * Return: true on btrfs only.
 */
bool shield_superblock_is_subvolume(const struct inode *dir);

/**
 * shield_superblock_has_snapshots() - may several files have one number?
 * @sb: super block
 *
 * Return: true on btrfs, where a number is a subvolume's.
 */
bool shield_superblock_has_snapshots(const struct super_block *sb);

/**
 * shield_superblock_guard() - slot for a file system that a policy names
 * @sb: mounted super block
 * @why: set to the reason if it is refused
 *
 * Context: process; sleeps; takes the s_umount of super blocks of its type.
 * Return: slot; -EOPNOTSUPP if inode numbers do not identify files there;
 * -ENOSPC if all slots or super blocks are taken.
 */
int shield_superblock_guard(struct super_block *sb, const char **why);

/**
 * shield_superblock_lend() - let a super block of our own count as guarded
 * @sb: leads to SHIELD_SCRATCH_SLOT until shield_superblock_gone()
 *
 * Context: process.
 * Return: 0; -ENOSPC if too many super blocks are guarded.
 */
int shield_superblock_lend(struct super_block *sb);

/**
 * shield_superblock_hold() - keep a guarded super block active
 * @at: element of shield_mounts
 *
 * Context: any but NMI; does not sleep.
 * Return: super block, for deactivate_super(), which sleeps; NULL if the element
 * is free, or nothing is left to be opened there.
 */
struct super_block *shield_superblock_hold(unsigned int at);

/**
 * shield_superblock_outwait_renames() - until what is being moved has arrived
 * @slots: on which file systems (bit per slot)
 *
 * Who is moving something from one directory to another may have been judged
 * before a policy was in force.
 *
 * Context: process; sleeps; no directory is locked.
 */
void shield_superblock_outwait_renames(u32 slots);

/**
 * shield_superblock_mounted() - a super block is being mounted
 * @sb: filled in, not yet reachable
 *
 * If it carries a slot's file system, it leads to that slot from now on.
 *
 * Context: any but NMI; does not sleep.
 */
void shield_superblock_mounted(struct super_block *sb);

/**
 * shield_superblock_gone() - a super block is being freed
 * @sb: nothing of it can be opened any more
 *
 * Context: any but NMI; does not sleep.
 */
void shield_superblock_gone(const struct super_block *sb);

/**
 * shield_superblock_forget() - no super block leads anywhere
 *
 * Description: Without hooks nobody would tell that one is gone.
 *
 * Context: process; no hook is armed.
 */
void shield_superblock_forget(void);

#endif
