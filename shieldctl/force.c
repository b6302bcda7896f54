// SPDX-License-Identifier: GPL-2.0-only
#include "force.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "directories.h"
#include "kernel.h"
#include "manifest.h"
#include "premount.h"
#include "report.h"
#include "shieldctl.h"

/*
 * A text that we can see is no policy does not reach the kernel: then the
 * module need not be loaded for it either.
 */
static int load(struct policy *policy, const struct apply_wishes *wishes)
{
	struct shield_error error;
	int status;

	if (manifest_is_signed(&policy->text)) {
		if (policy->nr_files > 1) {
			fputs("shieldctl: a signed manifest is a whole policy: load it alone\n",
			      stderr);
			return STATUS_USAGE;
		}
	} else if (policy_parse(policy, &error)) {
		report_refusal(policy, &error, wishes->is_json);
		return STATUS_NO;
	} else if (wishes->before_mounts) {
		premount_form(policy);
	}
	if (kernel_probe() == KERNEL_NOT_LOADED &&
	    !getenv("SHIELDCTL_SECURITYFS")) {
		fputs("loading the module without a policy\n", stderr);
		if (kernel_load_module("policy=none"))
			return STATUS_NOT_LOADED;
	}
	status = kernel_require();
	return status == STATUS_OK ? apply_policy(policy, wishes) : status;
}

int force_files(char **paths, size_t nr, const struct apply_wishes *wishes)
{
	struct policy policy = { 0 };
	int status = policy_add_files(&policy, paths, nr);

	if (status == STATUS_OK)
		status = load(&policy, wishes);
	policy_free(&policy);
	return status;
}

static int force_list(char **paths, size_t nr,
		      const struct apply_wishes *wishes)
{
	int status = STATUS_USAGE;

	if (nr)
		status = force_files(paths, nr, wishes);
	else
		fputs("shieldctl: there is no *.policy file in a policy.d directory: name a FILE\n",
		      stderr);
	directories_free(paths, nr);
	return status;
}

/* What is signed stands for all files that it was made of. */
int force_standard(const struct apply_wishes *wishes)
{
	char *manifest = MANIFEST_STANDARD, **paths;
	size_t nr;

	if (!access(manifest, F_OK))
		return force_files(&manifest, 1, wishes);
	nr = directories_list(&paths);
	return force_list(paths, nr, wishes);
}

int force_shipped(const struct apply_wishes *wishes)
{
	char **paths;
	size_t nr = directories_shipped(&paths);

	return force_list(paths, nr, wishes);
}

/* Returns whether that came into force. */
static bool fall_back(int status, const struct apply_wishes *wishes)
{
	if (status != STATUS_NO && status != STATUS_SYSTEM)
		return false;
	fputs("shieldctl: falling back to the policy files that came with shield\n",
	      stderr);
	return force_shipped(wishes) == STATUS_OK;
}

int force_at_boot(const struct apply_wishes *wishes)
{
	int status = force_standard(wishes);

	fall_back(status, wishes);
	return status;
}

int force_early(bool *any)
{
	const struct apply_wishes wishes = { .before_mounts = true };
	bool is_signed = !access(MANIFEST_STANDARD, F_OK);
	int status = is_signed ? force_shipped(&wishes) :
				 force_standard(&wishes);

	*any = status == STATUS_OK ||
	       (!is_signed && fall_back(status, &wishes));
	return status;
}
