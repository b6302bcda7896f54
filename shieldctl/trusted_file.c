// SPDX-License-Identifier: GPL-2.0-only
#include "trusted_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "modsig.h"
#include "text.h"
#include "unpack.h"

static int read_module(const char *path, struct text *text)
{
	const char *compression;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	int ret = fd < 0 ? -errno : text_read(text, fd, MODULE_MOST);

	if (fd >= 0)
		close(fd);
	return ret ? ret : unpack(text, &compression);
}

void trusted_file_verify(const char *path, struct trusted_file *file)
{
	struct certificates trusted = { 0 };
	struct signature_check check = { .trusted = &trusted,
					 .when = time(NULL) };
	struct modsig parts;
	struct text text = { 0 };
	bool has_pinned;

	*file = (struct trusted_file){ 0 };
	has_pinned = !access(certificate_pinned(), F_OK);
	if (has_pinned)
		file->error =
			certificates_add_file(&trusted, certificate_pinned());
	if (!file->error)
		file->error = read_module(path, &text);
	if (!file->error) {
		file->verdict = modsig_verify(
			(struct bytes){ (unsigned char *)text.data, text.len },
			&parts, &check);
		memcpy(file->detail, check.detail, sizeof(file->detail));
	}
	/* That it is not signed can be seen without a certificate. */
	if (!file->error && !has_pinned && file->verdict == VERDICT_KEY)
		file->error = -ENOENT;
	text_free(&text);
	certificates_free(&trusted);
}
