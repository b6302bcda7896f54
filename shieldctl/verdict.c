// SPDX-License-Identifier: GPL-2.0-only
#include "verdict.h"

#include <stddef.h>

static const struct {
	const char *name;
	const char *text;
} verdicts[] = {
	[VERDICT_GOOD] = { "good", "signed by the pinned certificate" },
	[VERDICT_UNSIGNED] = { "unsigned",
			       "unsigned: no signature stands behind the module; sign it" },
	[VERDICT_TRUNCATED] = { "truncated",
				"truncated: the file ends before it should; build or copy it again" },
	[VERDICT_MARKER] = { "marker",
			     "marker damaged: the file does not end with the words that end a signed module; build or copy it again" },
	[VERDICT_CONTENT] = { "content",
			      "content altered: the signature is intact and was made over other bytes; do not load it, find out who changed it" },
	[VERDICT_SIGNATURE] = { "signature",
				"signature damaged: it cannot be by the key that it names; sign the module again" },
	[VERDICT_KEY] = { "other-key",
			  "wrong key: signed with a key that no pinned certificate is about" },
	[VERDICT_DIGEST] = { "digest",
			     "weak or unusable digest: only sha256 is accepted" },
	[VERDICT_ATTRIBUTES] = { "attributes",
				 "signed attributes: the signature is over attributes, not over the module itself; sign without them" },
	[VERDICT_STACKED] = { "stacked",
			      "stacked: below the signature there is another one; sign the unsigned module instead" },
	[VERDICT_EXPIRED] = { "expired",
			      "expired: the certificate is no longer valid; sign with the next key" },
	[VERDICT_EARLY] = { "not-yet-valid",
			    "not yet valid: the certificate's time has not come; check the clock" },
	[VERDICT_CONTENT_TYPE] = { "no-module",
				   "no module: this is no kernel module" },
	[VERDICT_WEAK_KEY] = { "weak-key",
			       "weak or unusable key: the pinned certificate's key must be RSA with 2048 bits or more" },
};

const char *verdict_name(enum verdict verdict)
{
	return verdicts[verdict].name;
}

const char *verdict_text(enum verdict verdict)
{
	return verdicts[verdict].text;
}
