// SPDX-License-Identifier: GPL-2.0-only
#include "unpack.h"

#include <errno.h>
#include <lzma.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <zstd.h>

#define CHUNK 65536

/*
 * Nothing is repeated from further back than a module is long, and the decoder
 * takes memory for as far back as the file says.
 */
#define XZ_MEMORY (MODULE_MOST + (1U << 20))

static int unpack_xz(const struct text *packed, struct text *plain)
{
	lzma_stream stream = LZMA_STREAM_INIT;
	uint8_t *chunk = allocate(CHUNK);
	lzma_ret ret = lzma_stream_decoder(&stream, XZ_MEMORY, 0);

	stream.next_in = (const uint8_t *)packed->data;
	stream.avail_in = packed->len;
	while (ret == LZMA_OK && plain->len <= MODULE_MOST) {
		stream.next_out = chunk;
		stream.avail_out = CHUNK;
		ret = lzma_code(&stream, LZMA_FINISH);
		text_append(plain, (char *)chunk, CHUNK - stream.avail_out);
	}
	free(chunk);
	lzma_end(&stream);
	if (plain->len > MODULE_MOST || ret == LZMA_MEMLIMIT_ERROR)
		return -EFBIG;
	if (ret == LZMA_STREAM_END)
		return stream.avail_in ? -EBADMSG : 0;
	return ret == LZMA_BUF_ERROR ? -ENODATA : -EBADMSG;
}

static int unpack_zstd(const struct text *packed, struct text *plain)
{
	ZSTD_inBuffer in = { .src = packed->data, .size = packed->len };
	ZSTD_DStream *stream = ZSTD_createDStream();
	char *chunk = allocate(CHUNK);
	size_t left = 1;

	while (stream && !ZSTD_isError(left) && left &&
	       plain->len <= MODULE_MOST) {
		ZSTD_outBuffer out = { .dst = chunk, .size = CHUNK };

		left = ZSTD_decompressStream(stream, &out, &in);
		text_append(plain, chunk, out.pos);
		if (!out.pos && in.pos == in.size)
			break;
	}
	free(chunk);
	ZSTD_freeDStream(stream);
	if (plain->len > MODULE_MOST)
		return -EFBIG;
	if (!stream || ZSTD_isError(left))
		return -EBADMSG;
	if (left)
		return -ENODATA;
	return in.pos < in.size ? -EBADMSG : 0;
}

static bool begins_with(const struct text *text, const char *magic, size_t len)
{
	return text->len >= len && !memcmp(text->data, magic, len);
}

int unpack(struct text *text, const char **kind)
{
	struct text plain = { 0 };
	int ret;

	*kind = "none";
	if (begins_with(text, "\x1f\x8b", 2)) {
		*kind = "gzip";
		return -EOPNOTSUPP;
	}
	if (begins_with(text,
			"\xfd"
			"7zXZ",
			6)) {
		*kind = "xz";
		ret = unpack_xz(text, &plain);
	} else if (begins_with(text, "\x28\xb5\x2f\xfd", 4)) {
		*kind = "zstd";
		ret = unpack_zstd(text, &plain);
	} else {
		return 0;
	}
	text_free(text);
	*text = plain;
	return ret;
}
