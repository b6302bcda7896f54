// SPDX-License-Identifier: GPL-2.0-only
/* shieldctl enroll: a key for this machine's modules, known to its firmware. */
#include <errno.h>
#include <getopt.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "certificate.h"
#include "enrolled.h"
#include "keypair.h"
#include "pin.h"
#include "shieldctl.h"
#include "text.h"

/* Where DKMS looks for them unless told otherwise. */
#define DKMS_KEY "/var/lib/dkms/mok.key"
#define DKMS_CERT "/var/lib/dkms/mok.pub"

#define DEFAULT_DAYS 1095
/* So long before the end the next key should be enrolled. */
#define OVERLAP_DAYS 90
#define LEAST_BITS 2048

/**
 * struct enrolment - what the command line asks for
 * @pair: files, and how to make them
 * @has_key: the key was named
 * @has_cert: the certificate was named
 * @is_check: change nothing, tell where it stands
 * @is_rotation: pin the certificate beside those that are
 * @is_only: pin the certificate instead of those that are
 * @has_import: ask the firmware for it
 */
struct enrolment {
	struct keypair pair;
	bool has_key;
	bool has_cert;
	bool is_check;
	bool is_rotation;
	bool is_only;
	bool has_import;
};

static const char next_boot[] =
	"At the next boot the firmware shows 'Perform MOK management', for ten seconds:\n"
	"  press a key, choose 'Enroll MOK', 'Continue', 'Yes', type the password that\n"
	"  you gave just now, and choose 'Reboot'. Whoever lets the time pass is asked\n"
	"  no more and begins again with 'shieldctl enroll'.\n"
	"After that 'shieldctl enroll --check' tells whether the kernel knows the key.\n";

static bool exists(const char *path)
{
	return !access(path, F_OK);
}

/* Make what is missing. A key alone or a certificate alone stays as it is. */
static int provide(const struct enrolment *wish)
{
	const struct keypair *pair = &wish->pair;

	if (exists(pair->cert_path))
		return 0;
	if (wish->is_check || (wish->has_cert && !wish->has_key)) {
		fprintf(stderr, "shieldctl: there is no certificate %s\n",
			pair->cert_path);
		return -ENOENT;
	}
	if (exists(pair->key_path)) {
		fprintf(stderr,
			"shieldctl: there is a key %s, but not its certificate %s; name it with --cert\n",
			pair->key_path, pair->cert_path);
		return -ENOENT;
	}
	if (keypair_create(pair))
		return -EIO;
	printf("created: key %s, certificate %s, valid for %ld days\n",
	       pair->key_path, pair->cert_path, pair->days);
	return 0;
}

static int days_left(const X509 *certificate)
{
	int days = 0, seconds = 0;

	ASN1_TIME_diff(&days, &seconds, NULL, X509_get0_notAfter(certificate));
	return seconds < 0 ? days - 1 : days;
}

static int check_certificate(const struct enrolment *wish, X509 *certificate)
{
	const EVP_PKEY *key = X509_get0_pubkey(certificate);
	int left = days_left(certificate);

	if (!key || EVP_PKEY_base_id(key) != EVP_PKEY_RSA ||
	    EVP_PKEY_bits(key) < LEAST_BITS) {
		fprintf(stderr,
			"shieldctl: %s: the key must be RSA with 2048 bits or more, or kernel 6.1 refuses what it signs\n",
			wish->pair.cert_path);
		return -EKEYREJECTED;
	}
	if (left < 0) {
		fprintf(stderr,
			"shieldctl: %s has expired; make the next one: shieldctl enroll --rotate --key FILE --cert FILE\n",
			wish->pair.cert_path);
		return -EKEYEXPIRED;
	}
	if (left < OVERLAP_DAYS)
		fprintf(stderr,
			"warning: %s expires in %d days; enroll the next key now: shieldctl enroll --rotate --key FILE --cert FILE\n",
			wish->pair.cert_path, left);
	if (exists(wish->pair.key_path) && !wish->is_check &&
	    (wish->has_key || !wish->has_cert))
		return keypair_matches(wish->pair.key_path, certificate);
	return 0;
}

static int pin(const struct enrolment *wish, X509 *certificate)
{
	struct certificates pinned = { 0 };
	int ret = pin_read(&pinned);
	bool is_pinned = !ret && pin_holds(&pinned, certificate);

	if (ret || (is_pinned && !wish->is_only) || wish->is_check)
		goto out;
	if (pinned.nr && !wish->is_rotation && !wish->is_only) {
		fprintf(stderr,
			"shieldctl: another certificate is pinned in %s: --rotate trusts both, --only this one alone\n",
			certificate_pinned());
		ret = -EEXIST;
		goto out;
	}
	if (wish->is_only)
		certificates_free(&pinned);
	X509_up_ref(certificate);
	certificates_add(&pinned, certificate);
	ret = pin_write(&pinned);
	if (!ret)
		printf("pinned: modules must be signed by one of %zu certificate(s) in %s\n",
		       pinned.nr, certificate_pinned());
out:
	certificates_free(&pinned);
	return ret;
}

static void tell(enum enrolled state)
{
	static const char *const texts[] = {
		[ENROLLED_UNKNOWN] =
			"unknown: mokutil cannot tell; is it installed, and was this machine booted by UEFI?",
		[ENROLLED_NO] = "not enrolled",
		[ENROLLED_REQUESTED] =
			"requested: the firmware asks at the next boot",
		[ENROLLED_FIRMWARE] =
			"in the firmware, but not in this kernel: reboot; with Secure Boot off the kernel does not take it over",
		[ENROLLED_KERNEL] =
			"enrolled: this kernel loads modules signed with it",
	};

	puts(texts[state]);
}

static int bring_in(const struct enrolment *wish, X509 *certificate)
{
	enum enrolled state = enrolled_state(certificate, wish->pair.cert_path);

	if (wish->is_check) {
		tell(state);
		return state == ENROLLED_KERNEL ? STATUS_OK : STATUS_NO;
	}
	if (secure_boot_state() == SECURE_BOOT_ABSENT) {
		puts("not imported: this machine was not booted by UEFI, so no key can be enrolled;\n"
		     "this kernel takes unsigned modules unless it was booted with module.sig_enforce=1");
		return STATUS_OK;
	}
	if (state == ENROLLED_NO && wish->has_import) {
		if (enrolled_request(wish->pair.cert_path))
			return STATUS_SYSTEM;
		fputs(next_boot, stdout);
		return STATUS_OK;
	}
	tell(state);
	return state >= ENROLLED_REQUESTED || !wish->has_import ? STATUS_OK :
								  STATUS_NO;
}

static int enroll(const struct enrolment *wish)
{
	struct certificates own = { 0 };
	int status = STATUS_NO;

	if (provide(wish) || certificates_add_file(&own, wish->pair.cert_path))
		return STATUS_SYSTEM;
	if (own.nr != 1)
		fprintf(stderr,
			"shieldctl: %s holds more than one certificate\n",
			wish->pair.cert_path);
	else if (!check_certificate(wish, own.list[0]) &&
		 !pin(wish, own.list[0]))
		status = bring_in(wish, own.list[0]);
	certificates_free(&own);
	return status;
}

static bool parse_days(const char *text, long *days)
{
	char *end;

	errno = 0;
	*days = strtol(text, &end, 10);
	return *text && !*end && !errno && *days > 0 && *days < 36500;
}

static const struct option options[] = {
	{ "key", required_argument, NULL, 'k' },
	{ "cert", required_argument, NULL, 'c' },
	{ "subject", required_argument, NULL, 's' },
	{ "days", required_argument, NULL, 'd' },
	{ "check", no_argument, NULL, 'C' },
	{ "rotate", no_argument, NULL, 'r' },
	{ "only", no_argument, NULL, 'o' },
	{ "no-import", no_argument, NULL, 'n' },
	{ "help", no_argument, NULL, 'h' },
	{ 0 },
};

/* Return: whether the option is understood. */
static bool take(struct enrolment *wish, int option)
{
	switch (option) {
	case 'k':
		wish->pair.key_path = optarg;
		return wish->has_key = true;
	case 'c':
		wish->pair.cert_path = optarg;
		return wish->has_cert = true;
	case 's':
		wish->pair.subject = optarg;
		return true;
	case 'd':
		return parse_days(optarg, &wish->pair.days);
	case 'C':
		return wish->is_check = true;
	case 'r':
		return wish->is_rotation = true;
	case 'o':
		return wish->is_only = true;
	case 'n':
		wish->has_import = false;
		return true;
	default:
		return false;
	}
}

static int run(const struct command *command, int argc, char **argv)
{
	char host[64] = "", subject[128];
	struct enrolment wish = {
		.pair = { DKMS_KEY, DKMS_CERT, subject, DEFAULT_DAYS },
		.has_import = true,
	};
	int option;

	gethostname(host, sizeof(host) - 1);
	/* 64 characters are the most that X.509 allows. */
	snprintf(subject, sizeof(subject), "shield modules %.40s", host);
	while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
		if (option == 'h')
			return command_help(command);
		if (option == '?')
			return command_misused(command, NULL);
		if (!take(&wish, option))
			return command_misused(command,
					       "--days wants 1 to 36499");
	}
	if (optind < argc)
		return command_misused(command, "it takes no argument");
	if (wish.is_rotation && wish.is_only)
		return command_misused(
			command, "--rotate and --only exclude each other");
	return enroll(&wish);
}

const struct command command_enroll = {
	.name = "enroll",
	.summary = "make or take a key for modules, and enroll it",
	.help = "[OPTION]...\n\n"
		"Have a key that modules are signed with: take the one that is there, or make\n"
		"one (RSA-2048, sha256); pin its certificate for 'shieldctl verify'; ask the\n"
		"firmware, through mokutil, to trust it. Run it again at any time.\n\n"
		"      --key FILE     private key, " DKMS_KEY " unless given\n"
		"      --cert FILE    its certificate, DER, " DKMS_CERT
		" unless given;\n"
		"                     without --key the private key may be elsewhere\n"
		"      --subject NAME name in a new certificate\n"
		"      --days N       how long a new certificate is valid; 1095 unless given\n"
		"      --rotate       trust it beside the pinned ones\n"
		"      --only         trust it instead of the pinned ones\n"
		"      --no-import    leave the firmware alone\n"
		"      --check        change nothing; does the running kernel know the key?\n\n"
		"Exit status: 0 done, or known to the kernel; 1 refused, or not known;\n"
		"2 wrong usage, 4 system error.\n",
	.run = run,
};
