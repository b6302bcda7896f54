/* SPDX-License-Identifier: GPL-2.0-only */
/* Reading the kernel's file events. */
#ifndef SHIELDCTL_STREAM_H
#define SHIELDCTL_STREAM_H

#include "event.h"
#include "text.h"

/**
 * struct stream - the open file
 * @fd: descriptor
 * @text: bytes that are not taken yet
 * @taken: bytes of @text that are
 * @has_ended: there will be no more: shield was unloaded
 */
struct stream {
	int fd;
	struct text text;
	size_t taken;
	bool has_ended;
};

/**
 * stream_open() - open it at the oldest event
 * @stream: result, to be closed
 *
 * Return: 0, or a negative errno after saying on stderr what failed.
 */
int stream_open(struct stream *stream);

/**
 * stream_resume() - go on behind an event
 * @stream: stream
 * @seq: number of the last event that was seen
 *
 * Return: false if the kernel has not got that far: shield was loaded anew,
 * and everything is told from the beginning.
 */
bool stream_resume(struct stream *stream, unsigned long long seq);

/**
 * stream_skip() - leave out what has happened already
 * @stream: stream
 */
void stream_skip(struct stream *stream);

/**
 * stream_next() - the next event that is there
 * @stream: stream
 * @event: result; valid until the next call
 *
 * Return: false if there is none now.
 */
bool stream_next(struct stream *stream, struct event *event);

/**
 * stream_wait() - until there is more, or the end
 * @stream: stream
 *
 * Return: false if waiting failed.
 */
bool stream_wait(const struct stream *stream);

/**
 * stream_close() - give it back
 * @stream: closed afterwards
 */
void stream_close(struct stream *stream);

#endif
