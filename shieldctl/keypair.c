// SPDX-License-Identifier: GPL-2.0-only
#include "keypair.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../module/policy/pure.h"

#define BITS 2048
#define SERIAL_BITS 159
#define DAY (24L * 60 * 60)

/* The last one keeps shim from booting what this key has signed. */
static const struct {
	int nid;
	const char *value;
} extensions[] = {
	{ NID_basic_constraints, "critical,CA:FALSE" },
	{ NID_key_usage, "critical,digitalSignature" },
	{ NID_subject_key_identifier, "hash" },
	{ NID_authority_key_identifier, "keyid" },
	{ NID_ext_key_usage, "codeSigning,1.3.6.1.4.1.2312.16.1.2" },
};

static int complain(const char *what, const char *path, int error)
{
	fprintf(stderr, "shieldctl: cannot %s %s: %s\n", what, path,
		strerror(error));
	return -error;
}

static bool add_extensions(X509 *certificate)
{
	X509_EXTENSION *extension;
	X509V3_CTX context;
	bool is_added;
	size_t i;

	X509V3_set_ctx(&context, certificate, certificate, NULL, NULL, 0);
	for (i = 0; i < ARRAY_SIZE(extensions); i++) {
		extension = X509V3_EXT_conf_nid(
			NULL, &context, extensions[i].nid, extensions[i].value);
		is_added = extension &&
			   X509_add_ext(certificate, extension, -1);
		X509_EXTENSION_free(extension);
		if (!is_added)
			return false;
	}
	return true;
}

static bool set_serial(X509 *certificate)
{
	BIGNUM *number = BN_new();
	bool is_set =
		number &&
		BN_rand(number, SERIAL_BITS, BN_RAND_TOP_ONE,
			BN_RAND_BOTTOM_ANY) &&
		BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate));

	BN_free(number);
	return is_set;
}

static bool fill(X509 *certificate, const struct keypair *pair, EVP_PKEY *key)
{
	X509_NAME *name = X509_get_subject_name(certificate);

	return X509_set_version(certificate, X509_VERSION_3) &&
	       set_serial(certificate) &&
	       X509_NAME_add_entry_by_NID(name, NID_commonName, MBSTRING_UTF8,
					  (const unsigned char *)pair->subject,
					  -1, -1, 0) &&
	       X509_set_issuer_name(certificate, name) &&
	       X509_gmtime_adj(X509_getm_notBefore(certificate), 0) &&
	       X509_gmtime_adj(X509_getm_notAfter(certificate),
			       pair->days * DAY) &&
	       X509_set_pubkey(certificate, key) &&
	       add_extensions(certificate) &&
	       X509_sign(certificate, key, EVP_sha256());
}

/* A stream to a file that did not exist before. */
static FILE *create(const char *path, mode_t mode)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
	FILE *file = fd < 0 ? NULL : fdopen(fd, "w");

	if (!file) {
		complain("create", path, errno);
		if (fd >= 0)
			close(fd);
	}
	return file;
}

static int finish(FILE *file, bool is_written, const char *path)
{
	int error = is_written && !fflush(file) && !fsync(fileno(file)) ?
			    0 :
			    (errno ? errno : EIO);

	if (fclose(file) && !error)
		error = errno;
	if (!error)
		return 0;
	unlink(path);
	return complain("write", path, error);
}

static int write_pair(const struct keypair *pair, EVP_PKEY *key,
		      X509 *certificate)
{
	FILE *file = create(pair->key_path, 0600);
	int ret;

	if (!file)
		return -EIO;
	ret = finish(file,
		     PEM_write_PrivateKey(file, key, NULL, NULL, 0, NULL, NULL),
		     pair->key_path);
	if (ret)
		return ret;
	file = create(pair->cert_path, 0644);
	ret = file ? finish(file, i2d_X509_fp(file, certificate),
			    pair->cert_path) :
		     -EIO;
	/* A key without certificate would only be in the way. */
	if (ret)
		unlink(pair->key_path);
	return ret;
}

int keypair_create(const struct keypair *pair)
{
	EVP_PKEY *key = EVP_RSA_gen(BITS);
	X509 *certificate = X509_new();
	int ret = -ENOMEM;

	if (key && certificate && fill(certificate, pair, key))
		ret = write_pair(pair, key, certificate);
	else
		fputs("shieldctl: cannot make a key; is the subject longer than 64 characters?\n",
		      stderr);
	ERR_clear_error();
	X509_free(certificate);
	EVP_PKEY_free(key);
	return ret;
}

int keypair_matches(const char *key_path, X509 *certificate)
{
	FILE *file = fopen(key_path, "re");
	EVP_PKEY *key;
	int ret = 0;

	if (!file)
		return complain("read", key_path, errno);
	key = PEM_read_PrivateKey(file, NULL, NULL, NULL);
	fclose(file);
	if (!key) {
		fprintf(stderr, "shieldctl: there is no private key in %s\n",
			key_path);
		ret = -EINVAL;
	} else if (X509_check_private_key(certificate, key) != 1) {
		fprintf(stderr,
			"shieldctl: the key %s does not belong to the certificate; DKMS would sign with it all the same\n",
			key_path);
		ret = -EKEYREJECTED;
	}
	ERR_clear_error();
	EVP_PKEY_free(key);
	return ret;
}
