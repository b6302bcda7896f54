// SPDX-License-Identifier: GPL-2.0-only
/*
 * Signed policies and tokens as the kernel takes them apart: whatever the bytes,
 * each part lies within them, the parts put together are the whole, and the
 * signature fits where it is decoded to.
 */
#include "../../module/policy/token.h"
#include "fuzz.h"

static bool is_within(const struct shield_span *part, const char *text,
		      size_t len)
{
	return part->at >= text && part->at + part->len <= text + len;
}

static void check_token(const struct shield_span *text)
{
	struct shield_error error = { 0 };
	struct shield_token token;
	struct shield_span program, last = { text->at, 0 };

	if (shield_token_read(text, &token, &error)) {
		insist(*error.message);
		return;
	}
	insist(token.seconds && token.seconds <= SHIELD_MAX_WINDOW);
	insist(token.machine.len && token.boot.len && token.programs.len);
	insist(is_within(&token.machine, text->at, text->len));
	insist(is_within(&token.boot, text->at, text->len));
	insist(is_within(&token.programs, text->at, text->len));
	/* All that stands there is a program. */
	while (shield_token_next(&token.programs, &program)) {
		insist(program.len && program.at > last.at + last.len);
		last = program;
	}
	insist(last.at + last.len + 1 == text->at + text->len);
}

/* What is decoded and encoded again is the same but for line breaks. */
static void check_armor(const struct shield_span *armor)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	u8 *out = malloc(armor->len / 4 * 3 + 3);
	int len = shield_envelope_unarmor(armor, out), i;
	const char *at = armor->at;
	unsigned int bits;

	insist(len == -EINVAL || (len > 0 && (size_t)len <= armor->len));
	for (i = 0; i < len * 8 / 6; i++) {
		while (*at == '\n' || *at == '\r')
			at++;
		bits = out[i * 6 / 8] << 8;
		if (i * 6 / 8 + 1 < len)
			bits |= out[i * 6 / 8 + 1];
		insist(*at++ == digits[bits >> (10 - i * 6 % 8) & 63]);
	}
	free(out);
}

static void check_signed(const struct shield_envelope *envelope,
			 const char *text, size_t len)
{
	insist(is_within(&envelope->body, text, len));
	insist(is_within(&envelope->purpose, envelope->body.at,
			 envelope->body.len));
	/* The policy is the end of what is signed. */
	insist(is_within(&envelope->policy, envelope->body.at,
			 envelope->body.len));
	insist(envelope->policy.at + envelope->policy.len ==
	       envelope->body.at + envelope->body.len);
	insist(envelope->signature.at == envelope->policy.at +
						 envelope->policy.len +
						 strlen(SHIELD_ARMOR_BEGIN));
	insist(is_within(&envelope->signature, text, len));
	check_armor(&envelope->signature);
	insist(shield_envelope_is_for(envelope, SHIELD_PURPOSE_POLICY) +
		       shield_envelope_is_for(envelope,
					      SHIELD_PURPOSE_WINDOW) <=
	       1);
}

static void check_refused(int result, const struct shield_error *error)
{
	const char *message = error->message;

	insist(result == -EINVAL || result == -EKEYREJECTED);
	insist(*message && strlen(message) < sizeof(error->message) - 1);
	insist(!error->pos.line == !error->pos.column);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct shield_span whole = { copy_bytes(data, size), size };
	struct shield_envelope envelope;
	struct shield_error error = { 0 };
	int result = shield_envelope_open(whole.at, size, &envelope, &error);

	if (result) {
		check_refused(result, &error);
	} else {
		insist(is_within(&envelope.policy, whole.at, size));
		insist(envelope.confirm <= SHIELD_MAX_CONFIRM);
		if (envelope.is_signed)
			check_signed(&envelope, whole.at, size);
		else
			insist(envelope.policy.at + envelope.policy.len ==
			       whole.at + size);
		check_token(&envelope.policy);
	}
	check_token(&whole);
	if (size)
		check_armor(&whole);
	free((void *)whole.at);
	return 0;
}
