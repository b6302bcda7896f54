// SPDX-License-Identifier: GPL-2.0-only
#include "pin.h"

#include <errno.h>
#include <openssl/pem.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int pin_read(struct certificates *set)
{
	if (access(certificate_pinned(), F_OK) && errno == ENOENT)
		return 0;
	return certificates_add_file(set, certificate_pinned());
}

bool pin_holds(const struct certificates *set, const X509 *certificate)
{
	size_t i;

	for (i = 0; i < set->nr; i++)
		if (!X509_cmp(set->list[i], certificate))
			return true;
	return false;
}

static bool write_all(FILE *file, const struct certificates *set)
{
	size_t i;

	for (i = 0; i < set->nr; i++)
		if (!PEM_write_X509(file, set->list[i]))
			return false;
	return !fflush(file) && !fchmod(fileno(file), 0644) &&
	       !fsync(fileno(file));
}

/* /etc/shield, which the first pin may have to make. */
static void make_directory(const char *path)
{
	char *directory = strdup(path), *slash;

	slash = directory ? strrchr(directory, '/') : NULL;
	if (slash && slash != directory) {
		*slash = '\0';
		mkdir(directory, 0755);
	}
	free(directory);
}

int pin_write(const struct certificates *set)
{
	const char *path = certificate_pinned();
	char scratch[4096];
	FILE *file;
	bool is_done;
	int error;

	make_directory(path);
	snprintf(scratch, sizeof(scratch), "%s.new", path);
	unlink(scratch);
	file = fopen(scratch, "wxe");
	is_done = file && write_all(file, set);
	error = errno;
	if (file && fclose(file))
		is_done = false;
	if (is_done && !rename(scratch, path))
		return 0;
	error = is_done ? errno : error;
	unlink(scratch);
	fprintf(stderr, "shieldctl: cannot write %s: %s%s\n", path,
		strerror(error),
		error == EACCES ?
			"; shield protects it: see 'Rotate' in docs/signing.md" :
			"");
	return -error;
}
