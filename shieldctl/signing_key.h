/* SPDX-License-Identifier: GPL-2.0-only */
/* The private key that signs, wherever it lies. */
#ifndef SHIELDCTL_SIGNING_KEY_H
#define SHIELDCTL_SIGNING_KEY_H

#include <openssl/evp.h>

/**
 * signing_key_open() - get at a private key
 * @name: file in PEM, whose passphrase is asked for, or a URI "pkcs11:…", by
 *        OpenSSL's provider or engine of that name
 *
 * Return: the key, to be freed by EVP_PKEY_free(); NULL after saying on stderr
 * what failed.
 */
EVP_PKEY *signing_key_open(const char *name);

#endif
