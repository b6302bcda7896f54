// SPDX-License-Identifier: GPL-2.0-only
/*
 * The log of shield-record: whatever is in it already, what is added behind is
 * found as the last, so that it goes on from there.
 *
 * The first line is an event as the kernel tells it, the rest is in the log.
 */
#define main recorder_main
#include "../../shieldctl/record/record.c"
#undef main

#include "../../shieldctl/gaps.h"
#include "directory.h"
#include "fuzz.h"
#include "json_check.h"

#define WHERE "var/log/shield"
#define BOOT "0f1e2d3c-4b5a-4968-8776-655443322110"

int recorder_main(int argc, char **argv);

static void open_log(struct logfile *log, const char *directory)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/" WHERE, directory);
	*log = (struct logfile){ .limit = 8 << 20, .keep = 8 };
	insist(logfile_open(log, path));
}

static void close_log(const struct logfile *log)
{
	close(log->fd);
	close(log->directory);
}

/* Adds the event as record_some() does, and finds it. */
static void check_added(struct logfile *log, struct event *event)
{
	struct place now = { .boot = BOOT, .load = "1700000000.000000001" };
	struct place last = { 0 };
	FILE *out;
	char *line;
	size_t len;

	now.seq = event_number(event, "seq");
	out = open_memstream(&line, &len);
	write_line(out, &now, event);
	fclose(out);
	insist(json_is_valid(line, len) &&
	       memchr(line, '\n', len) == line + len - 1);
	insist(logfile_add(log, line, len));
	free(line);
	find_last(log, &last);
	insist(is_same_load(&last, &now) && last.seq == now.seq);
}

static bool has_key(const struct event *event, const char *key)
{
	size_t i;

	for (i = 0; i < event->nr; i++)
		if (!strcmp(event->keys[i], key))
			return true;
	return false;
}

/* The kernel's own lines have few fields, and none of those that we add. */
static bool is_from_kernel(const struct event *event)
{
	size_t i;

	for (i = 0; i < event->nr; i++)
		if (strchr(event->keys[i], '"'))
			return false;
	return event->nr <= EVENT_MAX_FIELDS - 2 &&
	       event_number(event, "seq") && !has_key(event, "boot") &&
	       !has_key(event, "load");
}

static void check_gaps(void)
{
	struct gaps gaps;

	gaps_read(&gaps);
	insist(gaps.has_log && gaps.nr && gaps.nr <= GAPS_MOST);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *directory;
	struct input input = { data, size };
	struct logfile log;
	struct event event;
	char *line;

	if (!directory) {
		directory = directory_make("SHIELDCTL_ROOT");
		directory_write(&BOOT_ID[1], BOOT "\n", sizeof(BOOT));
	}
	line = take_line(&input);
	directory_write(WHERE "/" LOGFILE_NAME, input.at, input.left);
	open_log(&log, directory);
	insist(log.size >= (off_t)input.left);
	if (event_parse(line, &event) && is_from_kernel(&event))
		check_added(&log, &event);
	close_log(&log);
	check_gaps();
	free(line);
	return 0;
}
