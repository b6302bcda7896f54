/* SPDX-License-Identifier: GPL-2.0-only */
/* A key to sign modules with, and the certificate that says so. */
#ifndef SHIELDCTL_KEYPAIR_H
#define SHIELDCTL_KEYPAIR_H

#include <openssl/x509.h>

/**
 * struct keypair - what is to be made
 * @key_path: the private key goes here, as PEM, for its owner's eyes only
 * @cert_path: the certificate goes here, as DER, as mokutil wants it
 * @subject: the certificate's common name
 * @days: that it is valid for
 */
struct keypair {
	const char *key_path;
	const char *cert_path;
	const char *subject;
	long days;
};

/**
 * keypair_create() - make a key and its certificate
 * @pair: neither of its files may exist
 *
 * RSA with 2048 bits and sha256, which is what every supported kernel takes; a
 * certificate that is good for signing modules and for nothing else.
 *
 * Return: 0, or a negative errno after saying on stderr what failed.
 */
int keypair_create(const struct keypair *pair);

/**
 * keypair_matches() - does this key belong to that certificate?
 * @key_path: a private key as PEM
 * @certificate: which
 *
 * Return: 0, or a negative errno after saying on stderr what is wrong.
 */
int keypair_matches(const char *key_path, X509 *certificate);

#endif
