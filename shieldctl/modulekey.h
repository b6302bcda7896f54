/* SPDX-License-Identifier: GPL-2.0-only */
/* The key that DKMS signs modules with must not sign policies. */
#ifndef SHIELDCTL_MODULEKEY_H
#define SHIELDCTL_MODULEKEY_H

#include <openssl/x509.h>
#include <stdbool.h>

#include "text.h"

/**
 * modulekey_is() - is a certificate that of DKMS's key?
 * @certificate: certificate
 *
 * Return: false also if DKMS has none.
 */
bool modulekey_is(X509 *certificate);

/**
 * modulekey_signed() - is DKMS's key named as the signer of a manifest?
 * @manifest: manifest
 *
 * Return: false also if DKMS has none.
 */
bool modulekey_signed(const struct text *manifest);

#endif
