// SPDX-License-Identifier: GPL-2.0-only
/* shieldctl sign: make a signed manifest of policy files. */
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

/**
 * struct wish - what the command line asks for
 * @key: private key
 * @cert: its certificate
 * @output: file to write; NULL for the standard output
 * @header: what stands in front of the policy
 */
struct wish {
	const char *key;
	const char *cert;
	const char *output;
	struct manifest_header header;
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

static int sign_by(const struct wish *wish, const struct policy *policy,
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
	if (key && manifest_make(&wish->header, &policy->text, key, certificate,
				 &manifest))
		status = write_manifest(wish, &manifest);
	EVP_PKEY_free(key);
	text_free(&manifest);
	return status;
}

static int sign(const struct wish *wish, struct policy *policy)
{
	struct certificates set = { 0 };
	struct shield_error error;
	int status = STATUS_SYSTEM;

	if (policy_parse(policy, &error)) {
		report_refusal(policy, &error, false);
		return STATUS_NO;
	}
	if (!certificates_add_file(&set, wish->cert))
		status = sign_by(wish, policy, set.list[0]);
	certificates_free(&set);
	return status;
}

static int sign_files(const struct wish *wish, char **paths, size_t nr)
{
	struct policy policy = { 0 };
	int status = STATUS_OK;
	size_t i;

	for (i = 0; i < nr && status == STATUS_OK; i++)
		if (policy_add_file(&policy, paths[i]))
			status = STATUS_SYSTEM;
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

static bool take(struct wish *wish, int option)
{
	char *end = "";

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
		wish->header.version = strtoull(optarg, &end, 10);
		return *optarg >= '0' && *optarg <= '9' && !*end;
	default:
		return false;
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
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	struct wish wish = {
		.header = { .purpose = SHIELD_PURPOSE_POLICY,
			    .version = time(NULL) },
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
	return optind < argc ? sign_files(&wish, argv + optind, argc - optind) :
			       sign_directories(&wish);
}

const struct command command_sign = {
	.name = "sign",
	.summary = "sign policy files",
	.help = "--key KEY --cert FILE [OPTION]... [FILE...]\n\n"
		"Join policy files, or without a FILE those of the policy.d directories, and\n"
		"write one signed manifest, which 'shieldctl load' takes like a policy.\n\n"
		"  --key KEY        private key, RSA: a file in PEM, or a URI pkcs11:...\n"
		"  --cert FILE      its certificate; the machine has it built in or pinned\n"
		"  --version N      a sealed machine refuses what is not newer; unless given,\n"
		"                   the seconds since 1970\n"
		"  --seal           the machine seals itself when it has loaded it\n"
		"  --purpose WORD   what the signature is for; unless given, shield-policy\n"
		"  -o, --output FILE  write there; at boot /etc/shield/policy.signed is loaded\n\n"
		"Exit status: 0 written, 1 refused, 2 wrong usage, 4 system error.\n",
	.run = run,
};
