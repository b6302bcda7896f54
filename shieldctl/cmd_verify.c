// SPDX-License-Identifier: GPL-2.0-only
/* shieldctl verify: who signed a module, and may that be believed? */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <openssl/sha.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "json.h"
#include "modsig.h"
#include "shieldctl.h"
#include "text.h"
#include "unpack.h"

/**
 * struct subject - the file that is verified and what was found
 * @path: as named
 * @text: its bytes, no longer compressed
 * @compression: how they were
 * @parts: of @text
 * @check: with its result
 * @verdict: the outcome
 * @body_digest: sha256 of what is signed, in hexadecimal
 */
struct subject {
	const char *path;
	struct text text;
	const char *compression;
	struct modsig parts;
	struct signature_check check;
	enum verdict verdict;
	char body_digest[2 * SHA256_DIGEST_LENGTH + 1];
};

static int complain(const char *path, int error)
{
	fprintf(stderr, "shieldctl: cannot read %s: %s\n", path,
		strerror(-error));
	return STATUS_SYSTEM;
}

static int read_module(struct subject *subject)
{
	int fd = open(subject->path, O_RDONLY | O_CLOEXEC);
	int ret = fd < 0 ? -errno : text_read(&subject->text, fd, MODULE_MOST);

	if (fd >= 0)
		close(fd);
	return ret ? complain(subject->path, ret) : STATUS_OK;
}

static void digest_body(struct subject *subject)
{
	unsigned char digest[SHA256_DIGEST_LENGTH];
	size_t i;

	SHA256(subject->parts.body.data, subject->parts.body.len, digest);
	for (i = 0; i < sizeof(digest); i++)
		snprintf(subject->body_digest + 2 * i, 3, "%02x", digest[i]);
}

static void judge(struct subject *subject)
{
	struct signature_check *check = &subject->check;
	int ret = unpack(&subject->text, &subject->compression);

	if (ret) {
		subject->verdict = ret == -ENODATA ? VERDICT_TRUNCATED :
						     VERDICT_CONTENT_TYPE;
		snprintf(check->detail, sizeof(check->detail), "%s: %s",
			 subject->compression,
			 ret == -EOPNOTSUPP ?
				 "this compression is not supported" :
			 ret == -ENODATA ?
				 "the compressed stream ends too early" :
			 ret == -EFBIG ? "too large for a module" :
					 "the compressed stream is damaged");
		return;
	}
	subject->verdict = modsig_verify(
		(struct bytes){ (unsigned char *)subject->text.data,
				subject->text.len },
		&subject->parts, check);
	digest_body(subject);
}

static void write_signer(struct json *json, const X509 *signer)
{
	char *name = certificate_subject(signer);
	char fingerprint[CERTIFICATE_FINGERPRINT], date[32];

	json_open(json, "certificate", '{');
	json_string(json, "subject", name);
	certificate_fingerprint(signer, fingerprint);
	json_string(json, "sha256", fingerprint);
	certificate_time(X509_get0_notBefore(signer), date);
	json_string(json, "not_before", date);
	certificate_time(X509_get0_notAfter(signer), date);
	json_string(json, "not_after", date);
	json_close(json, '}');
	free(name);
}

static void write_json(const struct subject *subject)
{
	struct json json = { .out = stdout };

	json_open(&json, NULL, '{');
	json_bool(&json, "ok", subject->verdict == VERDICT_GOOD);
	json_string(&json, "module", subject->path);
	json_string(&json, "verdict", verdict_name(subject->verdict));
	json_number(&json, "status", subject->verdict);
	json_string(&json, "message", verdict_text(subject->verdict));
	json_string(&json, "detail", subject->check.detail);
	json_string(&json, "compression", subject->compression);
	json_string(&json, "body_sha256",
		    *subject->body_digest ? subject->body_digest : NULL);
	if (subject->check.signer)
		write_signer(&json, subject->check.signer);
	json_close(&json, '}');
}

static void write_text(const struct subject *subject)
{
	char fingerprint[CERTIFICATE_FINGERPRINT], date[32];
	const X509 *signer = subject->check.signer;
	char *name;

	if (subject->verdict != VERDICT_GOOD) {
		fprintf(stderr, "%s: %s", subject->path,
			verdict_text(subject->verdict));
		if (*subject->check.detail)
			fprintf(stderr, " (%s)", subject->check.detail);
		putc('\n', stderr);
		return;
	}
	name = certificate_subject(signer);
	certificate_fingerprint(signer, fingerprint);
	certificate_time(X509_get0_notAfter(signer), date);
	printf("%s: %s\n  certificate: %s, valid until %s\n"
	       "  certificate sha256: %s\n  unsigned module sha256: %s\n",
	       subject->path, verdict_text(VERDICT_GOOD), name, date,
	       fingerprint, subject->body_digest);
	free(name);
}

static int verify(const char *path, const struct certificates *trusted,
		  time_t when, bool is_json)
{
	struct subject subject = {
		.path = path,
		.check = { .trusted = trusted, .when = when },
	};
	int status = read_module(&subject);

	if (status == STATUS_OK) {
		judge(&subject);
		if (is_json)
			write_json(&subject);
		else
			write_text(&subject);
		status = subject.verdict;
	}
	text_free(&subject.text);
	return status;
}

static bool parse_time(const char *text, time_t *when)
{
	char *end;

	errno = 0;
	*when = strtoll(text, &end, 10);
	return *text && !*end && !errno;
}

static int trust_pinned(struct certificates *trusted)
{
	const char *path = certificate_pinned();

	if (access(path, F_OK)) {
		fprintf(stderr,
			"shieldctl: no certificate is pinned in %s; name one with --cert, or see 'shieldctl enroll --help'\n",
			path);
		return STATUS_SYSTEM;
	}
	return certificates_add_file(trusted, path) ? STATUS_SYSTEM : STATUS_OK;
}

/* Return: COMMAND_GOES_ON or the exit status. */
static int read_options(const struct command *command, int argc, char **argv,
			struct certificates *trusted, time_t *when,
			bool *is_json)
{
	static const struct option options[] = {
		{ "cert", required_argument, NULL, 'c' },
		{ "at", required_argument, NULL, 'a' },
		{ "json", no_argument, NULL, 'j' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	int option;

	while ((option = getopt_long(argc, argv, "c:h", options, NULL)) != -1) {
		if (option == 'h')
			return command_help(command);
		if (option == 'j')
			*is_json = true;
		else if (option == 'a' && !parse_time(optarg, when))
			return command_misused(command,
					       "--at wants seconds since 1970");
		else if (option == 'c' &&
			 certificates_add_file(trusted, optarg))
			return STATUS_SYSTEM;
		else if (option == '?')
			return command_misused(command, NULL);
	}
	return COMMAND_GOES_ON;
}

static int run(const struct command *command, int argc, char **argv)
{
	struct certificates trusted = { 0 };
	time_t when = time(NULL);
	bool is_json = false;
	int status;

	status = read_options(command, argc, argv, &trusted, &when, &is_json);
	if (status == COMMAND_GOES_ON && optind + 1 != argc)
		status = command_misused(command, "which MODULE? Name one");
	if (status == COMMAND_GOES_ON && !trusted.nr) {
		status = trust_pinned(&trusted);
		if (status == STATUS_OK)
			status = COMMAND_GOES_ON;
	}
	if (status == COMMAND_GOES_ON)
		status = verify(argv[optind], &trusted, when, is_json);
	certificates_free(&trusted);
	return status;
}

const struct command command_verify = {
	.name = "verify",
	.summary = "verify the signature of a module file",
	.help = "[--cert FILE]... [--at SECONDS] [--json] MODULE\n\n"
		"Tell whether a module file (.ko, .ko.xz, .ko.zst) is signed, whole and\n"
		"unchanged, by a certificate that you trust, in the way that kernels accept.\n\n"
		"  -c, --cert FILE   trust the certificates in FILE, PEM or DER; may be\n"
		"                    repeated; /etc/shield/module.cert unless given\n"
		"      --at SECONDS  the certificate must be valid at that time, in seconds\n"
		"                    since 1970; now unless given\n"
		"      --json        write the result as JSON\n\n"
		"Exit status: 0 good, 2 wrong usage, 4 unreadable file, 10 unsigned,\n"
		"11 truncated, 12 marker damaged, 13 content altered, 14 signature damaged,\n"
		"15 wrong key, 16 digest not sha256, 17 signed attributes, 18 stacked,\n"
		"19 expired, 20 not yet valid, 21 no module, 22 weak key.\n",
	.run = run,
};
