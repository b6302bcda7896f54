// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mounts that the paths of a policy lead over.
 */
#include "object/crossing.h"

#include <asm/barrier.h>
#include <linux/compiler.h>
#include <linux/mount.h>

void shield_crossings_add(struct shield_crossings *crossings,
			  const struct vfsmount *mnt)
{
	unsigned int nr = crossings->nr;

	if (nr > SHIELD_MAX_CROSSINGS ||
	    shield_crossings_may_have(crossings, mnt))
		return;
	if (nr < SHIELD_MAX_CROSSINGS)
		crossings->all[nr] = (struct shield_crossing){
			.mnt = mnt,
			.root = mnt->mnt_root,
		};
	/* Hooks read without a lock: the pointers stand before they count. */
	smp_store_release(&crossings->nr, nr + 1);
}

bool shield_crossings_may_have(const struct shield_crossings *crossings,
			       const struct vfsmount *mnt)
{
	/* Pairs with the release in shield_crossings_add(). */
	unsigned int i, nr = smp_load_acquire(&crossings->nr);

	if (nr > SHIELD_MAX_CROSSINGS)
		return true;
	for (i = 0; i < nr; i++)
		if (crossings->all[i].mnt == mnt &&
		    crossings->all[i].root == mnt->mnt_root)
			return true;
	return false;
}
