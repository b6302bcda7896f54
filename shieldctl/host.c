// SPDX-License-Identifier: GPL-2.0-only
#include "host.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "text.h"

static char *locate(const char *format, va_list arguments)
{
	const char *root = getenv("SHIELDCTL_ROOT");
	char path[4096], *whole;
	size_t size;

	vsnprintf(path, sizeof(path), format, arguments);
	size = strlen(path) + (root ? strlen(root) : 0) + 1;
	whole = allocate(size);
	snprintf(whole, size, "%s%s", root ? root : "", path);
	return whole;
}

char *host_path(const char *format, ...)
{
	va_list arguments;
	char *path;

	va_start(arguments, format);
	path = locate(format, arguments);
	va_end(arguments);
	return path;
}

bool host_has(const char *format, ...)
{
	va_list arguments;
	struct stat st;
	char *path;
	int error;

	va_start(arguments, format);
	path = locate(format, arguments);
	va_end(arguments);
	/* Not stat(): a link to nowhere is there, too. */
	error = lstat(path, &st);
	free(path);
	return !error;
}

int host_read(char *buffer, size_t size, const char *format, ...)
{
	va_list arguments;
	ssize_t len = -1;
	char *path;
	int fd, ret;

	va_start(arguments, format);
	path = locate(format, arguments);
	va_end(arguments);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	free(path);
	if (fd >= 0)
		len = read(fd, buffer, size - 1);
	ret = len < 0 ? -errno : (int)len;
	if (fd >= 0)
		close(fd);
	if (len > 0 && buffer[len - 1] == '\n')
		len--;
	buffer[len > 0 ? len : 0] = '\0';
	return ret;
}

const char *host_release(void)
{
	static char release[128];

	if (!*release)
		host_read(release, sizeof(release),
			  "/proc/sys/kernel/osrelease");
	return release;
}

bool host_boot_word(const char *word)
{
	char line[8192], *rest = line, *one;

	host_read(line, sizeof(line), "/proc/cmdline");
	while ((one = strsep(&rest, " ")))
		if (!strcmp(one, word))
			return true;
	return false;
}

bool host_is_rescued(void)
{
	static const char *const words[] = {
		"rescue",
		"single",
		"s",
		"S",
		"1",
		"emergency",
		"-b",
		"systemd.unit=rescue.target",
		"systemd.unit=emergency.target",
	};
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (host_boot_word(words[i]))
			return true;
	return false;
}

bool host_run(const char *command_line)
{
	int status = system(command_line);

	return status != -1 && WIFEXITED(status) && !WEXITSTATUS(status);
}
