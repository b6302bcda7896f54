// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "directories.h"
#include "doctor.h"
#include "host.h"
#include "manifest.h"
#include "policy.h"

static void tell_refusal(struct findings *findings, const char *file,
			 const struct shield_error *error,
			 const struct shield_pos *pos)
{
	finding_add(findings, LEVEL_WRONG, "policy-files",
		    "the policy of the next boot is refused: %s:%u:%u: %s",
		    file, pos->line, pos->column, error->message);
}

/* Returns whether it is well formed; @what says where it is from. */
static bool judge(struct findings *findings, struct policy *policy,
		  const char *what)
{
	struct shield_error error;
	struct policy_place place;
	bool is_policy = !policy_parse(policy, &error);

	if (is_policy) {
		finding_add(findings, LEVEL_OK, "policy-files",
			    "the policy of the next boot: %s, %s, %u rules",
			    *policy->ast.name ? policy->ast.name : "unnamed",
			    what, policy->ast.nr_rules);
	} else {
		place = policy_locate(policy, &error.pos);
		tell_refusal(findings, place.file, &error, &place.pos);
	}
	return is_policy;
}

/* Returns whether all could be read. */
static bool read_files(struct findings *findings, struct policy *policy,
		       char **paths, size_t nr)
{
	size_t i;

	for (i = 0; i < nr; i++) {
		if (!policy_add_file(policy, paths[i]))
			continue;
		finding_add(findings, LEVEL_UNKNOWN, "policy-files",
			    "the policy of the next boot cannot be read: %s",
			    paths[i]);
		return false;
	}
	return true;
}

static void judge_files(struct findings *findings, char **paths, size_t nr)
{
	struct policy policy = { 0 };
	char what[32];

	snprintf(what, sizeof(what), "%zu files", nr);
	if (read_files(findings, &policy, paths, nr) &&
	    !judge(findings, &policy, what))
		finding_next(findings, "correct it, then shieldctl load");
	policy_free(&policy);
}

/* Whether the kernel trusts who signed it, only the kernel says. */
static void judge_envelope(struct findings *findings, char *path,
			   const struct text *manifest)
{
	struct shield_envelope envelope = { 0 };
	struct shield_error error = { 0 };
	struct policy inner = { 0 };
	struct text text = { 0 };
	char what[64];

	if (shield_envelope_open(manifest->data, manifest->len, &envelope,
				 &error)) {
		tell_refusal(findings, path, &error, &error.pos);
		finding_next(findings, "see shieldctl sign --help");
		return;
	}
	if (envelope.is_signed &&
	    !shield_envelope_is_for(&envelope, SHIELD_PURPOSE_POLICY)) {
		finding_add(
			findings, LEVEL_WRONG, "policy-files",
			"the policy of the next boot is refused: %s is signed for something else",
			path);
		finding_next(findings, "sign it without --purpose");
		return;
	}
	text_append(&text, envelope.policy.at, envelope.policy.len);
	policy_add_text(&inner, path, &text);
	if (envelope.is_signed)
		snprintf(what, sizeof(what), "signed, version %llu",
			 (unsigned long long)envelope.version);
	else
		snprintf(what, sizeof(what), "not signed");
	if (!judge(findings, &inner, what))
		finding_next(findings,
			     "correct its source, and see shieldctl sign");
	policy_free(&inner);
	text_free(&text);
}

static void judge_manifest(struct findings *findings, char *path)
{
	struct policy policy = { 0 };

	if (read_files(findings, &policy, &path, 1))
		judge_envelope(findings, path, &policy.text);
	policy_free(&policy);
}

/* What shieldctl load takes without a file: see force_standard(). */
void doctor_policy(struct findings *findings)
{
	char *manifest = host_path(MANIFEST_STANDARD), **paths;
	size_t nr;

	if (!access(manifest, F_OK)) {
		judge_manifest(findings, manifest);
		free(manifest);
		return;
	}
	free(manifest);
	nr = directories_list(&paths);
	if (nr)
		judge_files(findings, paths, nr);
	else
		finding_add(findings, LEVEL_WRONG, "policy-files",
			    "there is no policy file for the next boot");
	directories_free(paths, nr);
}
