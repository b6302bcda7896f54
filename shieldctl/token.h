/* SPDX-License-Identifier: GPL-2.0-only */
/* Tokens that open a maintenance window: the text that is signed. */
#ifndef SHIELDCTL_TOKEN_H
#define SHIELDCTL_TOKEN_H

#include "../module/policy/token.h"
#include "text.h"

/* Program groups and programs of one token, at most. */
#define TOKEN_MAX_PROGRAMS 64

/**
 * struct token_wish - what a token is to say
 * @place: file with what `shieldctl window status` printed on the machine, "-"
 *         for the standard input
 * @minutes: for how long
 * @programs: program groups, or paths of programs
 * @nr_programs: elements of @programs
 */
struct token_wish {
	const char *place;
	unsigned long minutes;
	const char *programs[TOKEN_MAX_PROGRAMS];
	size_t nr_programs;
};

/**
 * token_write() - write what stands behind purpose and serial
 * @wish: what it is to say
 * @text: appended to
 *
 * Return: an enum status; what is wrong was said on stderr.
 */
int token_write(const struct token_wish *wish, struct text *text);

#endif
