// SPDX-License-Identifier: GPL-2.0-only
/*
 * shield-record: write what `shieldctl monitor --json` tells to a log that
 * outlasts restarts.
 *
 * A program of its own, because a policy trusts it with the log: it can be
 * talked into nothing but recording what the kernel tells. Each line also says
 * in which boot, and since when shield was loaded, so that it goes on behind
 * the last one, whatever ended meanwhile: it, shield or the machine.
 */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#include <linux/magic.h>

#include "../event.h"
#include "../kernel.h"
#include "../stream.h"
#include "logfile.h"

#define DIRECTORY "/var/log/shield"
#define BOOT_ID "/proc/sys/kernel/random/boot_id"

/* So that nobody makes the log forget by making it small. */
#define LEAST_LIMIT (1 << 20)
#define LEAST_KEEP 4

/* More than this is written at once only by a single line. */
#define BATCH 65536

/**
 * struct place - where in which numbering an event is
 * @boot: id of the boot
 * @load: when shield was loaded
 * @seq: number of the event
 */
struct place {
	char boot[40];
	char load[40];
	unsigned long long seq;
};

static void read_boot(struct place *place)
{
	int fd = open(BOOT_ID, O_RDONLY | O_CLOEXEC);
	ssize_t got = fd < 0 ? 0 : read(fd, place->boot, 36);

	place->boot[got > 0 ? got : 0] = '\0';
	if (fd >= 0)
		close(fd);
}

/* The file is made when shield is loaded, and never changed. */
static bool read_load(const struct stream *stream, struct place *place)
{
	struct stat status;

	if (fstat(stream->fd, &status))
		return false;
	snprintf(place->load, sizeof(place->load), "%lld.%09ld",
		 (long long)status.st_ctim.tv_sec, status.st_ctim.tv_nsec);
	return true;
}

/* In a string that a stranger chose, the quotes would be escaped. */
static void take(const char *line, const char *key, char *value, size_t size)
{
	const char *at = strstr(line, key);

	*value = '\0';
	if (!at)
		return;
	at += strlen(key);
	at += *at == '"';
	snprintf(value, size, "%.*s", (int)strcspn(at, "\",}"), at);
}

static bool take_place(const char *line, struct place *place)
{
	char seq[24];

	take(line, "\"boot\": ", place->boot, sizeof(place->boot));
	take(line, "\"load\": ", place->load, sizeof(place->load));
	take(line, "\"seq\": ", seq, sizeof(seq));
	place->seq = strtoull(seq, NULL, 10);
	return *place->boot && *place->load && place->seq;
}

/* A machine that lost power may have left zeroes where bytes should be. */
static void blank_zeroes(struct text *text)
{
	char *at = text->data;
	char *const end = at ? at + text->len : NULL;

	while (at && (at = memchr(at, '\0', end - at)))
		*at++ = ' ';
}

/* Of the last line that is whole and says so. */
static void find_last(const struct logfile *log, struct place *place)
{
	struct text text = { 0 };
	struct place found;
	char *line, *rest = NULL;

	logfile_last(log, &text);
	blank_zeroes(&text);
	for (line = text.len ? strtok_r(text.data, "\n", &rest) : NULL; line;
	     line = strtok_r(NULL, "\n", &rest))
		if (line[strlen(line) - 1] == '}' && take_place(line, &found))
			*place = found;
	text_free(&text);
}

static bool is_same_load(const struct place *a, const struct place *b)
{
	return !strcmp(a->boot, b->boot) && !strcmp(a->load, b->load);
}

static void write_line(FILE *out, const struct place *place,
		       struct event *event)
{
	struct json json = { .out = out, .is_line = true };

	event_set(event, "boot", place->boot);
	event_set(event, "load", place->load);
	event_json(&json, NULL, event);
}

/* All there is now. Memory does not grow: a batch is as long as one may be. */
static bool record_some(struct logfile *log, struct stream *stream,
			const struct place *place)
{
	struct event event;
	bool is_written = true, is_more;
	char *lines;
	size_t len;
	FILE *out;

	do {
		out = open_memstream(&lines, &len);
		if (!out)
			abort();
		do {
			is_more = stream_next(stream, &event);
			if (is_more)
				write_line(out, place, &event);
			fflush(out);
		} while (is_more && len < BATCH);
		fclose(out);
		if (len)
			is_written = logfile_add(log, lines, len);
		free(lines);
	} while (is_more && is_written);
	logfile_sync(log);
	return is_written;
}

/* The kernel tells no reader that shield goes. */
static bool record_end(struct logfile *log, const struct place *place)
{
	struct event event = { .nr = 0 };
	struct timespec now;
	char *line, time[32];
	bool is_written;
	size_t len;
	FILE *out = open_memstream(&line, &len);

	if (!out)
		abort();
	clock_gettime(CLOCK_REALTIME, &now);
	snprintf(time, sizeof(time), "%lld.%09ld", (long long)now.tv_sec,
		 now.tv_nsec);
	event_set(&event, "v", "1");
	event_set(&event, "kind", "unloaded");
	event_set(&event, "time", time);
	write_line(out, place, &event);
	fclose(out);
	is_written = logfile_add(log, line, len);
	free(line);
	logfile_sync(log);
	return is_written;
}

/* From where the log ends until shield is unloaded. */
static bool record(struct logfile *log, struct stream *stream)
{
	struct place last = { 0 }, now = { 0 };

	read_boot(&now);
	if (!read_load(stream, &now))
		return false;
	find_last(log, &last);
	if (is_same_load(&last, &now))
		stream_resume(stream, last.seq);
	do {
		if (!record_some(log, stream, &now))
			return false;
	} while (!stream->has_ended && stream_wait(stream));
	return stream->has_ended && record_end(log, &now);
}

static bool is_there(void)
{
	return !access(kernel_path("events"), F_OK) || errno != ENOENT;
}

/*
 * Shield trusts who is executed after it was loaded, so whoever has waited for
 * it is to be started once more.
 */
static int await_shield(void)
{
	while (!is_there())
		sleep(1);
	return EX_TEMPFAIL;
}

/* Nothing else tells what the kernel says. */
static bool is_genuine(const struct stream *stream)
{
	struct statfs status;

	return secure_getenv("SHIELDCTL_SECURITYFS") ||
	       (!fstatfs(stream->fd, &status) &&
		status.f_type == SECURITYFS_MAGIC);
}

static int run(struct logfile *log, const char *directory)
{
	struct stream stream;
	bool is_recorded;

	if (!is_there())
		return await_shield();
	if (!logfile_open(log, directory) || stream_open(&stream))
		return EXIT_FAILURE;
	is_recorded = is_genuine(&stream) && record(log, &stream);
	stream_close(&stream);
	return is_recorded ? EXIT_SUCCESS : EXIT_FAILURE;
}

static void usage(FILE *out)
{
	fprintf(out,
		"usage: shield-record [OPTION]...\n\n"
		"Write the events of shield to DIR/" LOGFILE_NAME
		", a JSON object a line, and\n"
		"go on where that ended. shield-record.service runs it.\n\n"
		"  --directory DIR  instead of " DIRECTORY "\n"
		"  --size BYTES     of a file, at least and unless given %d MiB and 8 MiB\n"
		"  --keep FILES     in all, at least and unless given %d and 8\n"
		"  -h, --help       print this\n\n"
		"Exit status: 0 shield was unloaded, 1 it could not write or read, 2 wrong\n"
		"usage, 75 it waited until shield was loaded and is to be started again.\n",
		LEAST_LIMIT >> 20, LEAST_KEEP);
}

static int misused(void)
{
	usage(stderr);
	return 2;
}

int main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "directory", required_argument, NULL, 'd' },
		{ "size", required_argument, NULL, 's' },
		{ "keep", required_argument, NULL, 'k' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	struct logfile log = { .limit = 8 << 20, .keep = 8 };
	const char *directory = DIRECTORY;
	int option;

	while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
		if (option == 'h') {
			usage(stdout);
			return EXIT_SUCCESS;
		}
		if (option == 'd')
			directory = optarg;
		else if (option == 's')
			log.limit = strtoll(optarg, NULL, 10);
		else if (option == 'k')
			log.keep = strtoul(optarg, NULL, 10);
		else
			return misused();
	}
	if (optind < argc || log.limit < LEAST_LIMIT || log.keep < LEAST_KEEP ||
	    log.keep > 1000)
		return misused();
	return run(&log, directory);
}
