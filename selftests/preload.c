// SPDX-License-Identifier: GPL-2.0-only
/* A library that an attacker would have another's program load. */
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

static void __attribute__((constructor)) leave_marker(void)
{
	const char *marker = getenv("SHIELD_MARKER");
	int fd = marker ? open(marker, O_WRONLY | O_CREAT, 0644) : -1;

	if (fd >= 0)
		close(fd);
}

/* By this the dynamic linker takes it for an auditor, too. */
unsigned int la_version(unsigned int version)
{
	return version;
}
