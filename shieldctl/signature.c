// SPDX-License-Identifier: GPL-2.0-only
#include "signature.h"

#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/objects.h>
#include <openssl/rsa.h>
#include <openssl/sha.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "signature_form.h"

#define LEAST_BITS 2048

__attribute__((format(printf, 2, 3))) static void
explain(struct signature_check *check, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(check->detail, sizeof(check->detail), format, args);
	va_end(args);
}

static X509_ALGOR *digest_algorithm(CMS_SignerInfo *info)
{
	X509_ALGOR *digest = NULL;

	CMS_SignerInfo_get0_algs(info, NULL, NULL, &digest, NULL);
	return digest;
}

static int algorithm_nid(const X509_ALGOR *algorithm)
{
	const ASN1_OBJECT *object = NULL;

	if (algorithm)
		X509_ALGOR_get0(&object, NULL, NULL, algorithm);
	return object ? OBJ_obj2nid(object) : NID_undef;
}

/* The kernel trusts whatever was signed, so attributes could be anything. */
static enum verdict check_form(struct signature_check *check,
			       CMS_SignerInfo *info)
{
	int nid = algorithm_nid(digest_algorithm(info));

	if (CMS_signed_get_attr_count(info) > 0)
		return VERDICT_ATTRIBUTES;
	if (CMS_unsigned_get_attr_count(info) > 0) {
		explain(check, "it carries unsigned attributes");
		return VERDICT_ATTRIBUTES;
	}
	if (nid != NID_sha256) {
		explain(check, "it uses %s",
			nid == NID_undef ? "an unknown one" : OBJ_nid2sn(nid));
		return VERDICT_DIGEST;
	}
	return VERDICT_GOOD;
}

static enum verdict find_signer(struct signature_check *check,
				CMS_SignerInfo *info)
{
	EVP_PKEY *key;
	size_t i;

	for (i = 0; i < check->trusted->nr && !check->signer; i++)
		if (!CMS_SignerInfo_cert_cmp(info, check->trusted->list[i]))
			check->signer = check->trusted->list[i];
	if (!check->signer)
		return VERDICT_KEY;
	key = X509_get0_pubkey(check->signer);
	if (!key || EVP_PKEY_base_id(key) != EVP_PKEY_RSA ||
	    EVP_PKEY_bits(key) < LEAST_BITS)
		return VERDICT_WEAK_KEY;
	return VERDICT_GOOD;
}

static EVP_PKEY_CTX *rsa_context(EVP_PKEY *key, int (*begin)(EVP_PKEY_CTX *))
{
	EVP_PKEY_CTX *context = EVP_PKEY_CTX_new(key, NULL);

	if (context && begin(context) == 1 &&
	    EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) == 1 &&
	    EVP_PKEY_CTX_set_signature_md(context, EVP_sha256()) == 1)
		return context;
	EVP_PKEY_CTX_free(context);
	return NULL;
}

/*
 * Why a signature failed: if the key undoes it to a digest, then it was made
 * with that key over other content; if not, it is no signature of that key.
 */
static enum verdict explain_failure(struct signature_check *check,
				    EVP_PKEY *key,
				    const ASN1_OCTET_STRING *value)
{
	EVP_PKEY_CTX *context = rsa_context(key, EVP_PKEY_verify_recover_init);
	unsigned char digest[EVP_MAX_MD_SIZE];
	size_t len = sizeof(digest);
	bool is_intact = context && EVP_PKEY_verify_recover(context, digest,
							    &len, value->data,
							    value->length) == 1;

	EVP_PKEY_CTX_free(context);
	if (is_intact)
		return VERDICT_CONTENT;
	explain(check, "or it was made with another key under the same name");
	return VERDICT_SIGNATURE;
}

static enum verdict check_value(struct signature_check *check,
				CMS_SignerInfo *info, struct bytes content)
{
	const ASN1_OCTET_STRING *value = CMS_SignerInfo_get0_signature(info);
	EVP_PKEY *key = X509_get0_pubkey(check->signer);
	unsigned char digest[SHA256_DIGEST_LENGTH];
	EVP_PKEY_CTX *context = rsa_context(key, EVP_PKEY_verify_init);
	bool is_good;

	SHA256(content.data, content.len, digest);
	is_good = context &&
		  EVP_PKEY_verify(context, value->data, value->length, digest,
				  sizeof(digest)) == 1;
	EVP_PKEY_CTX_free(context);
	return is_good ? VERDICT_GOOD : explain_failure(check, key, value);
}

/* Of what the signature does not cover, nothing may differ. */
static enum verdict check_rest(struct signature_check *check,
			       CMS_SignerInfo *info, struct bytes signature)
{
	const ASN1_OCTET_STRING *value = CMS_SignerInfo_get0_signature(info);

	if (signature_has_form(signature, check->signer,
			       (struct bytes){ value->data, value->length }))
		return VERDICT_GOOD;
	explain(check,
		"it vouches for the module, but says more or something else than sign-file writes");
	return VERDICT_SIGNATURE;
}

static enum verdict check_dates(struct signature_check *check)
{
	const ASN1_TIME *before = X509_get0_notBefore(check->signer);
	const ASN1_TIME *after = X509_get0_notAfter(check->signer);
	char text[32];

	/* X509_cmp_time() answers 0 for a date that it cannot read. */
	if (X509_cmp_time(before, &check->when) >= 0) {
		certificate_time(before, text);
		explain(check, "it is valid from %s on", text);
		return VERDICT_EARLY;
	}
	if (X509_cmp_time(after, &check->when) <= 0) {
		certificate_time(after, text);
		explain(check, "it was valid until %s", text);
		return VERDICT_EXPIRED;
	}
	return VERDICT_GOOD;
}

static enum verdict check_signer(struct signature_check *check,
				 CMS_SignerInfo *info, struct bytes content,
				 struct bytes signature)
{
	enum verdict verdict = check_form(check, info);

	if (verdict == VERDICT_GOOD)
		verdict = find_signer(check, info);
	if (verdict == VERDICT_GOOD)
		verdict = check_value(check, info, content);
	if (verdict == VERDICT_GOOD)
		verdict = check_rest(check, info, signature);
	if (verdict == VERDICT_GOOD)
		verdict = check_dates(check);
	return verdict;
}

static enum verdict check_message(struct signature_check *check,
				  CMS_ContentInfo *message,
				  struct bytes content, struct bytes signature)
{
	STACK_OF(CMS_SignerInfo) * signers;

	if (OBJ_obj2nid(CMS_get0_type(message)) != NID_pkcs7_signed) {
		explain(check, "it is not of the type SignedData");
		return VERDICT_SIGNATURE;
	}
	if (!CMS_is_detached(message)) {
		explain(check, "it brings content of its own");
		return VERDICT_SIGNATURE;
	}
	signers = CMS_get0_SignerInfos(message);
	if (sk_CMS_SignerInfo_num(signers) != 1) {
		explain(check, "it has %d signers instead of one",
			sk_CMS_SignerInfo_num(signers));
		return VERDICT_SIGNATURE;
	}
	return check_signer(check, sk_CMS_SignerInfo_value(signers, 0), content,
			    signature);
}

enum verdict signature_verify(struct signature_check *check,
			      struct bytes content, struct bytes signature)
{
	const unsigned char *at = signature.data;
	CMS_ContentInfo *message =
		d2i_CMS_ContentInfo(NULL, &at, signature.len);
	enum verdict verdict = VERDICT_SIGNATURE;

	check->signer = NULL;
	check->detail[0] = '\0';
	if (!message)
		explain(check, "it is no CMS message");
	else if (at != signature.data + signature.len)
		explain(check, "something stands behind the CMS message");
	else
		verdict = check_message(check, message, content, signature);
	CMS_ContentInfo_free(message);
	ERR_clear_error();
	return verdict;
}
