// SPDX-License-Identifier: GPL-2.0-only
/*
 * Signed modules as shieldctl takes them apart: whatever the bytes, the parts
 * lie within them, and put together they are the file.
 */
#include "../../shieldctl/elf_end.h"
#include "../../shieldctl/modsig.h"
#include "fuzz.h"

#define MARKER "~Module signature appended~\n"
/* Twelve bytes describe the signature, the marker ends the file. */
#define BEHIND (12 + strlen(MARKER))

static void check_good(struct bytes file, const struct modsig *parts)
{
	const unsigned char *end = file.data + file.len;

	insist(parts->body.data == file.data && parts->signature.len);
	insist(parts->signature.data == file.data + parts->body.len);
	insist(parts->signature.data + parts->signature.len + BEHIND == end);
	insist(!memcmp(end - strlen(MARKER), MARKER, strlen(MARKER)));
	insist(elf_end(parts->body) && elf_end(parts->body) <= parts->body.len);
}

static void check_bad(enum verdict verdict, struct bytes file,
		      const struct modsig *parts,
		      const struct signature_check *check)
{
	insist(verdict == VERDICT_UNSIGNED || verdict == VERDICT_TRUNCATED ||
	       verdict == VERDICT_MARKER || verdict == VERDICT_SIGNATURE ||
	       verdict == VERDICT_STACKED || verdict == VERDICT_CONTENT_TYPE);
	insist(parts->body.len <= file.len);
	insist(strlen(check->detail) < sizeof(check->detail) - 1);
	if (verdict == VERDICT_UNSIGNED)
		insist(elf_end(file) == file.len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	unsigned char *copy = (unsigned char *)copy_bytes(data, size);
	const struct certificates nobody = { 0 };
	struct signature_check check = { .trusted = &nobody };
	const struct bytes file = { copy, size };
	enum verdict verdict;
	struct modsig parts;

	verdict = modsig_split(file, &parts, &check);
	if (verdict == VERDICT_GOOD)
		check_good(file, &parts);
	else
		check_bad(verdict, file, &parts, &check);
	insist(modsig_verify(file, &parts, &check) != VERDICT_GOOD);
	free(copy);
	return 0;
}
