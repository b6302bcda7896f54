// SPDX-License-Identifier: GPL-2.0-only
/* Engines are deprecated, and all that Debian 12 has for PKCS#11. */
#define OPENSSL_SUPPRESS_DEPRECATED
#include "signing_key.h"

#include <openssl/engine.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/provider.h>
#include <openssl/store.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define PKCS11 "pkcs11"

static EVP_PKEY *open_file(const char *path)
{
	BIO *file = BIO_new_file(path, "r");
	EVP_PKEY *key = NULL;

	if (file)
		key = PEM_read_bio_PrivateKey(file, NULL, NULL, NULL);
	BIO_free(file);
	return key;
}

static EVP_PKEY *open_store(const char *uri)
{
	OSSL_STORE_CTX *store = OSSL_STORE_open(uri, NULL, NULL, NULL, NULL);
	OSSL_STORE_INFO *info;
	EVP_PKEY *key = NULL;

	while (store && !key && !OSSL_STORE_eof(store)) {
		info = OSSL_STORE_load(store);
		if (!info)
			break;
		if (OSSL_STORE_INFO_get_type(info) == OSSL_STORE_INFO_PKEY)
			key = OSSL_STORE_INFO_get1_PKEY(info);
		OSSL_STORE_INFO_free(info);
	}
	OSSL_STORE_close(store);
	return key;
}

static EVP_PKEY *open_engine(const char *uri)
{
	ENGINE *engine = ENGINE_by_id(PKCS11);
	EVP_PKEY *key = NULL;

	if (engine && ENGINE_init(engine)) {
		key = ENGINE_load_private_key(engine, uri, NULL, NULL);
		ENGINE_finish(engine);
	}
	ENGINE_free(engine);
	return key;
}

static EVP_PKEY *open_token(const char *uri)
{
	/* Naming a provider unloads the default one, which the rest needs. */
	OSSL_PROVIDER *provider = OSSL_PROVIDER_try_load(NULL, PKCS11, 1);

	if (provider)
		return open_store(uri);
	ENGINE_load_dynamic();
	return open_engine(uri);
}

EVP_PKEY *signing_key_open(const char *name)
{
	bool is_token = !strncmp(name, PKCS11 ":", strlen(PKCS11 ":"));
	EVP_PKEY *key = is_token ? open_token(name) : open_file(name);
	unsigned long error = ERR_peek_last_error();

	if (!key)
		fprintf(stderr, "shieldctl: cannot use the key %s: %s\n", name,
			error ? ERR_reason_error_string(error) :
				"neither OpenSSL's provider nor its engine 'pkcs11' finds it");
	return key;
}
