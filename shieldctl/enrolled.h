/* SPDX-License-Identifier: GPL-2.0-only */
/* Which keys the running kernel and its firmware know. */
#ifndef SHIELDCTL_ENROLLED_H
#define SHIELDCTL_ENROLLED_H

#include <openssl/x509.h>

/**
 * enum secure_boot - what the firmware says
 * @SECURE_BOOT_ABSENT: the machine was not booted by UEFI
 * @SECURE_BOOT_OFF: signatures do not matter to the firmware
 * @SECURE_BOOT_ON: they do, and then they do to the kernel
 */
enum secure_boot { SECURE_BOOT_ABSENT, SECURE_BOOT_OFF, SECURE_BOOT_ON };

/**
 * enum enrolled - where a key stands
 * @ENROLLED_UNKNOWN: there is nobody to ask
 * @ENROLLED_NO: nowhere
 * @ENROLLED_REQUESTED: the next boot will ask for it
 * @ENROLLED_FIRMWARE: the firmware has it, the running kernel does not
 * @ENROLLED_KERNEL: the running kernel takes modules signed with it
 */
enum enrolled {
	ENROLLED_UNKNOWN,
	ENROLLED_NO,
	ENROLLED_REQUESTED,
	ENROLLED_FIRMWARE,
	ENROLLED_KERNEL,
};

/**
 * secure_boot_state() - is Secure Boot on?
 *
 * Return: what the firmware says.
 */
enum secure_boot secure_boot_state(void);

/**
 * enrolled_state() - is this certificate enrolled?
 * @certificate: which
 * @der_path: the same as a file, in DER
 *
 * Return: where it stands, by the kernel's own word and then by mokutil's.
 */
enum enrolled enrolled_state(X509 *certificate, const char *der_path);

/**
 * enrolled_request() - ask for it at the next boot
 * @der_path: certificate in DER
 *
 * mokutil asks its user for a password.
 *
 * Return: 0, or a negative errno after saying on stderr what failed.
 */
int enrolled_request(const char *der_path);

#endif
