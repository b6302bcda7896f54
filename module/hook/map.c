// SPDX-License-Identifier: GPL-2.0-only
/*
 * Hooks on memory: writing a file by a mapping that is shared, armed while a
 * protected file is held from before; executing memory, armed while the policy
 * has strict programs.
 */
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/mman.h>
#include <linux/personality.h>
#include <linux/sched.h>
#include <linux/security.h>

#include "compat/layers.h"
#include "decide_code.h"
#include "hook/judge.h"
#include "hook/points.h"
#include "object/holder.h"
#include "subject/tag.h"

static bool is_held_mapping(const struct file *file, unsigned long prot)
{
	return file && prot & PROT_WRITE &&
	       shield_holder_is_held(file_inode(file));
}

static long judge_writing(const char *hook, const struct file *file)
{
	long verdict = shield_judge(shield_judge_begin(), hook,
				    file_inode(file), shield_file_dentry(file),
				    SHIELD_WRITE);

	shield_judge_end();
	return verdict;
}

/* As mmap() itself will see it: with this personality, what is read is run. */
static bool is_code(unsigned long prot)
{
	return prot & PROT_EXEC ||
	       (prot & PROT_READ && current->personality & READ_IMPLIES_EXEC);
}

static long judge_code(const char *hook, const struct shield_code *code)
{
	long verdict = shield_judge_code(shield_judge_begin(), hook, code);

	shield_judge_end();
	return verdict;
}

/* shmat() and the programs that exec maps come here, too. */
SHIELD_DENY(security_mmap_file, SHIELD_PLAIN,
	    SHIELD_WHEN_HELD | SHIELD_WHEN_STRICT, false, 3, struct file *,
	    file, unsigned long, prot, unsigned long, flags)
{
	const struct shield_code code = {
		.file = file,
		.shared = (flags & MAP_TYPE) != MAP_PRIVATE,
		.writable = prot & PROT_WRITE,
	};
	long verdict = 0;

	if (code.shared && is_held_mapping(file, prot))
		verdict = judge_writing("security_mmap_file", file);
	if (!verdict && shield_tag_any() && is_code(prot))
		verdict = judge_code("security_mmap_file", &code);
	return verdict;
}

/* A file that its task may not write is not VM_SHARED, but shared all the same. */
SHIELD_DENY(security_file_mprotect, SHIELD_PLAIN,
	    SHIELD_WHEN_HELD | SHIELD_WHEN_STRICT, false, 3,
	    struct vm_area_struct *, area, unsigned long, asked, unsigned long,
	    prot)
{
	const struct shield_code code = {
		.file = area->vm_file,
		.shared = area->vm_flags & VM_MAYSHARE,
		.writable = prot & PROT_WRITE,
		.written = area->anon_vma,
	};
	long verdict = 0;

	if (area->vm_flags & VM_SHARED && is_held_mapping(area->vm_file, prot))
		verdict =
			judge_writing("security_file_mprotect", area->vm_file);
	if (!verdict && shield_tag_any() && is_code(prot))
		verdict = judge_code("security_file_mprotect", &code);
	return verdict;
}
