// SPDX-License-Identifier: GPL-2.0-only
/*
 * May a text become the policy?
 */
#include "admit.h"

#include <linux/compiler.h>
#include <linux/kernel.h>
#include <linux/preempt.h>
#include <linux/string.h>

#include "event/event.h"
#include "policy/signature.h"
#include "sealed.h"

/*
 * The newest version that was in force. It does not outlast a restart: then
 * the boot policy sets it anew.
 * Protects: shield_policy_mutex; the status reads it without.
 */
static u64 newest;

static void tell(const char *why)
{
	const struct shield_happening happening = {
		.kind = SHIELD_SEAL,
		.hook = "policy",
		.rule = "policy refused",
		.note = why,
	};

	preempt_disable();
	shield_event_happened(&happening);
	preempt_enable();
}

static int check_version(const struct shield_envelope *envelope,
			 struct shield_error *error)
{
	if (envelope->version > newest)
		return 0;
	if (envelope->version == newest && !shield_sealed())
		return 0;
	snprintf(
		error->message, sizeof(error->message),
		"version %llu is not newer than %llu, which was in force since the machine started",
		envelope->version, newest);
	return -ESTALE;
}

static int check_purpose(const struct shield_envelope *envelope,
			 struct shield_error *error)
{
	if (shield_envelope_is_for(envelope, SHIELD_PURPOSE_POLICY))
		return 0;
	snprintf(
		error->message, sizeof(error->message),
		"it is signed for the purpose '%.*s', and not for '" SHIELD_PURPOSE_POLICY
		"'",
		(int)min_t(size_t, envelope->purpose.len, 40),
		envelope->purpose.at);
	return -EKEYREJECTED;
}

static int check_signer(u64 by, struct shield_error *error)
{
	const char *why = "";
	int result = shield_signature_counts(by, &why);

	if (result)
		strscpy(error->message, why, sizeof(error->message));
	return result;
}

static int end(int result, const struct shield_error *error)
{
	if (result && shield_sealed())
		tell(error->message);
	return result;
}

int shield_admit_verify(const struct shield_envelope *envelope, u64 *by,
			struct shield_error *error)
{
	const char *why = "";
	int result;

	*error = (struct shield_error){};
	*by = 0;
	if (!envelope->is_signed)
		return 0;
	result = shield_signature_verify(envelope, by, &why);
	if (result)
		strscpy(error->message, why, sizeof(error->message));
	return end(result ?: check_purpose(envelope, error), error);
}

int shield_admit(const struct shield_envelope *envelope, u64 by,
		 struct shield_error *error)
{
	int result = 0;

	*error = (struct shield_error){};
	if (envelope->is_signed) {
		result = check_signer(by, error) ?:
						   check_version(envelope, error);
	} else if (shield_sealed()) {
		strscpy(error->message,
			"shield is sealed: only a signed policy takes the place of the one in force",
			sizeof(error->message));
		result = -EPERM;
	}
	return end(result, error);
}

void shield_admit_done(u64 version)
{
	if (version)
		WRITE_ONCE(newest, version);
}

u64 shield_admit_version(void)
{
	return READ_ONCE(newest);
}
