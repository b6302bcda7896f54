/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What one write() holds: a policy, or a signed manifest of one. Pure, as the
 * parser is.
 *
 * A manifest is text and stays legible:
 *
 *	purpose shield-policy
 *	version 7
 *	seal
 *	shield 1
 *	…
 *	-----BEGIN CMS-----
 *	(PKCS#7 in base64, detached, over all that stands before)
 *	-----END CMS-----
 *
 * `seal` may be missing. A token for a maintenance window (token.h) has another
 * purpose, and `serial` in place of `version`. In front of either form, and not
 * signed, may stand `confirm SECONDS`.
 */
#ifndef SHIELD_POLICY_ENVELOPE_H
#define SHIELD_POLICY_ENVELOPE_H

#include "parse.h"

/* What signed policies are for; a signature for another purpose is none. */
#define SHIELD_PURPOSE_POLICY "shield-policy"

/* What tokens that open a maintenance window are for. */
#define SHIELD_PURPOSE_WINDOW "shield-window"

#define SHIELD_ARMOR_BEGIN "-----BEGIN CMS-----"
#define SHIELD_ARMOR_END "-----END CMS-----"

/* Seconds that a policy may wait for its confirmation. */
#define SHIELD_MAX_CONFIRM 86400U

/**
 * struct shield_span - part of a text
 * @at: first byte
 * @len: bytes
 */
struct shield_span {
	const char *at;
	size_t len;
};

/**
 * struct shield_envelope - a write(), taken apart; all leads into it
 * @policy: text of the policy
 * @is_signed: there is a signature, which nobody has verified yet
 * @body: what is signed
 * @signature: base64 of the signature
 * @purpose: word behind `purpose`
 * @version: number behind `version`, or behind `serial`
 * @seal: `seal` stands there
 * @confirm: seconds, 0 if there is no `confirm`
 */
struct shield_envelope {
	struct shield_span policy;
	bool is_signed;
	struct shield_span body;
	struct shield_span signature;
	struct shield_span purpose;
	u64 version;
	bool seal;
	u32 confirm;
};

/**
 * shield_envelope_open() - take a write() apart
 * @text: its bytes, any
 * @len: their number
 * @envelope: result
 * @error: filled in if an error is returned
 *
 * Return: 0; -EINVAL for what is neither form, -EKEYREJECTED for a manifest
 * without signature.
 */
int shield_envelope_open(const char *text, size_t len,
			 struct shield_envelope *envelope,
			 struct shield_error *error);

/**
 * shield_envelope_is_for() - is it signed for a purpose?
 * @envelope: opened
 * @purpose: word
 *
 * Return: true if so.
 */
bool shield_envelope_is_for(const struct shield_envelope *envelope,
			    const char *purpose);

/**
 * shield_envelope_take() - take a line "WORD REST" from the beginning of a text
 * @text: what is left of the text
 * @word: WORD
 * @behind: set to REST, which is not empty
 *
 * Return: true if the next line is one; else @text is as before.
 */
bool shield_envelope_take(struct shield_span *text, const char *word,
			  struct shield_span *behind);

/**
 * shield_envelope_number() - read a number of up to 18 digits
 * @span: digits, and nothing else
 * @number: result
 *
 * Return: true if it is one.
 */
bool shield_envelope_number(const struct shield_span *span, u64 *number);

/**
 * shield_envelope_unarmor() - decode the signature
 * @signature: base64 with line breaks
 * @out: three bytes for each four of @signature
 *
 * Return: bytes written, or -EINVAL.
 */
int shield_envelope_unarmor(const struct shield_span *signature, u8 *out);

#endif
