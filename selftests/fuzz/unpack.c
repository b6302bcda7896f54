// SPDX-License-Identifier: GPL-2.0-only
/*
 * Compressed modules: whatever the bytes, they are unpacked or refused; what was
 * packed comes out again, and not if a byte is missing or one too many.
 */
#include "../../shieldctl/unpack.h"

/* A module of a few bytes stands for one that would fill the memory. */
#undef MODULE_MOST
#define MODULE_MOST (1U << 17)
#include "../../shieldctl/unpack.c"

#include "fuzz.h"

static void check_any(const uint8_t *data, size_t size)
{
	struct text text = { 0 };
	const char *kind;
	int result;

	text_append(&text, (const char *)data, size);
	result = unpack(&text, &kind);
	if (!strcmp(kind, "none"))
		insist(!result && text.len == size &&
		       !memcmp(text.data, data, size));
	else
		insist(!result || result == -EFBIG || result == -ENODATA ||
		       result == -EBADMSG || result == -EOPNOTSUPP);
	insist(text.len <= MODULE_MOST + CHUNK);
	text_free(&text);
}

static int unpack_some(const char *packed, size_t size, struct text *text)
{
	const char *kind;

	text_append(text, packed, size);
	return unpack(text, &kind);
}

static void check_packed(const char *packed, size_t len, const uint8_t *data,
			 size_t size)
{
	struct text text = { 0 };

	insist(!unpack_some(packed, len, &text) && text.len == size);
	insist(!size || !memcmp(text.data, data, size));
	text_free(&text);
	insist(unpack_some(packed, len - 1, &text) == -ENODATA);
	text_free(&text);
	/* The byte behind is the buffer's last. */
	insist(unpack_some(packed, len + 1, &text) == -EBADMSG);
	text_free(&text);
}

/* By both; xz takes a hundred times as long. */
static void check_again(const uint8_t *data, size_t size)
{
	const size_t room = 1024 + 2 * size;
	char *packed = calloc(1, room);
	size_t len = ZSTD_compress(packed, room, data, size, 1);

	insist(packed && !ZSTD_isError(len));
	packed[len] = 1;
	check_packed(packed, len, data, size);
	if (size % 64 == 1) {
		len = 0;
		insist(!lzma_easy_buffer_encode(0, LZMA_CHECK_CRC32, NULL, data,
						size, (uint8_t *)packed, &len,
						room - 1));
		packed[len] = 1;
		check_packed(packed, len, data, size);
	}
	free(packed);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	check_any(data, size);
	if (size % 16 == 1)
		check_again(data, size);
	return 0;
}
