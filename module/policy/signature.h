/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Who may sign policies, and whether one is signed so.
 */
#ifndef SHIELD_POLICY_SIGNATURE_H
#define SHIELD_POLICY_SIGNATURE_H

#include "policy/envelope.h"

/* Bytes of a certificate, at most. */
#define SHIELD_MAX_CERTIFICATE 8192

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
 * shield_signature_pin() - policies are to be signed by the key of a certificate
 * @certificate: X.509, DER
 * @len: its bytes
 *
 * Takes the place of one that was pinned before.
 *
 * Context: process; sleeps; shield_policy_mutex is held.
 * Return: 0; -EEXIST if the build has one; the error of who parses it.
 */
int shield_signature_pin(const void *certificate, size_t len);

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
 * @why: set to the reason if it is refused
 *
 * Context: process; sleeps; shield_policy_mutex is held.
 * Return: 0; -ENOKEY if another key made it; -EKEYREJECTED if it does not fit
 * the text, or is none; -ENOMEM.
 */
int shield_signature_verify(const struct shield_envelope *envelope,
			    const char **why);

#endif
