/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A detached signature in the form that the kernel takes: CMS (RFC 5652) with
 * one signer, without attributes, over sha256 with RSA.
 */
#ifndef SHIELDCTL_SIGNATURE_H
#define SHIELDCTL_SIGNATURE_H

#include <stddef.h>
#include <time.h>

#include "certificate.h"
#include "verdict.h"

/**
 * struct bytes - a piece of somebody else's memory
 * @data: its beginning
 * @len: bytes
 */
struct bytes {
	const unsigned char *data;
	size_t len;
};

/**
 * struct signature_check - a question and what was found on the way
 * @trusted: certificates, the only ones that count
 * @when: the time at which the certificate must be valid
 * @signer: the one of @trusted that the signature names; NULL if none does
 * @detail: what is wrong in particular, may be empty
 */
struct signature_check {
	const struct certificates *trusted;
	time_t when;
	X509 *signer;
	char detail[160];
};

/**
 * signature_verify() - is this a signature over the content?
 * @check: in and out
 * @content: what should be signed
 * @signature: CMS in DER, nothing behind it
 *
 * What certificates the signature carries is not looked at.
 *
 * Return: VERDICT_GOOD, or the first thing that is wrong with it.
 */
enum verdict signature_verify(struct signature_check *check,
			      struct bytes content, struct bytes signature);

#endif
