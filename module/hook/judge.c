// SPDX-License-Identifier: GPL-2.0-only
/*
 * From a hook's arguments to its answer.
 */
#include "hook/judge.h"

#include <linux/errno.h>

#include "decide.h"
#include "event/event.h"
#include "params.h"
#include "policy/settle.h"

bool shield_judge_reads;

static enum shield_outcome outcome_of(const struct shield_verdict *verdict)
{
	if (verdict->denied)
		return shield_params_enforce() ? SHIELD_DENIED :
						 SHIELD_WOULD_DENY;
	return verdict->watched ? SHIELD_WATCHED : SHIELD_ALLOWED;
}

static u16 rights_to_tell(const struct shield_verdict *verdict, u16 wanted)
{
	if (verdict->denied)
		return verdict->denied;
	return verdict->watched ? verdict->watched : wanted;
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

long shield_judge(struct shield_policy *policy, const char *hook,
		  struct inode *inode, const struct dentry *dentry, u16 rights)
{
	const struct shield_request request = {
		.inode = inode,
		.dentry = dentry,
		.rights = rights,
	};
	struct shield_verdict verdict;
	enum shield_outcome outcome;
	struct shield_happening happening;

	if (!policy || !may_concern(policy, inode, dentry))
		return 0;
	shield_decide(policy, &request, &verdict);
	if (unlikely(verdict.unsettled))
		shield_settle_later();
	outcome = outcome_of(&verdict);
	if (likely(outcome == SHIELD_ALLOWED &&
		   !(verdict.known && shield_params_debug())))
		return 0;
	happening = (struct shield_happening){
		.outcome = outcome,
		.rights = rights_to_tell(&verdict, rights),
		.hook = hook,
		.rule = policy->rules[verdict.rule].path,
		.line = policy->rules[verdict.rule].line,
		.generation = policy->generation,
		.sb = inode ? inode->i_sb : dentry->d_sb,
		.ino = inode ? inode->i_ino : 0,
		.name = verdict.has_component ? verdict.component.text : "",
	};
	shield_event_happened(&happening);
	return outcome == SHIELD_DENIED ? -EACCES : 0;
}

long shield_judge_arrival(struct shield_policy *policy,
			  const struct inode *inode,
			  const struct dentry *dentry)
{
	int entered;

	if (!policy)
		return 0;
	entered = shield_decide_arrival(policy, inode, dentry);
	if (entered > 0)
		shield_settle_later();
	return entered < 0 ? -EACCES : 0;
}
