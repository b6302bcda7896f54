// SPDX-License-Identifier: GPL-2.0-only
/* shieldctl seal: nobody switches shield off until the machine restarts. */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "certificate.h"
#include "kernel.h"
#include "shieldctl.h"
#include "strangers.h"

static const char *explain(int error)
{
	switch (error) {
	case -ENOENT:
		return "this module is too old to be sealed\n";
	case -EPERM:
	case -EACCES:
		return "not permitted: sealing takes root with CAP_MAC_ADMIN, outside of containers\n";
	default:
		return "the kernel refuses it; see dmesg\n";
	}
}

static bool is_confirmed(void)
{
	char answer[8];

	fputs("From now on until the machine restarts nobody can unload shield, change a\n"
	      "parameter or load a policy that is not signed. Seal? [y/N] ",
	      stderr);
	return fgets(answer, sizeof(answer), stdin) &&
	       (*answer == 'y' || *answer == 'Y');
}

static void list(const char *title, const struct text *lines)
{
	const char *line = lines->data, *end;

	if (!lines->len)
		return;
	fprintf(stderr, "%s\n", title);
	for (; *line; line = end + 1) {
		end = strchr(line, '\n');
		fprintf(stderr, "  %.*s\n", (int)(end - line), line);
	}
}

static int refuse(void)
{
	fputs("Not sealed: look at each of these first. --accept seals all the same.\n",
	      stderr);
	return STATUS_NO;
}

static int seal(bool accept)
{
	struct text answer = { 0 };
	const char *word = accept ? "seal accept" : "seal";
	int error = kernel_ask("seal", word, strlen(word), &answer);

	if (error)
		fprintf(stderr, "shieldctl: not sealed: %s",
			answer.len && strcmp(answer.data, "no\n") ?
				answer.data :
				explain(error));
	else if (answer.len)
		fprintf(stderr, "accepted: %s", answer.data);
	text_free(&answer);
	if (!error)
		puts("sealed until the machine restarts");
	return error ? STATUS_NO : STATUS_OK;
}

static int write_certificate(const char *path, X509 *certificate)
{
	unsigned char *der = NULL;
	int len = i2d_X509(certificate, &der), fd, error = 0;

	fd = open(kernel_path("certificate"), O_WRONLY | O_CLOEXEC);
	if (len <= 0 || fd < 0 || write(fd, der, len) != len)
		error = errno;
	if (error)
		fprintf(stderr, "shieldctl: cannot pin %s: %s\n", path,
			error == EEXIST ?
				"this module was built with a policy certificate" :
				strerror(error));
	if (fd >= 0)
		close(fd);
	OPENSSL_free(der);
	return error ? STATUS_NO : STATUS_OK;
}

static int pin(const char *path)
{
	struct certificates set = { 0 };
	int status = STATUS_SYSTEM;

	if (!certificates_add_file(&set, path))
		status = write_certificate(path, set.list[0]);
	certificates_free(&set);
	return status;
}

static int ask_and_seal(bool accept, bool is_sure, const char *certificate)
{
	struct text found = { 0 };
	int status = STATUS_OK;

	strangers_find(&found);
	list("Attached to the kernel before the seal:", &found);
	if (found.len && !accept)
		status = refuse();
	text_free(&found);
	if (status == STATUS_OK && !is_sure && !is_confirmed()) {
		fputs("Not sealed.\n", stderr);
		status = STATUS_NO;
	}
	if (status == STATUS_OK && certificate)
		status = pin(certificate);
	return status == STATUS_OK ? seal(accept) : status;
}

static int run(const struct command *command, int argc, char **argv)
{
	static const struct option options[] = {
		{ "yes", no_argument, NULL, 'y' },
		{ "accept", no_argument, NULL, 'a' },
		{ "certificate", required_argument, NULL, 'c' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	bool accept = false, is_sure = false;
	const char *certificate = NULL;
	int option, status;

	while ((option = getopt_long(argc, argv, "yh", options, NULL)) != -1) {
		if (option == 'h')
			return command_help(command);
		if (option == '?')
			return command_misused(command, NULL);
		if (option == 'c')
			certificate = optarg;
		is_sure |= option == 'y';
		accept |= option == 'a';
	}
	if (optind < argc)
		return command_misused(command, "it takes no argument");
	if (!is_sure && !isatty(STDIN_FILENO))
		return command_misused(
			command,
			"there is nobody to ask: --yes says that you are sure");
	status = kernel_require();
	return status == STATUS_OK ?
		       ask_and_seal(accept, is_sure, certificate) :
		       status;
}

const struct command command_seal = {
	.name = "seal",
	.summary = "let nobody switch shield off until the machine restarts",
	.help = "[--yes] [--accept] [--certificate FILE]\n\n"
		"Until the machine restarts, shield can then not be unloaded, no parameter be\n"
		"changed and no policy be loaded that is not signed; and the kernel denies\n"
		"unsigned modules, kexec, /dev/mem and what else its lockdown denies. Refused\n"
		"while the policy is empty, enforce is 0 or a hook does not act, and when\n"
		"something is in the kernel already that the seal would have denied.\n\n"
		"  -y, --yes      do not ask\n"
		"  --accept       seal in spite of unsigned modules, livepatches, kprobes, BPF\n"
		"                 programs and open devices, which are listed\n"
		"  --certificate FILE\n"
		"                 take signed policies by the key of this certificate, if none is\n"
		"                 built in; without, no other policy is loaded any more\n\n"
		"Exit status: 0 sealed, 1 refused, 2 wrong usage, 3 shield is not loaded,\n"
		"4 system error.\n",
	.run = run,
};
