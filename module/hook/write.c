// SPDX-License-Identifier: GPL-2.0-only
/*
 * Hooks on writing by descriptors that one has already. Armed only while a
 * protected file is held by somebody from before it was protected;
 * generic_write_checks() also where a file may be appended to and not written.
 */
#include <linux/fs.h>
#include <linux/security.h>

#include "compat/layers.h"
#include "hook/guard.h"
#include "hook/judge.h"
#include "hook/points.h"
#include "object/holder.h"

static long judge(const char *hook, const struct file *file, u16 rights)
{
	long verdict = shield_judge(shield_judge_begin(), hook,
				    file_inode(file), shield_file_dentry(file),
				    rights);

	shield_judge_end();
	return verdict;
}

/* write() and its kin, splice, copy, clone, dedupe, io_uring, aio. */
SHIELD_DENY(security_file_permission, SHIELD_PLAIN, SHIELD_WHEN_HELD, false, 2,
	    struct file *, file, int, mask)
{
	if (!(mask & MAY_WRITE) || !shield_holder_is_held(file_inode(file)))
		return 0;
	return judge("security_file_permission", file,
		     shield_guard_rights(file->f_flags));
}

static u16 rights_of_write(const struct kiocb *iocb)
{
	unsigned int flags = iocb->ki_filp->f_flags;

	/* RWF_NOAPPEND: this write goes where it likes. */
	if (flags & O_APPEND && !(iocb->ki_flags & IOCB_APPEND))
		return SHIELD_WRITE;
	if (shield_holder_is_held(file_inode(iocb->ki_filp)))
		return shield_guard_rights(flags);
	return 0;
}

/*
 * Where writes to files of all file systems meet, also those that parts of the
 * kernel make without asking security_file_permission(): process accounting,
 * a loop device.
 */
SHIELD_DENY_LONG(generic_write_checks, SHIELD_PLAIN,
		 SHIELD_WHEN_HELD | SHIELD_WHEN_APPEND_ONLY, false, 2,
		 struct kiocb *, iocb, struct iov_iter *, from)
{
	u16 rights = rights_of_write(iocb);

	return rights ? judge("generic_write_checks", iocb->ki_filp, rights) :
			0;
}
