// SPDX-License-Identifier: GPL-2.0-only
/* shieldctl window: open, close and look at a maintenance window. */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../module/policy/token.h"
#include "kernel.h"
#include "shieldctl.h"
#include "text.h"

static const char *explain(int error)
{
	switch (error) {
	case -ENOENT:
		return "no window is open, or this module is too old for one\n";
	case -EPERM:
	case -EACCES:
		return "not permitted: it takes root with CAP_MAC_ADMIN, outside of containers\n";
	default:
		return "the kernel refuses it; see dmesg\n";
	}
}

static int tell(const struct text *what, const char *done)
{
	struct text answer = { 0 };
	int error = kernel_ask("window", what->data, what->len, &answer);

	if (error)
		fprintf(stderr, "shieldctl: %s",
			answer.len ? answer.data : explain(error));
	else
		puts(done);
	text_free(&answer);
	if (!error)
		return STATUS_OK;
	return error == -EPERM || error == -EACCES ? STATUS_SYSTEM : STATUS_NO;
}

static int open_by(const char *path)
{
	struct text token = { 0 };
	int fd = strcmp(path, "-") ? open(path, O_RDONLY | O_CLOEXEC) :
				     dup(STDIN_FILENO);
	int error = fd < 0 ? -errno : text_read(&token, fd, SHIELD_MAX_TOKEN);
	int status = STATUS_SYSTEM;

	if (fd >= 0)
		close(fd);
	if (error)
		fprintf(stderr, "shieldctl: cannot read %s: %s\n", path,
			strerror(-error));
	else
		status = tell(
			&token,
			"the window is open; it closes by itself, or by 'shieldctl window close'");
	text_free(&token);
	return status;
}

static int close_now(void)
{
	char word[] = "close";

	return tell(&(struct text){ word, strlen(word) },
		    "the window is closed");
}

static int show(void)
{
	struct text text = { 0 };
	int error = kernel_read("window", &text);

	if (!error)
		fwrite(text.data, 1, text.len, stdout);
	text_free(&text);
	return error ? STATUS_SYSTEM : STATUS_OK;
}

static int obey(const struct command *command, int nr, char **words)
{
	if (nr == 2 && !strcmp(words[0], "open"))
		return open_by(words[1]);
	if (nr == 1 && !strcmp(words[0], "close"))
		return close_now();
	if (nr == 1 && !strcmp(words[0], "status"))
		return show();
	return command_misused(command, "open TOKEN, status or close?");
}

static int run(const struct command *command, int argc, char **argv)
{
	bool is_json;
	int status = command_options(command, argc, argv, &is_json);

	if (status != COMMAND_GOES_ON)
		return status;
	if (is_json)
		return command_misused(command, "it has no --json");
	status = kernel_require();
	return status == STATUS_OK ?
		       obey(command, argc - optind, argv + optind) :
		       status;
}

const struct command command_window = {
	.name = "window",
	.summary = "open, close and look at a maintenance window",
	.help = "open TOKEN | status | close\n\n"
		"While a maintenance window is open, programs that its token names are trusted\n"
		"in the program groups that the policy marks with 'window'.\n\n"
		"  open TOKEN  open one by a token of 'shieldctl sign --window', '-' for the\n"
		"              standard input; it closes by itself\n"
		"  status      what a token for this machine must name, and what is open\n"
		"  close       close it now\n\n"
		"Exit status: 0 done, 1 refused, 2 wrong usage, 3 shield is not loaded,\n"
		"4 system error.\n",
	.run = run,
};
