// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "doctor.h"
#include "enrolled.h"
#include "host.h"
#include "pin.h"
#include "trusted_file.h"

#define SECURE_BOOT \
	"/sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c"

/* What mokutil is asked about. */
#define DKMS_CERT "/var/lib/dkms/mok.pub"

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

static void tell_key(struct findings *findings, enum enrolled state)
{
	switch (state) {
	case ENROLLED_KERNEL:
		finding_add(findings, LEVEL_OK, "key",
			    "key: enrolled, the running kernel knows it");
		break;
	case ENROLLED_FIRMWARE:
		finding_add(findings, LEVEL_NOTE, "key",
			    "key: enrolled, the next boot brings it");
		break;
	case ENROLLED_REQUESTED:
		finding_add(findings, LEVEL_WRONG, "key",
			    "key: not enrolled yet");
		finding_next(
			findings,
			"reboot, and confirm it in the screen before the boot loader");
		break;
	case ENROLLED_NO:
		finding_add(findings, LEVEL_WRONG, "key", "key: not enrolled");
		finding_next(findings, "shieldctl enroll");
		break;
	default:
		finding_add(findings, LEVEL_UNKNOWN, "key",
			    "key: unknown whether it is enrolled");
		finding_next(findings, "apt install mokutil");
	}
}

/* Only a kernel that has the key takes what is signed with it. */
static void look_at_key(struct findings *findings)
{
	struct certificates pinned = { 0 };

	if (!pin_read(&pinned) && pinned.nr)
		tell_key(findings, enrolled_state(pinned.list[0], DKMS_CERT));
	certificates_free(&pinned);
}

/* Return: true if it is good. */
static bool look_at_signature(struct findings *findings,
			      const struct installed *kernel,
			      enum answer demanded)
{
	struct trusted_file file;

	trusted_file_verify(kernel->path, &file);
	if (file.error == -ENOENT) {
		finding_add(
			findings, LEVEL_UNKNOWN, "signature",
			"signature for %s: %s; by whom is unknown, no certificate is pinned",
			kernel->release,
			demanded == YES ? "demanded" :
					  "unknown whether demanded");
		finding_next(findings,
			     "pin the signer's certificate: shieldctl enroll");
	} else if (file.error)
		finding_add(findings, LEVEL_UNKNOWN, "signature",
			    "signature for %s: cannot be verified: %s",
			    kernel->release, strerror(-file.error));
	else if (file.verdict != VERDICT_GOOD) {
		finding_add(findings, LEVEL_WRONG, "signature",
			    "signature for %s: %s%s%s", kernel->release,
			    verdict_text(file.verdict),
			    *file.detail ? ": " : "", file.detail);
		finding_next(findings,
			     "sign %s with a key that is enrolled as a MOK",
			     kernel->path);
	} else
		finding_add(findings, LEVEL_OK, "signature",
			    "signature for %s: good, by the pinned certificate",
			    kernel->release);
	return !file.error && file.verdict == VERDICT_GOOD;
}

/* Return: true if one is demanded, or may be, and it is good. */
static bool signature(struct findings *findings, const struct installed *kernel,
		      enum answer demanded)
{
	const char *signer = kernel->signer;

	if (!installed_fits(kernel))
		return false;
	if (demanded != NO)
		return look_at_signature(findings, kernel, demanded);
	finding_add(findings, LEVEL_NOTE, "signature",
		    "signature for %s: not demanded; the module %s%s",
		    kernel->release,
		    signer ? "names as its signer " : "is not signed",
		    signer ? signer : "");
	return false;
}

void doctor_trust(struct findings *findings,
		  const struct installed_list *kernels)
{
	enum answer boot = secure_boot(findings), lock = lockdown(findings);
	enum answer demanded = UNKNOWN;
	bool is_signed = false;
	size_t i;

	/* Who has pinned a certificate demands it, too. */
	if (boot == YES || lock == YES || enforced() == YES ||
	    !access(certificate_pinned(), F_OK))
		demanded = YES;
	else if (boot == NO && lock == NO)
		demanded = NO;
	for (i = 0; i < kernels->nr; i++)
		if (kernels->all[i].is_running || kernels->all[i].is_newest)
			is_signed |=
				signature(findings, &kernels->all[i], demanded);
	if (is_signed)
		look_at_key(findings);
}
