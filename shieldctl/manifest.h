/* SPDX-License-Identifier: GPL-2.0-only */
/* Signed policies: all files as one text, with purpose, version, signature. */
#ifndef SHIELDCTL_MANIFEST_H
#define SHIELDCTL_MANIFEST_H

#include <openssl/evp.h>
#include <openssl/x509.h>
#include <stdbool.h>

#include "../module/policy/envelope.h"
#include "text.h"

/* Which `shieldctl load` without a file takes, instead of the directories. */
#define MANIFEST_STANDARD "/etc/shield/policy.signed"

/**
 * struct manifest_header - what stands in front of a signed policy
 * @purpose: word
 * @version: the kernel refuses an older one; of a token its serial
 * @seal: the kernel seals when it has loaded it
 */
struct manifest_header {
	const char *purpose;
	unsigned long long version;
	bool seal;
};

/**
 * manifest_is_signed() - is a text one, or meant to be?
 * @text: text
 *
 * Return: true also if its signature is missing, which is the kernel's to tell.
 */
bool manifest_is_signed(const struct text *text);

/**
 * manifest_make() - sign
 * @header: what to put in front
 * @policy: policy text
 * @key: private key
 * @certificate: the certificate of @key
 * @manifest: result is appended
 *
 * Return: true if it worked; else what failed was said on stderr.
 */
bool manifest_make(const struct manifest_header *header,
		   const struct text *policy, EVP_PKEY *key, X509 *certificate,
		   struct text *manifest);

/**
 * manifest_is_by() - does a signature name a certificate as its signer's?
 * @text: manifest
 * @certificate: certificate
 *
 * Description: Only for telling; nothing is verified.
 *
 * Return: true if so.
 */
bool manifest_is_by(const struct text *text, X509 *certificate);

#endif
