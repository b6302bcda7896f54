// SPDX-License-Identifier: GPL-2.0-only
/*
 * What code a strict program may execute: that of a file which nobody can
 * change, as it is in the file.
 */
#include "decide_code.h"

#include "decide.h"

const char *shield_decide_steady(const struct shield_code *code)
{
	if (!code->file)
		return "memory of no file";
	if (code->shared)
		return "a shared mapping";
	if (code->writable)
		return "memory that can be written";
	if (code->written)
		return "memory that was written";
	return NULL;
}

const char *shield_decide_code(struct shield_policy *policy,
			       const struct shield_code *code)
{
	const char *why = shield_decide_steady(code);

	if (why)
		return why;
	if (!shield_decide_is_guarded(policy, file_inode(code->file),
				      code->file->f_path.dentry))
		return "a file not under deny modify";
	return NULL;
}
