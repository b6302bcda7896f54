// SPDX-License-Identifier: GPL-2.0-only
/* shieldctl sign: make a signed manifest of policy files, or a token. */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "certificate.h"
#include "directories.h"
#include "manifest.h"
#include "modulekey.h"
#include "policy.h"
#include "report.h"
#include "shieldctl.h"
#include "signing_key.h"
#include "token.h"

/**
 * struct wish - what the command line asks for
 * @key: private key
 * @cert: its certificate
 * @output: file to write; NULL for the standard output
 * @header: what stands in front of the policy
 * @is_window: a token for a maintenance window is wanted
 * @token: what it is to say
 */
struct wish {
	const char *key;
	const char *cert;
	const char *output;
	struct manifest_header header;
	bool is_window;
	struct token_wish token;
};

/* Whole or not at all: a half manifest would be refused at the next boot. */
static int write_file(const char *path, const struct text *text)
{
	char temporary[4096];
	int fd = -1, error = 0;

	if (snprintf(temporary, sizeof(temporary), "%s.new", path) <
	    (int)sizeof(temporary))
		fd = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC,
			  0644);
	if (fd < 0 || write(fd, text->data, text->len) != (ssize_t)text->len ||
	    fsync(fd))
		error = errno;
	if (fd >= 0)
		close(fd);
	if (!error && rename(temporary, path))
		error = errno;
	if (!error)
		return STATUS_OK;
	fprintf(stderr, "shieldctl: cannot write %s: %s\n", path,
		strerror(error));
	unlink(temporary);
	return STATUS_SYSTEM;
}

static int write_manifest(const struct wish *wish, const struct text *manifest)
{
	if (wish->output)
		return write_file(wish->output, manifest);
	fwrite(manifest->data, 1, manifest->len, stdout);
	return STATUS_OK;
}

static int sign_by(const struct wish *wish, const struct text *text,
		   X509 *certificate)
{
	struct text manifest = { 0 };
	EVP_PKEY *key;
	int status = STATUS_NO;

	if (modulekey_is(certificate)) {
		fprintf(stderr,
			"shieldctl: %s signs this machine's modules; policies need a key of their own\n",
			wish->cert);
		return STATUS_NO;
	}
	key = signing_key_open(wish->key);
	if (key &&
	    manifest_make(&wish->header, text, key, certificate, &manifest))
		status = write_manifest(wish, &manifest);
	EVP_PKEY_free(key);
	text_free(&manifest);
	return status;
}

static int sign_text(const struct wish *wish, const struct text *text)
{
	struct certificates set = { 0 };
	int status = STATUS_SYSTEM;

	if (!certificates_add_file(&set, wish->cert))
		status = sign_by(wish, text, set.list[0]);
	certificates_free(&set);
	return status;
}

static int sign(const struct wish *wish, struct policy *policy)
{
	struct shield_error error;

	if (!policy_parse(policy, &error))
		return sign_text(wish, &policy->text);
	report_refusal(policy, &error, false);
	return STATUS_NO;
}

static int sign_token(const struct wish *wish)
{
	struct text text = { 0 };
	int status = token_write(&wish->token, &text);

	if (status == STATUS_OK)
		status = sign_text(wish, &text);
	text_free(&text);
	return status;
}

static int sign_files(const struct wish *wish, char **paths, size_t nr)
{
	struct policy policy = { 0 };
	int status = policy_add_files(&policy, paths, nr);

	if (status == STATUS_OK)
		status = sign(wish, &policy);
	policy_free(&policy);
	return status;
}

static int sign_directories(const struct wish *wish)
{
	char **paths;
	size_t nr = directories_list(&paths);
	int status = STATUS_USAGE;

	if (nr)
		status = sign_files(wish, paths, nr);
	else
		fputs("shieldctl: there is no *.policy file in a policy.d directory: name a FILE\n",
		      stderr);
	directories_free(paths, nr);
	return status;
}

static bool read_number(unsigned long long *number)
{
	char *end;

	*number = strtoull(optarg, &end, 10);
	return *optarg >= '0' && *optarg <= '9' && !*end;
}

static bool take_of_token(struct wish *wish, int option)
{
	struct token_wish *token = &wish->token;
	unsigned long long minutes;

	switch (option) {
	case 'w':
		wish->is_window = true;
		wish->header.purpose = SHIELD_PURPOSE_WINDOW;
		return true;
	case 'f':
		token->place = optarg;
		return true;
	case 'm':
		if (!read_number(&minutes) || minutes > SHIELD_MAX_WINDOW)
			return false;
		token->minutes = minutes;
		return true;
	case 'P':
		if (token->nr_programs == TOKEN_MAX_PROGRAMS)
			return false;
		token->programs[token->nr_programs++] = optarg;
		return true;
	default:
		return false;
	}
}

static bool take(struct wish *wish, int option)
{
	switch (option) {
	case 'k':
		wish->key = optarg;
		return true;
	case 'c':
		wish->cert = optarg;
		return true;
	case 'o':
		wish->output = optarg;
		return true;
	case 'p':
		wish->header.purpose = optarg;
		return true;
	case 'S':
		wish->header.seal = true;
		return true;
	case 'v':
		return read_number(&wish->header.version);
	default:
		return take_of_token(wish, option);
	}
}

static int run(const struct command *command, int argc, char **argv)
{
	static const struct option options[] = {
		{ "key", required_argument, NULL, 'k' },
		{ "cert", required_argument, NULL, 'c' },
		{ "output", required_argument, NULL, 'o' },
		{ "purpose", required_argument, NULL, 'p' },
		{ "seal", no_argument, NULL, 'S' },
		{ "version", required_argument, NULL, 'v' },
		{ "serial", required_argument, NULL, 'v' },
		{ "window", no_argument, NULL, 'w' },
		{ "for", required_argument, NULL, 'f' },
		{ "minutes", required_argument, NULL, 'm' },
		{ "program", required_argument, NULL, 'P' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	struct wish wish = {
		.header = { .purpose = SHIELD_PURPOSE_POLICY,
			    .version = time(NULL) },
		.token = { .minutes = 60 },
	};
	int option;

	while ((option = getopt_long(argc, argv, "o:h", options, NULL)) != -1) {
		if (option == 'h')
			return command_help(command);
		if (!take(&wish, option))
			return command_misused(command, NULL);
	}
	if (!wish.key || !wish.cert)
		return command_misused(command, "it needs --key and --cert");
	if (wish.is_window &&
	    (!wish.token.place || !wish.token.nr_programs || optind < argc))
		return command_misused(
			command,
			"--window needs --for and --program, and takes no policy");
	if (wish.is_window)
		return sign_token(&wish);
	return optind < argc ? sign_files(&wish, argv + optind, argc - optind) :
			       sign_directories(&wish);
}

const struct command command_sign = {
	.name = "sign",
	.summary = "sign policy files, or a token for a maintenance window",
	.help = "--key KEY --cert FILE [OPTION]... [FILE...]\n"
		"       shieldctl sign --key KEY --cert FILE --window --for PLACE --program P...\n\n"
		"Join policy files, or without a FILE those of the policy.d directories, and\n"
		"write one signed manifest, which 'shieldctl load' takes like a policy.\n\n"
		"  --key KEY        private key, RSA: a file in PEM, or a URI pkcs11:...\n"
		"  --cert FILE      its certificate; the machine has it built in or pinned\n"
		"  --version N      a sealed machine refuses what is not newer; unless given,\n"
		"                   the seconds since 1970\n"
		"  --seal           the machine seals itself when it has loaded it\n"
		"  --purpose WORD   what the signature is for; unless given, shield-policy\n"
		"  -o, --output FILE  write there; at boot /etc/shield/policy.signed is loaded\n\n"
		"With --window, write a token that 'shieldctl window open' takes once:\n\n"
		"  --for PLACE      what 'shieldctl window status' printed on the machine; '-' for\n"
		"                   the standard input\n"
		"  --program P      a program group that the policy marks with 'window', or the\n"
		"                   path of one of its programs; may be repeated\n"
		"  --minutes N      how long the window is open, 240 at most; unless given, 60\n"
		"  --serial N       above that of the window before; unless given, the seconds\n"
		"                   since 1970\n\n"
		"Exit status: 0 written, 1 refused, 2 wrong usage, 4 system error.\n",
	.run = run,
};
