// SPDX-License-Identifier: GPL-2.0-only
#include "manifest.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <stdio.h>
#include <string.h>

/* Behind pem.h, or it declares nothing for PEM. */
#include <openssl/cms.h>

/* What the kernel verifies: over the bare text, signer by issuer and serial. */
#define SIGNING                                                 \
	(CMS_BINARY | CMS_DETACHED | CMS_NOCERTS | CMS_NOATTR | \
	 CMS_NOSMIMECAP | CMS_PARTIAL)

static bool fail(const char *what)
{
	fprintf(stderr, "shieldctl: %s: %s\n", what,
		ERR_reason_error_string(ERR_peek_last_error()));
	return false;
}

bool manifest_is_signed(const struct text *text)
{
	static const char beginning[] = "purpose ";
	struct shield_envelope envelope;
	struct shield_error error = { 0 };

	if (!text->len)
		return false;
	if (text->len > strlen(beginning) &&
	    !memcmp(text->data, beginning, strlen(beginning)))
		return true;
	shield_envelope_open(text->data, text->len, &envelope, &error);
	return envelope.is_signed;
}

static void add_header(struct text *manifest,
		       const struct manifest_header *header)
{
	char line[160];

	bool is_window = !strcmp(header->purpose, SHIELD_PURPOSE_WINDOW);

	snprintf(line, sizeof(line), "purpose %s\n%s %llu\n%s", header->purpose,
		 is_window ? "serial" : "version", header->version,
		 header->seal ? "seal\n" : "");
	text_append(manifest, line, strlen(line));
}

static bool add_signature(struct text *manifest, CMS_ContentInfo *cms)
{
	BIO *armor = BIO_new(BIO_s_mem());
	bool is_written = armor && PEM_write_bio_CMS(armor, cms);
	char *data;
	long len;

	if (is_written) {
		len = BIO_get_mem_data(armor, &data);
		text_append(manifest, data, len);
	}
	BIO_free(armor);
	return is_written;
}

static bool sign(struct text *manifest, EVP_PKEY *key, X509 *certificate)
{
	BIO *body = BIO_new_mem_buf(manifest->data, manifest->len);
	CMS_ContentInfo *cms = CMS_sign(NULL, NULL, NULL, NULL, SIGNING);
	bool is_signed =
		body && cms &&
		CMS_add1_signer(cms, certificate, key, EVP_sha256(), SIGNING) &&
		CMS_final(cms, body, NULL, SIGNING) &&
		add_signature(manifest, cms);

	CMS_ContentInfo_free(cms);
	BIO_free(body);
	return is_signed;
}

bool manifest_make(const struct manifest_header *header,
		   const struct text *policy, EVP_PKEY *key, X509 *certificate,
		   struct text *manifest)
{
	if (!EVP_PKEY_is_a(key, "RSA"))
		return fail("the kernel verifies RSA keys only");
	add_header(manifest, header);
	text_append(manifest, policy->data, policy->len);
	return sign(manifest, key, certificate) || fail("cannot sign");
}

/* The text may claim to be encrypted: nobody is asked for a passphrase. */
static int no_passphrase(char *to, int size, int is_writing, void *unused)
{
	(void)to;
	(void)size;
	(void)is_writing;
	(void)unused;
	return -1;
}

static bool is_signer(CMS_ContentInfo *cms, X509 *certificate)
{
	STACK_OF(CMS_SignerInfo) *signers = CMS_get0_SignerInfos(cms);
	int i;

	for (i = 0; i < sk_CMS_SignerInfo_num(signers); i++)
		if (!CMS_SignerInfo_cert_cmp(
			    sk_CMS_SignerInfo_value(signers, i), certificate))
			return true;
	return false;
}

bool manifest_is_by(const struct text *text, X509 *certificate)
{
	BIO *armor = BIO_new_mem_buf(text->data, text->len);
	CMS_ContentInfo *cms =
		armor ? PEM_read_bio_CMS(armor, NULL, no_passphrase, NULL) :
			NULL;
	bool is_by = cms && is_signer(cms, certificate);

	CMS_ContentInfo_free(cms);
	BIO_free(armor);
	return is_by;
}
