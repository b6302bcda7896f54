// SPDX-License-Identifier: GPL-2.0-only
#include "shield.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "harness.h"
#include "util.h"

void shield_remove(void)
{
	if (util_exists("/sys/module/shield"))
		util_must("rmmod shield");
}

void shield_insert(const char *parameters)
{
	util_must("modprobe shield %s", parameters);
}

static void read_answer(int fd, char *answer, size_t room)
{
	ssize_t got = read(fd, answer, room - 1);

	answer[got > 0 ? got : 0] = '\0';
}

int shield_write(const char *text, size_t size, char *answer, size_t room)
{
	int fd = open(SHIELD_POLICY, O_RDWR | O_CLOEXEC);
	ssize_t written;
	int error = 0;

	if (fd < 0)
		return -errno;
	written = write(fd, text, size);
	if (written < 0)
		error = -errno;
	else if ((size_t)written != size)
		error = -EIO;
	if (answer)
		read_answer(fd, answer, room);
	close(fd);
	return error;
}

static void load(const char *name, const char *rules)
{
	char *text, answer[1024];
	int error, len;

	len = asprintf(&text,
		       "shield 1\n"
		       "name %s\n"
		       "program trusted %s/trusted\n"
		       "protect %s/anchor deny all except trusted\n"
		       "%s\n",
		       name, util_work, util_work, rules);
	if (len < 0)
		abort();
	if (!util_exists("/sys/module/shield"))
		shield_insert("policy=none");
	error = shield_write(text, len, answer, sizeof(answer));
	ASSERT_EQ(error, 0)
	{
		NOTE("policy refused: %s\n%s", answer, text);
	}
	free(text);
}

void shield_rules(const char *rules, ...)
{
	va_list args;
	char *text;

	va_start(args, rules);
	if (vasprintf(&text, rules, args) < 0)
		abort();
	va_end(args);
	load("selftest", text);
	free(text);
}

void shield_no_rules(void)
{
	char *status = util_read(SHIELD_STATUS);

	if (!status || !strstr(status, "\npolicy: idle\n"))
		load("idle", "");
	free(status);
}

long long shield_status(const char *key)
{
	char *text = util_read(SHIELD_STATUS), *line, *rest = text;
	size_t len = strlen(key);
	long long value = -1;

	while (text && (line = strsep(&rest, "\n")))
		if (!strncmp(line, key, len) && line[len] == ':')
			value = atoll(line + len + 1);
	free(text);
	return value;
}

void shield_settled(void)
{
	util_sleep_ms(100);
}
