/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Who may sign policies, and whether one is signed so.
 */
#ifndef SHIELD_POLICY_SIGNATURE_H
#define SHIELD_POLICY_SIGNATURE_H

#include <linux/types.h>

#include "policy/envelope.h"

struct key;

/* Bytes of a certificate, at most. */
#define SHIELD_MAX_CERTIFICATE 8192

/**
 * struct shield_signer - whose signature counts
 * @ring: keyring of him alone; a reference
 * @key: his key; a reference
 */
struct shield_signer {
	struct key *ring;
	struct key *key;
};

/**
 * shield_signature_init() - make the keyring, and put the certificate of the
 *                           build into it
 *
 * Context: process; sleeps.
 * Return: 0, or the error of the keyring or of the certificate.
 */
int shield_signature_init(void);

/**
 * shield_signature_exit() - give the keyring back
 *
 * Context: process; sleeps.
 */
void shield_signature_exit(void);

/**
 * shield_signature_read() - read a certificate
 * @certificate: X.509, DER
 * @len: its bytes
 * @from: result, for shield_signature_put()
 *
 * Description: For the algorithms that it names the kernel may look for modules,
 * and waits for a program of userspace then, which root chooses.
 *
 * Context: process; sleeps; shield_policy_mutex is not held.
 * Return: 0; -EEXIST if the build has one; the error of who parses it.
 */
int shield_signature_read(const void *certificate, size_t len,
			  struct shield_signer *from);

/**
 * shield_signature_pin() - policies are to be signed by who a certificate names
 * @from: read; replaced by who it was before
 *
 * Context: process; shield_policy_mutex is held.
 */
void shield_signature_pin(struct shield_signer *from);

/**
 * shield_signature_put() - give back who it is not
 * @from: read, or zeroed
 *
 * Context: process; sleeps.
 */
void shield_signature_put(struct shield_signer *from);

/**
 * shield_signature_key() - whose signature counts
 * @text: description of the key; "none" if there is none
 * @size: bytes of @text
 *
 * Context: process; sleeps; shield_policy_mutex is held.
 */
void shield_signature_key(char *text, size_t size);

/**
 * shield_signature_verify() - verify the signature of an envelope
 * @envelope: opened, with a signature
 * @by: set to who signed it, for shield_signature_counts()
 * @why: set to the reason if it is refused
 *
 * Context: process; sleeps; shield_policy_mutex is not held, as with
 * shield_signature_read().
 * Return: 0; -ENOKEY if another key made it; -EKEYREJECTED if it does not fit
 * the text, or is none; -ENOMEM.
 */
int shield_signature_verify(const struct shield_envelope *envelope, u64 *by,
			    const char **why);

/**
 * shield_signature_counts() - does what was verified still count?
 * @by: who signed it
 * @why: set to the reason if not
 *
 * Context: process; shield_policy_mutex is held, and stays so until it is acted
 * on.
 * Return: 0, or -ENOKEY.
 */
int shield_signature_counts(u64 by, const char **why);

#endif
