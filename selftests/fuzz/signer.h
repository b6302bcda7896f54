/* SPDX-License-Identifier: GPL-2.0-only */
/* Whose signatures the seeds are; the key was thrown away. */
#ifndef SELFTESTS_FUZZ_SIGNER_H
#define SELFTESTS_FUZZ_SIGNER_H

#include <openssl/pem.h>

#include "fuzz.h"

static const char signer_text[] =
	"-----BEGIN CERTIFICATE-----\n"
	"MIIDDzCCAfegAwIBAgIUcCHFXs7FIK/80EqcGIQi38qdlsIwDQYJKoZIhvcNAQEL\n"
	"BQAwFjEUMBIGA1UEAwwLc2hpZWxkIGZ1enowIBcNMjYxMTI4MTMwODUxWhgPMjEy\n"
	"NjExMDQxMzA4NTFaMBYxFDASBgNVBAMMC3NoaWVsZCBmdXp6MIIBIjANBgkqhkiG\n"
	"9w0BAQEFAAOCAQ8AMIIBCgKCAQEAlViEzkCc8nJF6YNhQGamRH9D94TEFUFJIbSn\n"
	"yV+y/EYfFvBbmqiUUTjLTb0+/7LOSpCBcChsFrxiX/31cZ/+BK4jRjxQ6ou7SWdc\n"
	"0ymJO15s8ustBfwI2JcU7NfMHWD41jTTS4Dz/4pug/LQEPyvjPebAJgMjNt28N8c\n"
	"W4e671Mql/GmIfaTvF1sIr4gjxD5lDbWusqzlvZTaOkObHCaXKE6AQljBNXjQswJ\n"
	"b2VLyzCpL5IhvOx7ZENeawsQl+jF0tlVjsyxVydkcVPAT29cMcuti5F/5wLZQuyr\n"
	"5+UOrP2zs1v3lBRVJ2ktljVjMp6L6IV7wwry3y+FT++s0dkA3wIDAQABo1MwUTAd\n"
	"BgNVHQ4EFgQU4dm0VruRHpn7KCodFYaY24aIZNkwHwYDVR0jBBgwFoAU4dm0VruR\n"
	"Hpn7KCodFYaY24aIZNkwDwYDVR0TAQH/BAUwAwEB/zANBgkqhkiG9w0BAQsFAAOC\n"
	"AQEAZORBCR43GfvmDo2xo8/9JyL2RkMkZIgJCNQg6Y2L28RpeEdY/p9OVJXF/9NJ\n"
	"0L5EgCyOf/jxZ58U2UrN/DVAq59ohMHdOKCsA4vTiIt+6QW1smwvo3yWcpH4ilvs\n"
	"OoggMpzUVZ6jzkeG7H2C1JPxdMH+wqQYQYMyltCoRG/L91mVmc1UUFz8h7MhxoXp\n"
	"TvfNZ8luCKTdMczJtnuW/pfvReVJBaXEUPbzE7ckgQ56UvCIElPC9iQdeZsifPC9\n"
	"YiiLbKPI51W8FZXfnZfrJ43EgIXkEGj0+nmh48Sq6r/XC8jZx3LWT1N7KgLOzQek\n"
	"HAG5cYymAzJ7r8BUTh1rYA212w==\n"
	"-----END CERTIFICATE-----\n";

/**
 * signer() - the certificate
 *
 * Return: it, for as long as we run.
 */
static inline X509 *signer(void)
{
	static X509 *certificate;
	BIO *text;

	if (certificate)
		return certificate;
	text = BIO_new_mem_buf(signer_text, -1);
	certificate = PEM_read_bio_X509(text, NULL, NULL, NULL);
	BIO_free(text);
	insist(certificate);
	return certificate;
}

#endif
