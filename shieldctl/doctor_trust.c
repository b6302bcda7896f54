// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <string.h>

#include "doctor.h"
#include "host.h"

#define SECURE_BOOT \
	"/sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c"

/* Yes, no, or not to be found out. */
enum answer {
	NO,
	YES,
	UNKNOWN,
};

static enum answer secure_boot(struct findings *findings)
{
	/* Four bytes of attributes come first. */
	char variable[8];
	int len;

	if (!host_has("/sys/firmware/efi")) {
		finding_add(findings, LEVEL_NOTE, "secure-boot",
			    "Secure Boot: off, not booted by EFI");
		return NO;
	}
	len = host_read(variable, sizeof(variable), SECURE_BOOT);
	if (len >= 5) {
		finding_add(findings, LEVEL_NOTE, "secure-boot",
			    "Secure Boot: %s", variable[4] ? "on" : "off");
		return variable[4] ? YES : NO;
	}
	if (len == -ENOENT && host_has("/sys/firmware/efi/efivars/*")) {
		finding_add(findings, LEVEL_NOTE, "secure-boot",
			    "Secure Boot: off, the firmware does not know it");
		return NO;
	}
	finding_add(
		findings, LEVEL_UNKNOWN, "secure-boot",
		"Secure Boot: unknown, the firmware's variables cannot be read");
	finding_next(findings,
		     "mount -t efivarfs none /sys/firmware/efi/efivars");
	return UNKNOWN;
}

static enum answer lockdown(struct findings *findings)
{
	char modes[128], *chosen;

	if (host_read(modes, sizeof(modes), "/sys/kernel/security/lockdown") <=
	    0) {
		finding_add(findings, LEVEL_UNKNOWN, "lockdown",
			    "lockdown: unknown, securityfs does not tell");
		finding_next(
			findings,
			"as root: mount -t securityfs none /sys/kernel/security");
		return UNKNOWN;
	}
	chosen = strchr(modes, '[');
	chosen = chosen ? chosen + 1 : modes;
	chosen[strcspn(chosen, "]")] = '\0';
	finding_add(findings, LEVEL_NOTE, "lockdown", "lockdown: %s", chosen);
	return strcmp(chosen, "none") ? YES : NO;
}

static enum answer enforced(void)
{
	char value[8];

	/* A kernel without the file cannot be told to enforce. */
	if (host_read(value, sizeof(value),
		      "/sys/module/module/parameters/sig_enforce") <= 0)
		return NO;
	return *value == 'Y' ? YES : NO;
}

static void signature(struct findings *findings, const struct installed *kernel,
		      enum answer demanded)
{
	const char *signer = kernel->signer;

	if (!installed_fits(kernel))
		return;
	if (demanded == NO)
		finding_add(findings, LEVEL_NOTE, "signature",
			    "signature for %s: not demanded; the module %s%s",
			    kernel->release,
			    signer ? "names as its signer " : "is not signed",
			    signer ? signer : "");
	else if (demanded == YES && !signer) {
		finding_add(
			findings, LEVEL_WRONG, "signature",
			"signature for %s: demanded, and the module is not signed",
			kernel->release);
		finding_next(findings,
			     "sign %s with a key that is enrolled as a MOK",
			     kernel->path);
	} else
		finding_add(
			findings, LEVEL_UNKNOWN, "signature",
			"signature for %s: %s; the module %s%s, which nobody verified",
			kernel->release,
			demanded == YES ? "demanded" :
					  "unknown whether demanded",
			signer ? "names as its signer " : "is not signed",
			signer ? signer : "");
}

void doctor_trust(struct findings *findings,
		  const struct installed_list *kernels)
{
	enum answer boot = secure_boot(findings), lock = lockdown(findings);
	enum answer demanded = UNKNOWN;
	size_t i;

	if (boot == YES || lock == YES || enforced() == YES)
		demanded = YES;
	else if (boot == NO && lock == NO)
		demanded = NO;
	for (i = 0; i < kernels->nr; i++)
		if (kernels->all[i].is_running || kernels->all[i].is_newest)
			signature(findings, &kernels->all[i], demanded);
}
