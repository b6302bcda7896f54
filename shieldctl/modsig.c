// SPDX-License-Identifier: GPL-2.0-only
#include "modsig.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "elf_end.h"

/* As in include/linux/module_signature.h. */
static const char marker[] = "~Module signature appended~\n";
#define MARKER_LEN (sizeof(marker) - 1)
#define TYPE_PKCS7 2

/* The kernel's struct module_signature. */
struct trailer {
	uint8_t algorithm;
	uint8_t hash;
	uint8_t type;
	uint8_t signer_len;
	uint8_t key_len;
	uint8_t padding[3];
	uint8_t signature_len[4];
};

/* Fewer equal bytes are no marker that was damaged. */
#define MARKER_ALIKE 20
/* As far behind the module's end a marker that is not last is looked for. */
#define SIGNATURE_MOST 65536

static bool ends_in_marker(struct bytes bytes)
{
	return bytes.len >= MARKER_LEN &&
	       !memcmp(bytes.data + bytes.len - MARKER_LEN, marker, MARKER_LEN);
}

static bool ends_almost_in_marker(struct bytes file)
{
	const unsigned char *end;
	size_t alike = 0, i;

	if (file.len < MARKER_LEN)
		return false;
	end = file.data + file.len - MARKER_LEN;
	for (i = 0; i < MARKER_LEN; i++)
		alike += end[i] == (unsigned char)marker[i];
	return alike >= MARKER_ALIKE;
}

/* Why is there no marker at the end? */
static enum verdict explain_missing(struct bytes file,
				    struct signature_check *check)
{
	size_t end = elf_end(file), behind;

	if (!end)
		return VERDICT_CONTENT_TYPE;
	if (file.len == end)
		return VERDICT_UNSIGNED;
	if (file.len < end) {
		snprintf(check->detail, sizeof(check->detail),
			 "the module itself lacks %zu bytes", end - file.len);
		return VERDICT_TRUNCATED;
	}
	if (ends_almost_in_marker(file))
		return VERDICT_MARKER;
	behind = file.len - end;
	if (behind < SIGNATURE_MOST &&
	    memmem(file.data + end, behind, marker, MARKER_LEN)) {
		snprintf(check->detail, sizeof(check->detail),
			 "other bytes stand behind them");
		return VERDICT_MARKER;
	}
	snprintf(check->detail, sizeof(check->detail),
		 "behind the module %zu bytes are no whole signature", behind);
	return VERDICT_TRUNCATED;
}

static enum verdict split_trailer(struct bytes file, struct modsig *parts,
				  struct signature_check *check)
{
	size_t len = file.len - MARKER_LEN, signature_len;
	const struct trailer *trailer;

	if (len < sizeof(*trailer))
		return VERDICT_TRUNCATED;
	len -= sizeof(*trailer);
	trailer = (const struct trailer *)(file.data + len);
	/* The kernel refuses other values: -ENOPKG. */
	if (trailer->type != TYPE_PKCS7 || trailer->algorithm ||
	    trailer->hash || trailer->signer_len || trailer->key_len ||
	    trailer->padding[0] || trailer->padding[1] || trailer->padding[2]) {
		snprintf(
			check->detail, sizeof(check->detail),
			"the twelve bytes that describe it are not as they must be");
		return VERDICT_SIGNATURE;
	}
	signature_len = (size_t)trailer->signature_len[0] << 24 |
			trailer->signature_len[1] << 16 |
			trailer->signature_len[2] << 8 |
			trailer->signature_len[3];
	if (!signature_len || signature_len >= len) {
		snprintf(check->detail, sizeof(check->detail),
			 "a signature of %zu bytes does not fit",
			 signature_len);
		return VERDICT_TRUNCATED;
	}
	parts->body.len = len - signature_len;
	parts->signature.data = file.data + parts->body.len;
	parts->signature.len = signature_len;
	return VERDICT_GOOD;
}

static enum verdict check_body(struct bytes body, struct signature_check *check)
{
	size_t end = elf_end(body);

	if (ends_in_marker(body))
		return VERDICT_STACKED;
	if (!end)
		return VERDICT_CONTENT_TYPE;
	if (body.len < end) {
		snprintf(check->detail, sizeof(check->detail),
			 "the module itself lacks %zu bytes", end - body.len);
		return VERDICT_TRUNCATED;
	}
	return VERDICT_GOOD;
}

enum verdict modsig_split(struct bytes file, struct modsig *parts,
			  struct signature_check *check)
{
	enum verdict verdict;

	*parts = (struct modsig){ .body = file };
	check->signer = NULL;
	check->detail[0] = '\0';
	if (!ends_in_marker(file))
		return explain_missing(file, check);
	verdict = split_trailer(file, parts, check);
	return verdict == VERDICT_GOOD ? check_body(parts->body, check) :
					 verdict;
}

enum verdict modsig_verify(struct bytes file, struct modsig *parts,
			   struct signature_check *check)
{
	enum verdict verdict = modsig_split(file, parts, check);

	return verdict == VERDICT_GOOD ?
		       signature_verify(check, parts->body, parts->signature) :
		       verdict;
}
