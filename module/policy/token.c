// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a token for a maintenance window says.
 */
#include "token.h"

static int fail(struct shield_error *error, const char *why)
{
	error->pos = (struct shield_pos){ 0 };
	snprintf(error->message, sizeof(error->message), "%s", why);
	return -EINVAL;
}

static int read_seconds(struct shield_span *text, struct shield_token *token,
			struct shield_error *error)
{
	struct shield_span seconds;
	u64 number;

	if (!shield_envelope_take(text, "seconds", &seconds) ||
	    !shield_envelope_number(&seconds, &number))
		return fail(
			error,
			"behind the boot of a token stands 'seconds NUMBER'");
	if (!number || number > SHIELD_MAX_WINDOW)
		return fail(
			error,
			"a window is open for 1 to 14400 seconds, which are 4 hours");
	token->seconds = number;
	return 0;
}

int shield_token_read(const struct shield_span *text,
		      struct shield_token *token, struct shield_error *error)
{
	struct shield_span left = *text, program;
	int result;

	if (!shield_envelope_take(&left, "machine", &token->machine))
		return fail(
			error,
			"behind the serial of a token stands 'machine MACHINE-ID'");
	if (!shield_envelope_take(&left, "boot", &token->boot))
		return fail(error,
			    "behind the machine of a token stands 'boot BOOT'");
	result = read_seconds(&left, token, error);
	if (result)
		return result;
	token->programs = left;
	if (!left.len)
		return fail(error, "a token names programs: 'program GROUP'");
	while (shield_token_next(&left, &program))
		;
	if (left.len)
		return fail(
			error,
			"behind the seconds of a token stand only lines 'program GROUP' or 'program PATH'");
	return 0;
}

bool shield_token_next(struct shield_span *programs,
		       struct shield_span *program)
{
	return shield_envelope_take(programs, "program", program);
}
