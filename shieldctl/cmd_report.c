// SPDX-License-Identifier: GPL-2.0-only
/* shieldctl report: what shield did on this machine, on one page. */
#include <fcntl.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <openssl/sha.h>

#include "counters.h"
#include "facts.h"
#include "gaps.h"
#include "json.h"
#include "kernel.h"
#include "policy.h"
#include "shieldctl.h"

#define TOP 20

/**
 * struct page - what is reported
 * @facts: the kernel's status
 * @counters: its counters
 * @recent: of the events that it still has
 * @gaps: times without it
 * @hash: SHA-256 of the policy's text
 * @signer: whose signature policies need
 * @host: name of the machine
 * @when: now
 */
struct page {
	struct facts facts;
	struct counters counters;
	struct recent recent;
	struct gaps gaps;
	char hash[2 * SHA256_DIGEST_LENGTH + 1];
	char signer[256];
	char host[256];
	char when[32];
};

/**
 * struct writer - a form of the page
 * @begin: before all
 * @title: of a table
 * @row: of two words
 * @close: behind a table
 * @end: behind all
 */
struct writer {
	void (*begin)(const struct page *page);
	void (*title)(const char *title);
	void (*row)(const char *name, const char *value);
	void (*close)(void);
	void (*end)(void);
};

static void text_begin(const struct page *page)
{
	printf("shield on %s, %s\n", page->host, page->when);
}

static void text_title(const char *title)
{
	printf("\n%s\n", title);
}

static void text_row(const char *name, const char *value)
{
	printf("  %-40s %s\n", name, value);
}

static void nothing(void)
{
}

static const struct writer text_writer = {
	.begin = text_begin,
	.title = text_title,
	.row = text_row,
	.close = nothing,
	.end = nothing,
};

static void put_html(const char *text)
{
	for (; *text; text++)
		switch (*text) {
		case '<':
			fputs("&lt;", stdout);
			break;
		case '>':
			fputs("&gt;", stdout);
			break;
		case '&':
			fputs("&amp;", stdout);
			break;
		default:
			putchar(*text);
		}
}

static void html_begin(const struct page *page)
{
	fputs("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
	      "<title>shield</title><style>\n"
	      "body { font: 16px/1.5 sans-serif; max-width: 60em; margin: 2em auto; padding: 0 1em; color: #222 }\n"
	      "table { border-collapse: collapse; width: 100% }\n"
	      "td { border-bottom: 1px solid #ddd; padding: .2em .5em; word-break: break-all }\n"
	      "td + td { text-align: right }\n"
	      "</style></head><body>\n<h1>shield on ",
	      stdout);
	put_html(page->host);
	printf("</h1><p>%s</p>\n", page->when);
}

static void html_title(const char *title)
{
	printf("<h2>%s</h2><table>\n", title);
}

static void html_row(const char *name, const char *value)
{
	fputs("<tr><td>", stdout);
	put_html(name);
	fputs("</td><td>", stdout);
	put_html(value);
	fputs("</td></tr>\n", stdout);
}

static void html_close(void)
{
	puts("</table>");
}

static void html_end(void)
{
	puts("</body></html>");
}

static const struct writer html_writer = {
	.begin = html_begin,
	.title = html_title,
	.row = html_row,
	.close = html_close,
	.end = html_end,
};

static struct json json = { .out = NULL };

static void json_begin(const struct page *page)
{
	json.out = stdout;
	json_open(&json, NULL, '{');
	json_string(&json, "host", page->host);
	json_string(&json, "time", page->when);
}

static void json_title(const char *title)
{
	json_open(&json, title, '{');
}

static void json_row(const char *name, const char *value)
{
	json_string(&json, name, value);
}

static void json_end_table(void)
{
	json_close(&json, '}');
}

static const struct writer json_writer = {
	.begin = json_begin,
	.title = json_title,
	.row = json_row,
	.close = json_end_table,
	.end = json_end_table,
};

static void write_number(const struct writer *writer, const char *name,
			 unsigned long long number)
{
	char value[24];

	snprintf(value, sizeof(value), "%llu", number);
	writer->row(name, value);
}

static void write_protection(const struct writer *writer,
			     const struct page *page)
{
	size_t i;

	writer->title("protection");
	for (i = 0; i < page->facts.nr; i++)
		writer->row(page->facts.lines[i].key,
			    page->facts.lines[i].value);
	writer->row("policy sha256", page->hash);
	writer->row("signer", page->signer);
	writer->close();
}

static void write_since_loading(const struct writer *writer,
				const struct page *page)
{
	static const char *const kinds[] = { "denied", "would-deny",
					     "watched" };
	size_t i;

	writer->title("events since loading");
	for (i = 0; i < ARRAY_SIZE(kinds); i++)
		write_number(writer, kinds[i],
			     counters_sum(&page->counters, "hook", NULL,
					  kinds[i]));
	write_number(writer, "told",
		     counters_sum(&page->counters, "sink", "events", NULL));
	write_number(writer, "suppressed by the rate limit",
		     counters_sum(&page->counters, "total", "suppressed",
				  NULL));
	write_number(writer, "lost",
		     counters_sum(&page->counters, "total", "lost", NULL));
	writer->close();
}

static void write_time(double time, char *text, size_t size)
{
	const time_t seconds = time;
	struct tm tm;

	strftime(text, size, "%F %T", localtime_r(&seconds, &tm));
}

static void write_gap(const struct writer *writer, const struct gap *gap)
{
	char name[64], value[64] = "until now";

	write_time(gap->from, name, sizeof(name));
	if (gap->to)
		snprintf(value, sizeof(value), "%.0f s without shield",
			 gap->to > gap->from ? gap->to - gap->from : 0);
	writer->row(name, value);
}

static void write_gaps(const struct writer *writer, const struct page *page)
{
	size_t i;

	writer->title("gaps since the machine started");
	for (i = 0; i < page->gaps.nr; i++)
		write_gap(writer, &page->gaps.all[i]);
	if (!page->gaps.has_log)
		writer->row("others", "unknown: shield-record keeps no log");
	writer->close();
}

static void write_tally(const struct writer *writer, const char *title,
			const struct tally *tally)
{
	size_t i;

	writer->title(title);
	for (i = 0; i < tally->nr && i < TOP; i++)
		write_number(writer, tally->entries[i].name,
			     tally->entries[i].count);
	writer->close();
}

static void write_notes(const struct writer *writer, const char *title,
			char *notes)
{
	char *line, *rest = NULL, *number;

	writer->title(title);
	for (line = notes ? strtok_r(notes, "\n", &rest) : NULL; line;
	     line = strtok_r(NULL, "\n", &rest)) {
		number = line;
		line = strchr(line, ' ');
		if (!line)
			continue;
		*line++ = '\0';
		writer->row(number, line);
	}
	writer->close();
}

static void write_page(const struct writer *writer, struct page *page)
{
	writer->begin(page);
	write_protection(writer, page);
	write_gaps(writer, page);
	write_since_loading(writer, page);
	write_tally(writer, "denials by object", &page->recent.objects);
	write_tally(writer, "denials by program", &page->recent.programs);
	write_notes(writer, "maintenance windows", page->recent.windows.data);
	write_notes(writer, "what happened to shield", page->recent.notes.data);
	writer->end();
}

static void hash(struct page *page, const struct text *text)
{
	unsigned char digest[SHA256_DIGEST_LENGTH];
	size_t i;

	SHA256((const unsigned char *)(text->data ? text->data : ""), text->len,
	       digest);
	for (i = 0; i < sizeof(digest); i++)
		sprintf(page->hash + 2 * i, "%02x", digest[i]);
}

static void read_signer(struct page *page)
{
	int fd = open(kernel_path("certificate"), O_RDONLY | O_CLOEXEC);
	ssize_t got = fd < 0 ? 0 :
			       read(fd, page->signer, sizeof(page->signer) - 1);

	page->signer[got > 0 ? got : 0] = '\0';
	page->signer[strcspn(page->signer, "\n")] = '\0';
	if (!*page->signer)
		strcpy(page->signer, fd < 0 ? "unknown" : "none");
	if (fd >= 0)
		close(fd);
}

static int gather(struct page *page)
{
	const time_t now = time(NULL);
	struct text text = { 0 };
	struct tm tm;

	if (facts_read(&page->facts) || counters_read(&page->counters) ||
	    recent_read(&page->recent) || kernel_read("policy", &text))
		return STATUS_SYSTEM;
	hash(page, &text);
	read_signer(page);
	gaps_read(&page->gaps);
	text_free(&text);
	gethostname(page->host, sizeof(page->host) - 1);
	strftime(page->when, sizeof(page->when), "%FT%T%z",
		 localtime_r(&now, &tm));
	return STATUS_OK;
}

static int report(const struct writer *writer)
{
	struct page page = { 0 };
	int status = kernel_require();

	if (status != STATUS_OK)
		return status;
	status = gather(&page);
	if (status == STATUS_OK)
		write_page(writer, &page);
	facts_free(&page.facts);
	counters_free(&page.counters);
	recent_free(&page.recent);
	return status;
}

static int run(const struct command *command, int argc, char **argv)
{
	static const struct option options[] = {
		{ "json", no_argument, NULL, 'j' },
		{ "html", no_argument, NULL, 'H' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	const struct writer *writer = &text_writer;
	int option;

	while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
		if (option == 'h')
			return command_help(command);
		if (option == '?')
			return command_misused(command, NULL);
		writer = option == 'j' ? &json_writer : &html_writer;
	}
	if (optind < argc)
		return command_misused(command, "it takes no argument");
	return report(writer);
}

const struct command command_report = {
	.name = "report",
	.summary = "tell on one page what shield did",
	.help = "[--json | --html]\n\n"
		"State, coverage by hooks, hash and signer of the policy, times since the\n"
		"machine started without shield, counts since loading; denials by object and\n"
		"program, and what happened to shield itself, of the events that the kernel\n"
		"still has.\n\n"
		"  --json   as JSON\n"
		"  --html   as a page to look at\n\n"
		"Exit status: 0 told, 2 wrong usage, 3 shield is not loaded, 4 system error.\n",
	.run = run,
};
