// SPDX-License-Identifier: GPL-2.0-only
#include "modulekey.h"

#include <stddef.h>
#include <unistd.h>

#include "certificate.h"
#include "manifest.h"

static const char *const places[] = {
	"/var/lib/dkms/mok.pub",
	"/var/lib/shim-signed/mok/MOK.der",
};

static void read_all(struct certificates *set)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(places); i++)
		if (!access(places[i], R_OK))
			certificates_add_file(set, places[i]);
}

bool modulekey_is(X509 *certificate)
{
	struct certificates set = { 0 };
	bool found = false;
	size_t i;

	read_all(&set);
	for (i = 0; i < set.nr && !found; i++)
		found = !X509_cmp(set.list[i], certificate);
	certificates_free(&set);
	return found;
}

bool modulekey_signed(const struct text *manifest)
{
	struct certificates set = { 0 };
	bool found = false;
	size_t i;

	read_all(&set);
	for (i = 0; i < set.nr && !found; i++)
		found = manifest_is_by(manifest, set.list[i]);
	certificates_free(&set);
	return found;
}
