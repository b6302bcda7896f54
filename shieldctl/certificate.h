/* SPDX-License-Identifier: GPL-2.0-only */
/* Certificates that somebody chose to trust, read from files. */
#ifndef SHIELDCTL_CERTIFICATE_H
#define SHIELDCTL_CERTIFICATE_H

#include <openssl/x509.h>
#include <stddef.h>

/* Where the one is kept that this machine's modules must be signed with. */
#define CERTIFICATE_PINNED "/etc/shield/module.cert"

/* Bytes of a certificate's fingerprint as text. */
#define CERTIFICATE_FINGERPRINT 65

/**
 * struct certificates - a set of trusted ones; owns them
 * @list: each with its reference
 * @nr: elements of @list
 */
struct certificates {
	X509 **list;
	size_t nr;
};

/**
 * certificates_add_file() - read all certificates of a file
 * @set: grows
 * @path: PEM with any number of them, or DER with one
 *
 * Return: 0, or a negative errno after saying on stderr what failed.
 */
int certificates_add_file(struct certificates *set, const char *path);

/**
 * certificates_add() - add one
 * @set: grows
 * @certificate: its reference goes to the set
 */
void certificates_add(struct certificates *set, X509 *certificate);

/**
 * certificates_free() - forget them
 * @set: empty afterwards
 */
void certificates_free(struct certificates *set);

/**
 * certificate_pinned() - the file that is used unless another is named
 *
 * Return: its path.
 */
const char *certificate_pinned(void);

/**
 * certificate_subject() - whom it is about
 * @certificate: which
 *
 * Return: one line of text, to be freed.
 */
char *certificate_subject(const X509 *certificate);

/**
 * certificate_fingerprint() - the sha256 of the whole certificate
 * @certificate: which
 * @text: becomes lower-case hexadecimal
 */
void certificate_fingerprint(const X509 *certificate,
			     char text[CERTIFICATE_FINGERPRINT]);

/**
 * certificate_time() - a date of it as RFC 3339 writes it
 * @time: X509_get0_notBefore() or X509_get0_notAfter()
 * @text: becomes the date, empty if it is none
 */
void certificate_time(const ASN1_TIME *time, char text[32]);

#endif
