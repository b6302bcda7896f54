/* SPDX-License-Identifier: GPL-2.0-only */
/* A log that only grows, in files that follow each other. */
#ifndef SHIELDCTL_RECORD_LOGFILE_H
#define SHIELDCTL_RECORD_LOGFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "../text.h"

#define LOGFILE_NAME "events.json"

/**
 * struct logfile - DIR/events.json, before it events.json.1, and so on
 * @directory: descriptor of DIR; locked against other recorders
 * @fd: descriptor of the newest file; it appends
 * @size: bytes in that file
 * @limit: bytes after which the next one begins
 * @keep: files in all
 */
struct logfile {
	int directory;
	int fd;
	off_t size;
	off_t limit;
	unsigned int keep;
};

/**
 * logfile_open() - open the log, or begin it
 * @log: log; limit and number are set
 * @directory: path of DIR
 *
 * Return: true; false after saying on stderr what failed.
 */
bool logfile_open(struct logfile *log, const char *directory);

/**
 * logfile_last() - the last lines that were written
 * @log: log
 * @text: result: the end of the newest file that has any text
 */
void logfile_last(const struct logfile *log, struct text *text);

/**
 * logfile_add() - append whole lines, in a new file if they do not fit
 * @log: log
 * @lines: lines
 * @len: bytes
 *
 * Return: true; false after saying on stderr what failed.
 */
bool logfile_add(struct logfile *log, const char *lines, size_t len);

/**
 * logfile_sync() - what was added outlasts a loss of power
 * @log: log
 */
void logfile_sync(const struct logfile *log);

#endif
