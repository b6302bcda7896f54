// SPDX-License-Identifier: GPL-2.0-only
/*
 * Signatures as shieldctl verifies them: whatever the bytes, they are judged,
 * and of a good signature no byte can be another.
 */
#include "../../shieldctl/signature.h"
#include "signer.h"

/* 2027-01-01: the certificate is valid for a hundred years from 2026 on. */
#define WHEN 1798761600

static const unsigned char content[] = "shield\n";

static enum verdict judge(const unsigned char *data, size_t size)
{
	X509 *list[] = { signer() };
	const struct certificates trusted = { list, 1 };
	struct signature_check check = { .trusted = &trusted, .when = WHEN };
	enum verdict verdict;

	verdict = signature_verify(
		&check, (struct bytes){ content, sizeof(content) - 1 },
		(struct bytes){ data, size });
	insist(strlen(check.detail) < sizeof(check.detail));
	insist(verdict != VERDICT_GOOD || check.signer == list[0]);
	return verdict;
}

static void check_good(unsigned char *copy, size_t size)
{
	size_t i;

	insist(judge(copy, size - 1) != VERDICT_GOOD);
	for (i = 0; i < size; i++) {
		copy[i] ^= 1 << i % 8;
		insist(judge(copy, size) != VERDICT_GOOD);
		copy[i] ^= 1 << i % 8;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	unsigned char *copy = (unsigned char *)copy_bytes(data, size);

	if (judge(copy, size) == VERDICT_GOOD)
		check_good(copy, size);
	free(copy);
	return 0;
}
