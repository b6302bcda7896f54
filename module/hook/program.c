// SPDX-License-Identifier: GPL-2.0-only
/*
 * Hooks on the life of a task: exec gives and takes trust, fork hands it on,
 * the end of the task ends it.
 */
#include <linux/binfmts.h>
#include <linux/personality.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <linux/security.h>

#include "decide.h"
#include "hook/judge.h"
#include "hook/points.h"
#include "subject/home.h"
#include "subject/tag.h"
#include "subject/upkeep.h"

/* A tracer, or a peer that shares root and working directory, can steer it. */
#define STEERED (LSM_UNSAFE_PTRACE | LSM_UNSAFE_SHARE)

/*
 * What exec makes of the current task. For a script this is its interpreter,
 * which no policy can name as a program.
 */
static struct shield_subject earned(const struct shield_policy *policy,
				    const struct linux_binprm *bprm)
{
	struct shield_subject subject = { .program = SHIELD_NO_PROGRAM };

	if (!policy || bprm->unsafe & STEERED)
		return subject;
	subject.program = shield_decide_program(policy, file_inode(bprm->file),
						bprm->file->f_path.dentry);
	subject.confined = !shield_home_mounts() || !shield_home_root() ||
			   current->seccomp.mode != SECCOMP_MODE_DISABLED;
	if (subject.program != SHIELD_NO_PROGRAM)
		subject.window = shield_upkeep_joins(subject.program);
	subject.strict = shield_decide_strict(policy, &subject);
	return subject;
}

/*
 * The kernel has decided on bprm->unsafe and does not yet know whether to set
 * AT_SECURE: with it, the dynamic linker ignores LD_PRELOAD and its kin. As for
 * other privileged programs, whoever runs it does not choose that all memory can
 * be executed, nor where it lies.
 */
SHIELD_SEE(security_bprm_creds_from_file, SHIELD_CREDS_FROM_FILE, int, 0, true,
	   1, struct linux_binprm *, bprm)
{
	struct shield_subject subject = earned(shield_judge_begin(), bprm);

	shield_judge_end();
	if (subject.program != SHIELD_NO_PROGRAM) {
		bprm->secureexec = 1;
		bprm->per_clear |= PER_CLEAR_ON_SETID;
	}
}

/*
 * The task is the new program from here on. It is trusted only if it was told
 * so above: the policy may have become another one since.
 */
SHIELD_SEE(security_bprm_committed_creds, SHIELD_COMMITTED_CREDS, void, 0, true,
	   1, struct linux_binprm *, bprm)
{
	struct shield_subject subject = earned(shield_judge_begin(), bprm);

	if (!bprm->secureexec)
		subject.program = SHIELD_NO_PROGRAM;
	/* Within the RCU section, so that the policy keeps the program alive. */
	shield_tag_set(current, &subject);
	shield_judge_end();
}

/*
 * Before anything else, whatever a former task at this address had is taken
 * away: the kernel does not call task_free for a fork that fails early.
 */
SHIELD_SEE(security_task_alloc, SHIELD_TASK_ALLOC, int, 0, true, 1,
	   struct task_struct *, task)
{
	if (unlikely(shield_tag_any()))
		shield_tag_inherit(task);
}

SHIELD_SEE(security_task_free, SHIELD_PLAIN, void, 0, true, 1,
	   struct task_struct *, task)
{
	static const struct shield_subject nobody = {
		.program = SHIELD_NO_PROGRAM,
	};

	if (unlikely(shield_tag_any()))
		shield_tag_set(task, &nobody);
}
