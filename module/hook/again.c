// SPDX-License-Identifier: GPL-2.0-only
/*
 * What was just denied, is denied again.
 */
#include "hook/again.h"

#include <linux/percpu.h>

#include "event/count.h"
#include "event/trace.h"
#include "event/window.h"
#include "object/object.h"
#include "params.h"
#include "subject/tag.h"

#define SIZE 8

/**
 * struct denial - a denial of this CPU, used with preemption off
 * @hook: name of the hooked function; NULL if the element is free
 * @key: file
 * @rights: rights that were asked for
 * @stamp: of the policy's index
 * @drops: of the policy's index; another number, and the file may be free
 * @window: window that its events fall into
 * @number: of @window
 * @by_hook: counter to add to
 * @by_right: counter to add to
 * @suppressed: counter to add to
 */
struct denial {
	const char *hook;
	struct shield_key key;
	u16 rights;
	u64 stamp;
	u64 drops;
	const struct shield_window *window;
	u64 number;
	u64 *by_hook;
	u64 *by_right;
	u64 *suppressed;
};

static DEFINE_PER_CPU(struct denial[SIZE], denials);

static struct denial *slot_of(const struct inode *inode, u16 rights)
{
	return this_cpu_ptr(&denials[(inode->i_ino ^ rights) % SIZE]);
}

static bool is_same(const struct denial *denial,
		    const struct shield_policy *policy, const char *hook,
		    const struct inode *inode, u16 rights)
{
	return denial->hook == hook && denial->rights == rights &&
	       denial->key.ino == inode->i_ino &&
	       denial->key.generation == inode->i_generation &&
	       denial->key.slot == shield_superblock_slot(inode->i_sb) &&
	       denial->stamp == policy->index.stamp &&
	       denial->drops == READ_ONCE(policy->index.drops);
}

/* Its events are kept back by the window that kept them back last time. */
static bool is_suppressed(const struct denial *denial)
{
	return READ_ONCE(denial->window->number) == denial->number &&
	       shield_window_is_full(denial->window) &&
	       !trace_verdict_enabled();
}

static bool is_trusted(void)
{
	return shield_tag_any() &&
	       shield_tag_read(current).program != SHIELD_NO_PROGRAM;
}

bool shield_again(const struct shield_policy *policy, const char *hook,
		  const struct inode *inode, u16 rights)
{
	struct denial *denial = slot_of(inode, rights);

	if (!is_same(denial, policy, hook, inode, rights) ||
	    !is_suppressed(denial) || is_trusted() || !shield_params_enforce())
		return false;
	++*denial->by_hook;
	++*denial->by_right;
	++*denial->suppressed;
	return true;
}

void shield_again_remember(const struct shield_policy *policy,
			   const struct shield_request *request, u64 drops,
			   const struct shield_happening *happening)
{
	const struct shield_window *window = shield_window_find(happening);
	const struct inode *inode = request->inode;
	struct denial *denial = slot_of(inode, request->rights);
	int slot = shield_superblock_slot(inode->i_sb);

	denial->hook = NULL;
	if (!window || slot < 0)
		return;
	denial->key = shield_object_key(inode, slot);
	denial->rights = request->rights;
	denial->stamp = policy->index.stamp;
	denial->drops = drops;
	denial->window = window;
	denial->number = READ_ONCE(window->number);
	shield_count_cells(happening, &denial->by_hook, &denial->by_right);
	denial->suppressed = shield_window_cell(window);
	denial->hook = happening->hook;
}
