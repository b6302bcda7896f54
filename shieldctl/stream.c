// SPDX-License-Identifier: GPL-2.0-only
#include "stream.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "kernel.h"

int stream_open(struct stream *stream)
{
	const char *path = kernel_path("events");

	memset(stream, 0, sizeof(*stream));
	stream->fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	if (stream->fd >= 0)
		return 0;
	fprintf(stderr, "shieldctl: cannot open %s: %s\n", path,
		errno == EPERM ? "it takes CAP_SYSLOG, outside of containers" :
				 strerror(errno));
	return -errno;
}

bool stream_resume(struct stream *stream, unsigned long long seq)
{
	const off_t next = lseek(stream->fd, 0, SEEK_END);

	if ((unsigned long long)next <= seq) {
		lseek(stream->fd, 0, SEEK_SET);
		return false;
	}
	lseek(stream->fd, seq + 1, SEEK_SET);
	return true;
}

void stream_skip(struct stream *stream)
{
	lseek(stream->fd, 0, SEEK_END);
}

static bool fill(struct stream *stream)
{
	char buffer[65536];
	ssize_t got;

	if (stream->taken) {
		text_cut(&stream->text, 0, stream->taken);
		stream->taken = 0;
	}
	do {
		got = read(stream->fd, buffer, sizeof(buffer));
	} while (got < 0 && errno == EINTR);
	stream->has_ended = !got;
	if (got > 0)
		text_append(&stream->text, buffer, got);
	return got > 0;
}

/* A line of another version or of none is skipped. */
bool stream_next(struct stream *stream, struct event *event)
{
	char *line, *end;

	for (;;) {
		line = stream->text.data ? stream->text.data + stream->taken :
					   NULL;
		end = line ? strchr(line, '\n') : NULL;
		if (!end) {
			if (!fill(stream))
				return false;
			continue;
		}
		*end = '\0';
		stream->taken = end + 1 - stream->text.data;
		if (event_parse(line, event))
			return true;
	}
}

bool stream_wait(const struct stream *stream)
{
	struct pollfd poller = { .fd = stream->fd, .events = POLLIN };

	return poll(&poller, 1, -1) >= 0 || errno == EINTR;
}

void stream_close(struct stream *stream)
{
	close(stream->fd);
	text_free(&stream->text);
}
