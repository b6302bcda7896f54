/* SPDX-License-Identifier: GPL-2.0-only */
/* The one form that a signature may have, byte by byte. */
#ifndef SHIELDCTL_SIGNATURE_FORM_H
#define SHIELDCTL_SIGNATURE_FORM_H

#include <stdbool.h>

#include "signature.h"

/**
 * signature_has_form() - is it what the kernel's sign-file writes?
 * @signature: a CMS message
 * @signer: who signed it
 * @value: the signature proper, which is part of @signature
 *
 * Much of a CMS message is covered by no signature: versions, lists of
 * algorithms, certificates that come along. Somebody could change it, and two
 * readers could take it for different things. So all of it is built anew from
 * the certificate and compared.
 *
 * Return: whether no other byte is in it.
 */
bool signature_has_form(struct bytes signature, X509 *signer,
			struct bytes value);

#endif
