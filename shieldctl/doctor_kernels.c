// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "doctor.h"
#include "host.h"
#include "shieldctl.h"

static const char *role(const struct installed *kernel)
{
	if (kernel->is_running && kernel->is_newest)
		return ", running and newest,";
	if (kernel->is_running)
		return ", running,";
	return kernel->is_newest ? ", newest," : "";
}

/* A kernel that is neither running nor next is no reason to refuse anything. */
static enum level weight(const struct installed *kernel)
{
	return kernel->is_running || kernel->is_newest ? LEVEL_WRONG :
							 LEVEL_NOTE;
}

static void say_how_to_build(struct findings *findings,
			     const struct installed *kernel)
{
	if (kernel->has_headers)
		finding_next(
			findings,
			"dkms install shield/" SHIELD_VERSION
			" -k %s, and if that fails, what it says in /var/lib/dkms/shield/" SHIELD_VERSION
			"/build/make.log",
			kernel->release);
	else
		finding_next(findings, "apt install linux-headers-%s",
			     kernel->release);
}

bool doctor_kernel_gap(struct findings *findings,
		       const struct installed *kernel)
{
	enum level level = weight(kernel);
	const char *release = kernel->release;

	if (installed_fits(kernel))
		return false;
	if (!kernel->path && kernel->error)
		finding_add(findings, LEVEL_UNKNOWN, "kernel",
			    "kernel %s%s cannot be asked for its modules: %s",
			    release, role(kernel), strerror(-kernel->error));
	else if (!kernel->path && kernel->has_headers)
		finding_add(findings, level, "kernel",
			    "kernel %s%s has no module shield", release,
			    role(kernel));
	else if (!kernel->path)
		finding_add(
			findings, level, "kernel",
			"kernel %s%s has no module shield, and its headers are not installed",
			release, role(kernel));
	else if (!kernel->built_for)
		finding_add(findings, level, "kernel",
			    "kernel %s%s: %s cannot be read as a module",
			    release, role(kernel), kernel->path);
	else
		finding_add(findings, level, "kernel",
			    "kernel %s%s: %s is built for %s", release,
			    role(kernel), kernel->path, kernel->built_for);
	say_how_to_build(findings, kernel);
	return true;
}

static bool knows_running(const struct installed_list *kernels)
{
	size_t i;

	for (i = 0; i < kernels->nr; i++)
		if (kernels->all[i].is_running)
			return true;
	return false;
}

void doctor_kernels(struct findings *findings,
		    const struct installed_list *kernels, const char *only)
{
	const struct installed *kernel;
	size_t before = findings->nr, i;

	for (i = 0; i < kernels->nr; i++) {
		kernel = &kernels->all[i];
		if (only && strcmp(only, kernel->release))
			continue;
		if (!doctor_kernel_gap(findings, kernel))
			finding_add(findings, LEVEL_OK, "kernel",
				    "kernel %s%s has a module built for it: %s",
				    kernel->release, role(kernel),
				    kernel->path);
		else if (only)
			findings->all[findings->nr - 1].level = LEVEL_WRONG;
	}
	if (only && findings->nr == before)
		finding_add(findings, LEVEL_UNKNOWN, "kernel",
			    "kernel %s is not installed", only);
	else if (!only && !kernels->nr)
		finding_add(findings, LEVEL_UNKNOWN, "kernel",
			    "no kernel is installed here");
	else if (!only && !knows_running(kernels))
		finding_add(
			findings, LEVEL_NOTE, "kernel",
			"the running kernel %s is not installed here: this is a container or a chroot, or it was removed",
			host_release());
}
