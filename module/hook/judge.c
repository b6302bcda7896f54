// SPDX-License-Identifier: GPL-2.0-only
/*
 * From a hook's arguments to its answer.
 */
#include "hook/judge.h"

#include <linux/bitops.h>
#include <linux/errno.h>
#include <linux/log2.h>
#include <linux/path.h>
#include <linux/sched.h>

#include "decide.h"
#include "event/event.h"
#include "hook/again.h"
#include "hook/guard.h"
#include "params.h"
#include "policy/settle.h"
#include "subject/upkeep.h"

bool shield_judge_reads;
const char *shield_judge_tried;

static enum shield_kind kind_of(const struct shield_verdict *verdict)
{
	if (verdict->denied)
		return shield_params_enforce() ? SHIELD_DENIED :
						 SHIELD_WOULD_DENY;
	return verdict->watched ? SHIELD_WATCHED : SHIELD_ALLOWED;
}

static bool may_concern(const struct shield_policy *policy,
			const struct inode *inode, const struct dentry *dentry)
{
	if (inode &&
	    shield_decide_may_hold(policy, inode,
				   shield_superblock_slot(inode->i_sb)))
		return true;
	return dentry &&
	       shield_decide_may_name(policy, dentry,
				      shield_superblock_slot(dentry->d_sb));
}

static u16 rights_to_tell(const struct shield_verdict *verdict, u16 wanted)
{
	if (verdict->denied)
		return verdict->denied;
	return verdict->watched ? verdict->watched : wanted;
}

static struct shield_happening
happening_of(const struct shield_policy *policy, const char *hook,
	     const struct shield_request *request, u32 number)
{
	const struct shield_rule *rule = &policy->rules[number];

	return (struct shield_happening){
		.hook = hook,
		.rule = rule->path,
		.line = rule->line,
		.generation = policy->generation,
		.sb = request->inode ? request->inode->i_sb :
				       request->dentry->d_sb,
		.ino = request->inode ? request->inode->i_ino : 0,
		.dentry = request->dentry,
	};
}

/* What only a maintenance window permits, whatever else is told of it. */
static noinline void tell_lent(const struct shield_policy *policy,
			       const char *hook,
			       const struct shield_request *request,
			       const struct shield_verdict *verdict)
{
	struct shield_happening happening =
		happening_of(policy, hook, request, verdict->lender);

	happening.kind = SHIELD_WINDOW;
	happening.rights = verdict->lent;
	happening.note = shield_upkeep_note();
	shield_event_happened(&happening);
}

/* No denial that is not told, none told that is not one. */
static noinline long tell_verdict(const struct shield_policy *policy,
				  const char *hook,
				  const struct shield_request *request,
				  const struct shield_verdict *verdict,
				  u64 drops, enum shield_kind kind)
{
	struct shield_happening happening =
		happening_of(policy, hook, request, verdict->rule);

	happening.kind = kind;
	happening.rights = rights_to_tell(verdict, request->rights);
	shield_event_happened(&happening);
	if (kind != SHIELD_DENIED)
		return 0;
	if (verdict->is_lasting && is_power_of_2(happening.rights))
		shield_again_remember(policy, request, drops, &happening);
	return -EACCES;
}

static __always_inline long tell(const struct shield_policy *policy,
				 const char *hook,
				 const struct shield_request *request,
				 const struct shield_verdict *verdict,
				 u64 drops)
{
	enum shield_kind kind = kind_of(verdict);

	if (unlikely(verdict->rule == shield_policy_scratch_rule(policy))) {
		WRITE_ONCE(shield_judge_tried, hook);
		return -EACCES;
	}
	if (unlikely(verdict->lent) && !verdict->denied)
		tell_lent(policy, hook, request, verdict);
	if (likely(kind == SHIELD_ALLOWED &&
		   !(verdict->known && shield_params_debug())))
		return 0;
	return tell_verdict(policy, hook, request, verdict, drops, kind);
}

/* Apart, so that only what a rule may concern pays for a verdict's room. */
static noinline long judge(struct shield_policy *policy, const char *hook,
			   struct inode *inode, const struct dentry *dentry,
			   u16 rights)
{
	/* Before the decision: what is taken out meanwhile makes it outdated. */
	u64 drops = READ_ONCE(policy->index.drops);
	const struct shield_request request = {
		.inode = inode,
		.dentry = dentry,
		.rights = rights,
	};
	struct shield_verdict verdict;
	long error;

	shield_decide(policy, &request, &verdict);
	if (unlikely(verdict.unsettled))
		shield_settle_later();
	error = tell(policy, hook, &request, &verdict, drops);
	if (unlikely(verdict.mounting) && !error)
		shield_settle_mounts();
	return error;
}

long shield_judge(struct shield_policy *policy, const char *hook,
		  struct inode *inode, const struct dentry *dentry, u16 rights)
{
	if (!policy || !may_concern(policy, inode, dentry))
		return 0;
	return shield_judge_concerned(policy, hook, inode, dentry, rights);
}

long shield_judge_concerned(struct shield_policy *policy, const char *hook,
			    struct inode *inode, const struct dentry *dentry,
			    u16 rights)
{
	if (inode && shield_again(policy, hook, inode, rights))
		return -EACCES;
	return judge(policy, hook, inode, dentry, rights);
}

long shield_judge_wide(struct shield_policy *policy, const char *hook,
		       const struct path *at, u16 rights,
		       enum shield_width width)
{
	const struct shield_request request = {
		.inode = d_inode(at->dentry),
		.dentry = at->dentry,
		.rights = rights,
	};
	struct shield_verdict verdict;
	long error;

	if (!policy)
		return 0;
	shield_decide_wide(policy, &request, width, &verdict);
	error = tell(policy, hook, &request, &verdict, 0);
	if (verdict.mounting && !error)
		shield_settle_mounts();
	return error;
}

static noinline long judge_arrival(struct shield_policy *policy,
				   const char *hook,
				   const struct shield_request *request)
{
	struct shield_verdict verdict;

	shield_decide_arrival(policy, request, &verdict);
	if (verdict.unsettled)
		shield_settle_later();
	if (verdict.held)
		shield_guard_later();
	if (verdict.mapped)
		hook = "of an arrival that others have mapped";
	return tell(policy, hook, request, &verdict, 0);
}

long shield_judge_arrival(struct shield_policy *policy, const char *hook,
			  struct inode *inode, const struct dentry *dentry)
{
	const struct shield_request request = {
		.inode = inode,
		.dentry = dentry,
		.rights = SHIELD_CREATE,
	};

	if (!policy || !may_concern(policy, NULL, dentry))
		return 0;
	return judge_arrival(policy, hook, &request);
}

long shield_judge_control(struct shield_policy *policy, const char *hook,
			  const struct task_struct *task,
			  const struct task_struct *by)
{
	struct shield_happening happening;
	bool enforce = shield_params_enforce();
	u32 rule;

	if (!policy || likely(shield_decide_control(policy, task, by, &rule)))
		return 0;
	happening = (struct shield_happening){
		.kind = enforce ? SHIELD_DENIED : SHIELD_WOULD_DENY,
		.rights = SHIELD_WRITE,
		.hook = hook,
		.rule = policy->rules[rule].path,
		.line = policy->rules[rule].line,
		.generation = policy->generation,
	};
	shield_event_happened(&happening);
	return enforce ? -EACCES : 0;
}

/* The path and the line that made the program of the policy what it is. */
static void blame_program(struct shield_happening *happening,
			  const struct shield_policy *policy,
			  const struct shield_subject *subject)
{
	u64 groups = shield_decide_strict(policy, subject);

	happening->rule = shield_decide_path(policy, subject->program);
	if (groups)
		happening->line = policy->groups[__ffs64(groups)].pos.line;
}

static noinline long tell_code(const struct shield_policy *policy,
			       const char *hook, const struct shield_code *code,
			       const struct shield_subject *subject,
			       const char *why)
{
	bool enforce = shield_params_enforce();
	char note[64];
	struct shield_happening happening = {
		.kind = enforce ? SHIELD_DENIED : SHIELD_WOULD_DENY,
		.rights = SHIELD_EXEC,
		.hook = hook,
		.generation = policy->generation,
		.note = note,
	};

	scnprintf(note, sizeof(note), "strict: %s", why);
	blame_program(&happening, policy, subject);
	if (code->file) {
		happening.sb = file_inode(code->file)->i_sb;
		happening.ino = file_inode(code->file)->i_ino;
		happening.dentry = code->file->f_path.dentry;
	}
	shield_event_happened(&happening);
	return enforce ? -EACCES : 0;
}

long shield_judge_code(struct shield_policy *policy, const char *hook,
		       const struct shield_code *code)
{
	struct shield_subject subject = shield_tag_read(current);
	const char *why;

	/* A thread for which there was no memory has no tag of its own. */
	if (unlikely(subject.program == SHIELD_NO_PROGRAM))
		subject = shield_tag_read(current->group_leader);
	if (!policy || likely(!subject.strict))
		return 0;
	why = shield_decide_code(policy, code);
	return why ? tell_code(policy, hook, code, &subject, why) : 0;
}
