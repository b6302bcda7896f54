// SPDX-License-Identifier: GPL-2.0-only
#include "apply.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "evict.h"
#include "facts.h"
#include "json.h"
#include "kernel.h"
#include "modulekey.h"
#include "report.h"
#include "shieldctl.h"

static const char *explain(int error)
{
	switch (error) {
	case -EPERM:
	case -EACCES:
		return "not permitted: loading a policy takes root with CAP_MAC_ADMIN, outside of containers";
	case -EOPNOTSUPP:
		return "this kernel cannot enforce it; see dmesg";
	case -EINVAL:
		return "the kernel does not understand it; is shieldctl newer than the module?";
	case -EIO:
		return "the kernel took only a part of it";
	default:
		return strerror(-error);
	}
}

static void tell_refusal(const struct policy *policy,
			 const struct shield_error *error)
{
	report_refusal(policy, error, false);
	fputs("The policy is not loaded; the one that was in force stays in force.\n",
	      stderr);
}

/* What was in force before had its notices when it was loaded. */
static bool is_news(const struct policy *policy,
		    const struct shield_error *notice)
{
	return strcmp(policy_locate(policy, &notice->pos).file,
		      POLICY_IN_FORCE) != 0;
}

static void tell_notices(const struct policy *policy,
			 const struct text *notices)
{
	const char *line = notices->data;
	struct shield_error notice;

	while (line && *line) {
		if (kernel_parse_answer(line, &notice) &&
		    is_news(policy, &notice))
			report_notice(policy, &notice);
		line = strchr(line, '\n');
		line = line ? line + 1 : NULL;
	}
}

static void write_json(const struct policy *policy,
		       const struct kernel_answer *answer)
{
	struct json json = { .out = stdout };
	const char *line = answer->notices.data;
	struct shield_error notice;
	struct facts facts = { 0 };

	json_open(&json, NULL, '{');
	json_bool(&json, "ok", !answer->errno_value);
	if (answer->errno_value)
		report_json(&json, "error", policy, &answer->error);
	if (!answer->errno_value && !facts_read(&facts))
		json_number(&json, "generation",
			    facts_number(&facts, "generation"));
	json_open(&json, "notices", '[');
	while (line && *line) {
		if (kernel_parse_answer(line, &notice))
			report_json(&json, NULL, policy, &notice);
		line = strchr(line, '\n');
		line = line ? line + 1 : NULL;
	}
	json_close(&json, ']');
	json_close(&json, '}');
	facts_free(&facts);
}

void apply_write_in_force(void)
{
	struct facts facts = { 0 };

	if (facts_read(&facts))
		return;
	printf("in force: policy %s; generation: %s, rules: %s\n",
	       facts_get(&facts, "policy"), facts_get(&facts, "generation"),
	       facts_get(&facts, "rules"));
	facts_free(&facts);
}

/* EPERM is also the answer of a sealed shield, which is no matter of rights. */
static bool is_refused_as_such(const struct kernel_answer *answer)
{
	return answer->errno_value && answer->has_reason;
}

/* Before the policy, of which it is no part: positions do not count it. */
static void add_confirm(struct text *text, unsigned int seconds)
{
	char line[32];
	int len = snprintf(line, sizeof(line), "confirm %u\n", seconds);

	text_append(text, line, len);
}

int apply_policy(const struct policy *policy, const struct apply_wishes *wishes)
{
	struct kernel_answer answer;
	struct text text = { 0 };

	if (wishes->confirm)
		add_confirm(&text, wishes->confirm);
	text_append(&text, policy->text.data, policy->text.len);
	kernel_write_policy(&text, &answer);
	if (wishes->evict)
		evict_holders(&text, &answer);
	text_free(&text);
	if (answer.errno_value == -ENOKEY && modulekey_signed(&policy->text))
		fputs("shieldctl: it is signed by the key that DKMS signs modules with; policies have a key of their own\n",
		      stderr);
	if (answer.errno_value && !answer.has_reason)
		snprintf(answer.error.message, sizeof(answer.error.message),
			 "%s", explain(answer.errno_value));
	if (wishes->is_json) {
		write_json(policy, &answer);
	} else if (answer.errno_value) {
		tell_refusal(policy, &answer.error);
	} else {
		tell_notices(policy, &answer.notices);
		apply_write_in_force();
		if (wishes->confirm)
			printf("for %u seconds; to keep it, from a new login: shieldctl confirm\n",
			       wishes->confirm);
	}
	text_free(&answer.notices);

	if (is_refused_as_such(&answer))
		return STATUS_NO;
	switch (answer.errno_value) {
	case 0:
		return STATUS_OK;
	case -EPERM:
	case -EACCES:
	case -ENOMEM:
		return STATUS_SYSTEM;
	default:
		return STATUS_NO;
	}
}
