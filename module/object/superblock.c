// SPDX-License-Identifier: GPL-2.0-only
/*
 * Guarded file systems.
 */
#include "object/superblock.h"

#include <linux/bits.h>
#include <linux/fs.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>
#include <linux/uuid.h>
#include <uapi/linux/btrfs_tree.h>

#include "compat/magic.h"

struct shield_mounts shield_mounts;

/**
 * struct slot - what identifies a file system for ever
 * @uuid: its UUID; null if it has none
 * @dev: its device number, used if @uuid is null
 */
struct slot {
	uuid_t uuid;
	dev_t dev;
};

/* Protects: slots, nr_slots and writes to shield_mounts. Innermost. */
static DEFINE_RAW_SPINLOCK(slots_lock);
static struct slot slots[SHIELD_MAX_SLOTS];
static unsigned int nr_slots;

/*
 * Where a number identifies a file: it is unique on the super block, stays the
 * same while the file exists, and i_generation tells a reused number apart.
 * On btrfs a snapshot shares numbers and generations with its origin, so a
 * snapshot of a protected file is protected, too.
 */
static const struct {
	unsigned long magic;
	const char *refusal;
} file_systems[] = {
	{ EXT4_SUPER_MAGIC, NULL },
	{ XFS_SUPER_MAGIC, NULL },
	{ BTRFS_SUPER_MAGIC, NULL },
	{ F2FS_SUPER_MAGIC, NULL },
	{ TMPFS_MAGIC, NULL },
	{ OVERLAYFS_SUPER_MAGIC,
	  "overlayfs mixes the inode numbers of its layers; protect the path on the upper layer's file system" },
	{ MSDOS_SUPER_MAGIC,
	  "vfat has no stable inode numbers; keep the file on another file system" },
	{ FUSE_SUPER_MAGIC,
	  "a FUSE server chooses what an inode number means" },
	{ NFS_SUPER_MAGIC,
	  "files on NFS change at the server, where shield cannot see it" },
};

static const char *refusal_of(const struct super_block *sb)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(file_systems); i++)
		if (file_systems[i].magic == sb->s_magic)
			return file_systems[i].refusal;
	return "shield does not know whether inode numbers identify files on this file system";
}

static int find_slot(const struct super_block *sb)
{
	unsigned int i;

	lockdep_assert_held(&slots_lock);
	for (i = 0; i < nr_slots; i++) {
		if (uuid_is_null(&sb->s_uuid) && uuid_is_null(&slots[i].uuid) &&
		    slots[i].dev == sb->s_dev)
			return i;
		if (!uuid_is_null(&sb->s_uuid) &&
		    uuid_equal(&slots[i].uuid, &sb->s_uuid))
			return i;
	}
	return SHIELD_NO_SLOT;
}

static int new_slot(const struct super_block *sb)
{
	lockdep_assert_held(&slots_lock);
	if (nr_slots == SHIELD_MAX_SLOTS)
		return -ENOSPC;
	uuid_copy(&slots[nr_slots].uuid, &sb->s_uuid);
	slots[nr_slots].dev = sb->s_dev;
	return nr_slots++;
}

static int lead(struct super_block *sb, int slot)
{
	unsigned int i;

	lockdep_assert_held(&slots_lock);
	if (shield_superblock_slot(sb) == slot)
		return slot;
	for (i = 0; i < SHIELD_MAX_MOUNTED; i++)
		if (!shield_mounts.all[i].sb)
			break;
	if (i == SHIELD_MAX_MOUNTED)
		return -ENOSPC;
	WRITE_ONCE(shield_mounts.all[i].slot, slot);
	WRITE_ONCE(shield_mounts.all[i].is_original, false);
	/* Hooks compare without a lock: the slot must stand before the pointer. */
	smp_store_release(&shield_mounts.all[i].sb, sb);
	if (i >= shield_mounts.nr)
		/* And the pointer before the element counts. */
		smp_store_release(&shield_mounts.nr, i + 1);
	return slot;
}

/*
 * A second super block of the same file system, by a loop device say, that
 * was mounted before there was a hook to see it.
 */
static void lead_others(struct super_block *sb, void *unused)
{
	shield_superblock_mounted(sb);
}

static struct shield_mounted *original_of(int slot)
{
	unsigned int i, nr = READ_ONCE(shield_mounts.nr);
	struct shield_mounted *mounted = shield_mounts.all;

	for (i = 0; i < nr; i++, mounted++)
		if (READ_ONCE(mounted->sb) &&
		    READ_ONCE(mounted->slot) == slot &&
		    READ_ONCE(mounted->is_original))
			return mounted;
	return NULL;
}

bool shield_superblock_is_original(const struct super_block *sb)
{
	const struct shield_mounted *original =
		original_of(shield_superblock_slot(sb));

	return original && READ_ONCE(original->sb) == sb;
}

bool shield_superblock_is_second(const struct super_block *sb, int slot)
{
	const struct shield_mounted *original = original_of(slot);

	return original && READ_ONCE(original->sb) != sb;
}

void shield_superblock_claim(const struct super_block *sb)
{
	unsigned long flags;
	unsigned int i;
	int slot;

	raw_spin_lock_irqsave(&slots_lock, flags);
	slot = shield_superblock_slot(sb);
	if (slot >= 0 && !original_of(slot))
		for (i = 0; i < shield_mounts.nr; i++)
			if (shield_mounts.all[i].sb == sb)
				WRITE_ONCE(shield_mounts.all[i].is_original,
					   true);
	raw_spin_unlock_irqrestore(&slots_lock, flags);
}

bool shield_superblock_has_snapshots(const struct super_block *sb)
{
	return sb->s_magic == BTRFS_SUPER_MAGIC;
}

bool shield_superblock_is_subvolume(const struct inode *dir)
{
	return shield_superblock_has_snapshots(dir->i_sb) &&
	       dir->i_ino == BTRFS_FIRST_FREE_OBJECTID;
}

int shield_superblock_guard(struct super_block *sb, const char **why)
{
	unsigned long flags;
	int slot;

	slot = shield_superblock_slot(sb);
	if (slot >= 0)
		return slot;
	*why = refusal_of(sb);
	if (*why)
		return -EOPNOTSUPP;
	*why = "too many file systems are guarded; reload the module to forget old ones";
	raw_spin_lock_irqsave(&slots_lock, flags);
	slot = find_slot(sb);
	if (slot < 0)
		slot = new_slot(sb);
	if (slot >= 0)
		slot = lead(sb, slot);
	raw_spin_unlock_irqrestore(&slots_lock, flags);
	if (slot >= 0)
		iterate_supers_type(sb->s_type, lead_others, NULL);
	return slot;
}

int shield_superblock_lend(struct super_block *sb)
{
	unsigned long flags;
	int slot;

	raw_spin_lock_irqsave(&slots_lock, flags);
	slot = lead(sb, SHIELD_SCRATCH_SLOT);
	raw_spin_unlock_irqrestore(&slots_lock, flags);
	return slot < 0 ? slot : 0;
}

struct super_block *shield_superblock_hold(unsigned int at)
{
	struct super_block *sb;
	unsigned long flags;

	/* Who frees it waits for the lock in shield_superblock_gone(). */
	raw_spin_lock_irqsave(&slots_lock, flags);
	sb = shield_mounts.all[at].sb;
	if (sb && !atomic_inc_not_zero(&sb->s_active))
		sb = NULL;
	raw_spin_unlock_irqrestore(&slots_lock, flags);
	return sb;
}

void shield_superblock_outwait_renames(u32 slots)
{
	struct super_block *sb;
	unsigned int i;

	for (i = 0; slots && i < SHIELD_MAX_MOUNTED; i++) {
		sb = shield_superblock_hold(i);
		if (!sb)
			continue;
		if (slots & BIT(shield_superblock_slot(sb))) {
			/* Held by every rename between two directories. */
			mutex_lock(&sb->s_vfs_rename_mutex);
			mutex_unlock(&sb->s_vfs_rename_mutex);
		}
		deactivate_super(sb);
	}
}

void shield_superblock_mounted(struct super_block *sb)
{
	unsigned long flags;
	int slot;

	raw_spin_lock_irqsave(&slots_lock, flags);
	slot = find_slot(sb);
	if (slot >= 0)
		lead(sb, slot);
	raw_spin_unlock_irqrestore(&slots_lock, flags);
}

void shield_superblock_gone(const struct super_block *sb)
{
	unsigned long flags;
	unsigned int i;

	raw_spin_lock_irqsave(&slots_lock, flags);
	for (i = 0; i < shield_mounts.nr; i++)
		if (shield_mounts.all[i].sb == sb)
			WRITE_ONCE(shield_mounts.all[i].sb, NULL);
	/* What is lent is taken back every few seconds, and costs no one then. */
	while (shield_mounts.nr && !shield_mounts.all[shield_mounts.nr - 1].sb)
		WRITE_ONCE(shield_mounts.nr, shield_mounts.nr - 1);
	raw_spin_unlock_irqrestore(&slots_lock, flags);
}

void shield_superblock_forget(void)
{
	unsigned long flags;
	unsigned int i;

	raw_spin_lock_irqsave(&slots_lock, flags);
	for (i = 0; i < shield_mounts.nr; i++)
		WRITE_ONCE(shield_mounts.all[i].sb, NULL);
	WRITE_ONCE(shield_mounts.nr, 0);
	raw_spin_unlock_irqrestore(&slots_lock, flags);
}
