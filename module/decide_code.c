// SPDX-License-Identifier: GPL-2.0-only
/*
 * What code a strict program may execute: that of a file which nobody can
 * change, as it is in the file.
 */
#include "decide_code.h"

#include "decide.h"

const char *shield_decide_code(struct shield_policy *policy,
			       const struct shield_code *code)
{
	if (!code->file)
		return "strict: memory of no file";
	if (code->shared)
		return "strict: a shared mapping";
	if (code->writable)
		return "strict: memory that can be written";
	if (code->written)
		return "strict: memory that was written";
	if (!shield_decide_is_guarded(policy, file_inode(code->file),
				      code->file->f_path.dentry))
		return "strict: a file that is not under deny modify";
	return NULL;
}
