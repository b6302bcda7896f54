/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a token for a maintenance window says. Pure, as the parser is.
 *
 * It comes in the envelope of a signed policy (envelope.h):
 *
 *	purpose shield-window
 *	serial 17
 *	machine 4f1d…
 *	boot 93ac…
 *	seconds 3600
 *	program packages
 *	program /usr/sbin/useradd
 *	-----BEGIN CMS-----
 *	…
 */
#ifndef SHIELD_POLICY_TOKEN_H
#define SHIELD_POLICY_TOKEN_H

#include "envelope.h"

/* Bytes of a whole token. */
#define SHIELD_MAX_TOKEN 16384U

/* Seconds that a window may be open. */
#define SHIELD_MAX_WINDOW (4U * 60 * 60)

/**
 * struct shield_token - a token; all leads into its text
 * @machine: machine-id
 * @boot: what the module calls this time of its life
 * @seconds: for how long
 * @programs: lines that name programs, one at least
 */
struct shield_token {
	struct shield_span machine;
	struct shield_span boot;
	u32 seconds;
	struct shield_span programs;
};

/**
 * shield_token_read() - read a token
 * @text: what stands behind purpose and serial
 * @token: result
 * @error: filled in if an error is returned
 *
 * Return: 0 or -EINVAL.
 */
int shield_token_read(const struct shield_span *text,
		      struct shield_token *token, struct shield_error *error);

/**
 * shield_token_next() - take the next program
 * @programs: what is left of shield_token.programs
 * @program: a program group, or if it begins with '/' a program
 *
 * Return: false at the end.
 */
bool shield_token_next(struct shield_span *programs,
		       struct shield_span *program);

#endif
