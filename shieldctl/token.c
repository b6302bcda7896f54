// SPDX-License-Identifier: GPL-2.0-only
#include "token.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "shieldctl.h"

#define LONGEST_PLACE 4096

static int read_place(const char *path, struct text *text)
{
	int fd = strcmp(path, "-") ? open(path, O_RDONLY | O_CLOEXEC) :
				     dup(STDIN_FILENO);
	int error = fd < 0 ? -errno : text_read(text, fd, LONGEST_PLACE);

	if (fd >= 0)
		close(fd);
	if (!error)
		return STATUS_OK;
	fprintf(stderr, "shieldctl: cannot read %s: %s\n", path,
		strerror(-error));
	return STATUS_SYSTEM;
}

/* Appends the line "KEY VALUE" of the line "KEY: VALUE" in @place. */
static bool copy_line(const char *key, const struct text *place,
		      struct text *text)
{
	const char *at = place->data, *end, *next;
	size_t len = strlen(key);

	if (!place->len)
		return false;
	end = place->data + place->len;
	for (; at < end; at = next + 1) {
		next = memchr(at, '\n', end - at);
		if (!next)
			next = end;
		if ((size_t)(next - at) <= len + 2 || memcmp(at, key, len) ||
		    memcmp(at + len, ": ", 2))
			continue;
		text_append(text, key, len);
		text_append(text, " ", 1);
		text_append(text, at + len + 2, next - at - len - 2);
		text_append(text, "\n", 1);
		return true;
	}
	return false;
}

static int add_place(const char *path, struct text *text)
{
	struct text place = { 0 };
	int status = read_place(path, &place);

	if (status == STATUS_OK && (!copy_line("machine", &place, text) ||
				    !copy_line("boot", &place, text))) {
		fprintf(stderr,
			"shieldctl: %s does not say 'machine:' and 'boot:', as 'shieldctl window status' of the machine prints\n",
			path);
		status = STATUS_NO;
	}
	text_free(&place);
	return status;
}

static int check(const struct text *text)
{
	const struct shield_span span = { text->data, text->len };
	struct shield_token token;
	struct shield_error error = { 0 };

	if (!shield_token_read(&span, &token, &error))
		return STATUS_OK;
	fprintf(stderr, "shieldctl: %s\n", error.message);
	return STATUS_NO;
}

int token_write(const struct token_wish *wish, struct text *text)
{
	int status = add_place(wish->place, text);
	char line[4200];
	size_t i;

	snprintf(line, sizeof(line), "seconds %lu\n", wish->minutes * 60);
	text_append(text, line, strlen(line));
	for (i = 0; i < wish->nr_programs; i++) {
		snprintf(line, sizeof(line), "program %s\n", wish->programs[i]);
		text_append(text, line, strlen(line));
	}
	return status == STATUS_OK ? check(text) : status;
}
