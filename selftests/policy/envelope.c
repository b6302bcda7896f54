// SPDX-License-Identifier: GPL-2.0-only
/* What one write() holds: plain text, or a manifest with a signature. */
#include <stdio.h>
#include <string.h>

#include "../../module/policy/token.h"
#include "policy.h"
#include "tap.h"

#define HEADER "purpose shield-policy\nversion 7\n"
#define POLICY "shield 1\nname a\n"
#define ARMOR SHIELD_ARMOR_BEGIN "\nTWFu\n" SHIELD_ARMOR_END "\n"

static bool is(const struct shield_span *span, const char *text)
{
	return span->len == strlen(text) && !memcmp(span->at, text, span->len);
}

static void test_accepted_envelopes(void)
{
	struct shield_envelope envelope;
	struct shield_error error = { 0 };
	char text[256];

	snprintf(text, sizeof(text), "%s", POLICY);
	tap_result(!shield_envelope_open(text, strlen(text), &envelope,
					 &error) &&
			   !envelope.is_signed && is(&envelope.policy, POLICY),
		   "plain_text_is_its_own_policy");

	snprintf(text, sizeof(text), "%s", HEADER POLICY ARMOR);
	tap_result(!shield_envelope_open(text, strlen(text), &envelope,
					 &error) &&
			   envelope.is_signed && envelope.version == 7 &&
			   !envelope.seal && is(&envelope.policy, POLICY) &&
			   is(&envelope.body, HEADER POLICY) &&
			   shield_envelope_is_for(&envelope,
						  SHIELD_PURPOSE_POLICY) &&
			   !shield_envelope_is_for(&envelope, "shield") &&
			   !shield_envelope_is_for(&envelope, "shield-policy2"),
		   "manifest_is_header_policy_and_signature");

	snprintf(text, sizeof(text), "%s", HEADER "seal\n" POLICY ARMOR);
	tap_result(!shield_envelope_open(text, strlen(text), &envelope,
					 &error) &&
			   envelope.seal && is(&envelope.policy, POLICY),
		   "seal_stands_in_the_header");

	snprintf(text, sizeof(text), "%s", "confirm 60\n" POLICY);
	tap_result(!shield_envelope_open(text, strlen(text), &envelope,
					 &error) &&
			   envelope.confirm == 60 && !envelope.is_signed &&
			   is(&envelope.policy, POLICY),
		   "confirmation_stands_before_a_plain_text");

	snprintf(text, sizeof(text), "%s",
		 "confirm 86400\n" HEADER POLICY ARMOR);
	tap_result(!shield_envelope_open(text, strlen(text), &envelope,
					 &error) &&
			   envelope.confirm == 86400 && envelope.is_signed &&
			   is(&envelope.policy, POLICY) &&
			   is(&envelope.body, HEADER POLICY),
		   "confirmation_before_a_manifest_is_not_signed");
}

static void test_refused_envelopes(void)
{
	static const struct {
		const char *text;
		const char *because;
		const char *name;
	} rows[] = {
		{ "confirm 0\n" POLICY, "1 to 86400",
		  "confirmation_within_no_time_is_refused" },
		{ "confirm 86401\n" HEADER POLICY ARMOR, "1 to 86400",
		  "confirmation_within_more_than_a_day_is_refused" },
		{ "confirm soon\n" POLICY, "1 to 86400",
		  "confirmation_within_what_is_no_number_is_refused" },
		{ "seal\n" HEADER POLICY ARMOR, "must begin with 'purpose",
		  "line_before_the_purpose_is_refused" },
		{ HEADER POLICY, "without its signature",
		  "manifest_without_signature_is_refused" },
		{ HEADER POLICY SHIELD_ARMOR_BEGIN "\nTWFu\n",
		  "does not end with", "signature_without_end_is_refused" },
		{ HEADER POLICY ARMOR POLICY, "something follows",
		  "text_behind_the_signature_is_refused" },
		{ POLICY ARMOR, "must begin with 'purpose",
		  "signature_without_purpose_is_refused" },
		{ "purpose x\n" POLICY ARMOR, "version NUMBER",
		  "manifest_without_version_is_refused" },
		{ "purpose shield-window\nversion 7\n" POLICY ARMOR,
		  "serial NUMBER", "token_without_serial_is_refused" },
		{ "purpose x\nversion -1\n" POLICY ARMOR, "version NUMBER",
		  "negative_version_is_refused" },
		{ "purpose x\nversion 1234567890123456789\n" POLICY ARMOR,
		  "version NUMBER", "version_of_19_digits_is_refused" },
	};
	struct shield_envelope envelope;
	struct shield_error error = { 0 };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		int ret = shield_envelope_open(
			rows[i].text, strlen(rows[i].text), &envelope, &error);

		if (!tap_result(ret && strstr(error.message, rows[i].because),
				rows[i].name))
			tap_note("message", ret ? error.message : "accepted");
	}
}

static void test_base64(void)
{
	static const struct {
		const char *text;
		int len;
		const char *name;
	} rows[] = {
		{ "TWFu\n", 3, "base64_of_three_bytes_is_decoded" },
		{ "TWE=", 2, "base64_of_two_bytes_is_decoded" },
		{ "TQ==", 1, "base64_of_one_byte_is_decoded" },
		{ "TW\r\nFu", 3, "line_breaks_in_base64_are_skipped" },
		{ "T!Fu", -EINVAL, "what_is_no_base64_is_refused" },
		{ "TQ==TQ==", -EINVAL, "base64_behind_padding_is_refused" },
		{ "TQ===", -EINVAL, "too_much_padding_is_refused" },
		{ "\n", -EINVAL, "no_base64_at_all_is_refused" },
	};
	u8 out[16];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		const struct shield_span span = { rows[i].text,
						  strlen(rows[i].text) };
		int len = shield_envelope_unarmor(&span, out);

		tap_result(len == rows[i].len &&
				   (len < 1 || !memcmp(out, "Man", 1)),
			   rows[i].name);
	}
}

#define TOKEN "machine m\nboot b\nseconds 3600\n"

static bool read_token(const char *text, struct shield_token *token,
		       struct shield_error *error)
{
	const struct shield_span span = { text, strlen(text) };

	return !shield_token_read(&span, token, error);
}

static void test_accepted_tokens(void)
{
	struct shield_envelope envelope;
	struct shield_error error = { 0 };
	struct shield_token token;
	struct shield_span program;
	static const char text[] = "purpose shield-window\nserial 9\n" TOKEN
				   "program a\nprogram /b c\n" ARMOR;

	tap_result(
		!shield_envelope_open(text, strlen(text), &envelope, &error) &&
			envelope.version == 9 &&
			!shield_token_read(&envelope.policy, &token, &error) &&
			is(&token.machine, "m") && is(&token.boot, "b") &&
			token.seconds == 3600,
		"token_names_machine_boot_and_time");
	tap_result(shield_token_next(&token.programs, &program) &&
			   is(&program, "a") &&
			   shield_token_next(&token.programs, &program) &&
			   is(&program, "/b c") &&
			   !shield_token_next(&token.programs, &program),
		   "token_names_programs");
	tap_result(read_token("machine m\nboot b\nseconds 14400\nprogram a\n",
			      &token, &error) &&
			   token.seconds == SHIELD_MAX_WINDOW,
		   "window_of_four_hours_is_the_longest");
}

static void test_refused_tokens(void)
{
	static const struct {
		const char *text;
		const char *because;
		const char *name;
	} rows[] = {
		{ "", "'machine MACHINE-ID'", "empty_token_is_refused" },
		{ "boot b\nseconds 1\nprogram a\n", "'machine MACHINE-ID'",
		  "token_without_machine_is_refused" },
		{ "machine \nboot b\nseconds 1\nprogram a\n",
		  "'machine MACHINE-ID'", "token_for_no_machine_is_refused" },
		{ "machine m\nseconds 1\nprogram a\n", "'boot BOOT'",
		  "token_without_boot_is_refused" },
		{ "machine m\nboot b\nprogram a\n", "'seconds NUMBER'",
		  "token_without_time_is_refused" },
		{ "machine m\nboot b\nseconds 1h\nprogram a\n",
		  "'seconds NUMBER'", "time_that_is_no_number_is_refused" },
		{ "machine m\nboot b\nseconds 0\nprogram a\n", "1 to 14400",
		  "window_of_no_time_is_refused" },
		{ "machine m\nboot b\nseconds 14401\nprogram a\n", "1 to 14400",
		  "window_of_more_than_four_hours_is_refused" },
		{ TOKEN, "names programs", "token_without_program_is_refused" },
		{ TOKEN "program a\nprotect /etc deny all\n",
		  "only lines 'program", "other_line_in_a_token_is_refused" },
		{ TOKEN "program a\nprogram b", "only lines 'program",
		  "token_that_is_cut_off_is_refused" },
	};
	struct shield_error error = { 0 };
	struct shield_token token;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		bool is_read = read_token(rows[i].text, &token, &error);

		if (!tap_result(!is_read &&
					strstr(error.message, rows[i].because),
				rows[i].name))
			tap_note("message",
				 is_read ? "accepted" : error.message);
	}
}

void test_envelope(void)
{
	test_accepted_envelopes();
	test_refused_envelopes();
	test_base64();
	test_accepted_tokens();
	test_refused_tokens();
}
