// SPDX-License-Identifier: GPL-2.0-only
/*
 * Hooks on tasks that reach into other tasks: whoever can write a trusted
 * program's memory or take its descriptors is trusted with all it is.
 */
#include <linux/ptrace.h>
#include <linux/sched.h>
#include <linux/security.h>

#include "hook/judge.h"
#include "hook/points.h"

/*
 * Reading stays allowed: ps and the journal look at every process. Attaching
 * is ptrace itself, process_vm_writev(), /proc/PID/mem and pidfd_getfd().
 */
SHIELD_DENY(security_ptrace_access_check, SHIELD_PLAIN, 0, true, 2,
	    struct task_struct *, child, unsigned int, mode)
{
	long verdict;

	if (!(mode & PTRACE_MODE_ATTACH))
		return 0;
	verdict = shield_judge_control(shield_judge_begin(),
				       "security_ptrace_access_check", child,
				       current);
	shield_judge_end();
	return verdict;
}

SHIELD_DENY(security_ptrace_traceme, SHIELD_PLAIN, 0, true, 1,
	    struct task_struct *, parent)
{
	long verdict = shield_judge_control(shield_judge_begin(),
					    "security_ptrace_traceme", current,
					    parent);

	shield_judge_end();
	return verdict;
}
