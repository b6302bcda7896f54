/* SPDX-License-Identifier: GPL-2.0-only */
/* What can be wrong with a signature: each with its word and exit status. */
#ifndef SHIELDCTL_VERDICT_H
#define SHIELDCTL_VERDICT_H

/**
 * enum verdict - the outcome of verifying a signature
 * @VERDICT_GOOD: by a pinned certificate, over exactly these bytes
 * @VERDICT_UNSIGNED: nothing stands behind the content
 * @VERDICT_TRUNCATED: the file is shorter than it says of itself
 * @VERDICT_MARKER: the words that end a signed file are damaged or not last
 * @VERDICT_CONTENT: signed was another content
 * @VERDICT_SIGNATURE: the signature itself is damaged
 * @VERDICT_KEY: signed with a key that no pinned certificate is about
 * @VERDICT_DIGEST: not sha256
 * @VERDICT_ATTRIBUTES: signed are attributes and not the content itself
 * @VERDICT_STACKED: the content ends with a signature of its own
 * @VERDICT_EXPIRED: the certificate is no longer valid
 * @VERDICT_EARLY: the certificate is not valid yet
 * @VERDICT_CONTENT_TYPE: signed is something that is no kernel module
 * @VERDICT_WEAK_KEY: the pinned certificate's key is not RSA of 2048 bits
 *
 * Exit status of `shieldctl verify`: the numbers are part of the interface.
 */
enum verdict {
	VERDICT_GOOD = 0,
	VERDICT_UNSIGNED = 10,
	VERDICT_TRUNCATED = 11,
	VERDICT_MARKER = 12,
	VERDICT_CONTENT = 13,
	VERDICT_SIGNATURE = 14,
	VERDICT_KEY = 15,
	VERDICT_DIGEST = 16,
	VERDICT_ATTRIBUTES = 17,
	VERDICT_STACKED = 18,
	VERDICT_EXPIRED = 19,
	VERDICT_EARLY = 20,
	VERDICT_CONTENT_TYPE = 21,
	VERDICT_WEAK_KEY = 22,
};

/**
 * verdict_name() - its word, for --json
 * @verdict: which
 *
 * Return: a word with hyphens.
 */
const char *verdict_name(enum verdict verdict);

/**
 * verdict_text() - its sentence, for people
 * @verdict: which
 *
 * Return: what is so and, if it is not good, what to do next.
 */
const char *verdict_text(enum verdict verdict);

#endif
