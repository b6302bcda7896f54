// SPDX-License-Identifier: GPL-2.0-only
#include "signature_form.h"

#include <openssl/objects.h>
#include <openssl/x509v3.h>
#include <string.h>

#include "der.h"

/**
 * struct form - what two signers may do differently
 * @by_key: the signer is named by the key's identifier, not by issuer and serial
 * @has_null: the digest has a parameter, NULL, as OpenSSL before 3 wrote it
 */
struct form {
	bool by_key;
	bool has_null;
};

/* Encodes by one of OpenSSL's i2d functions. */
#define append_i2d(out, i2d, object)                          \
	do {                                                  \
		unsigned char *der_ = NULL;                   \
		int len_ = i2d(object, &der_);                \
		if (len_ > 0)                                 \
			text_append(out, (char *)der_, len_); \
		OPENSSL_free(der_);                           \
	} while (0)

static void append_parts(struct text *out, struct text *part)
{
	text_append(out, part->data, part->len);
	text_free(part);
}

static void append_algorithm(struct text *out, int nid, bool has_null)
{
	struct text algorithm = { 0 };

	append_i2d(&algorithm, i2d_ASN1_OBJECT, OBJ_nid2obj(nid));
	if (has_null)
		der_append(&algorithm, DER_NULL, NULL, 0);
	der_wrap(&algorithm, DER_SEQUENCE);
	append_parts(out, &algorithm);
}

static void append_version(struct text *out, const struct form *form)
{
	der_append(out, DER_INTEGER, form->by_key ? "\3" : "\1", 1);
}

static void append_name(struct text *out, X509 *signer, bool by_key)
{
	const ASN1_OCTET_STRING *key = X509_get0_subject_key_id(signer);
	struct text name = { 0 };

	if (by_key) {
		if (key)
			der_append(out, DER_CONTEXT_0, key->data, key->length);
		return;
	}
	append_i2d(&name, i2d_X509_NAME, X509_get_issuer_name(signer));
	append_i2d(&name, i2d_ASN1_INTEGER, X509_get0_serialNumber(signer));
	der_wrap(&name, DER_SEQUENCE);
	append_parts(out, &name);
}

/* SignerInfos of RFC 5652, 5.1 and 5.3. */
static void append_signers(struct text *out, X509 *signer, struct bytes value,
			   const struct form *form)
{
	struct text info = { 0 };

	append_version(&info, form);
	append_name(&info, signer, form->by_key);
	append_algorithm(&info, NID_sha256, form->has_null);
	append_algorithm(&info, NID_rsaEncryption, true);
	der_append(&info, DER_OCTETS, value.data, value.len);
	der_wrap(&info, DER_SEQUENCE);
	der_wrap(&info, DER_SET);
	append_parts(out, &info);
}

/* ContentInfo of RFC 5652, 3, with the SignedData of 5.1 in it. */
static void build(struct text *out, X509 *signer, struct bytes value,
		  const struct form *form)
{
	struct text data = { 0 }, algorithms = { 0 };

	append_version(&data, form);
	append_algorithm(&algorithms, NID_sha256, form->has_null);
	der_wrap(&algorithms, DER_SET);
	append_parts(&data, &algorithms);
	append_algorithm(&data, NID_pkcs7_data, false);
	append_signers(&data, signer, value, form);
	der_wrap(&data, DER_SEQUENCE);
	der_wrap(&data, DER_CONTEXT_0_OF);

	append_i2d(out, i2d_ASN1_OBJECT, OBJ_nid2obj(NID_pkcs7_signed));
	append_parts(out, &data);
	der_wrap(out, DER_SEQUENCE);
}

bool signature_has_form(struct bytes signature, X509 *signer,
			struct bytes value)
{
	static const struct form forms[] = {
		{ false, false },
		{ false, true },
		{ true, false },
		{ true, true },
	};
	struct text built = { 0 };
	bool is_equal = false;
	size_t i;

	for (i = 0; i < sizeof(forms) / sizeof(*forms) && !is_equal; i++) {
		text_free(&built);
		build(&built, signer, value, &forms[i]);
		is_equal = built.len == signature.len &&
			   !memcmp(built.data, signature.data, built.len);
	}
	text_free(&built);
	return is_equal;
}
