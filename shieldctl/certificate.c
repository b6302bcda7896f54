// SPDX-License-Identifier: GPL-2.0-only
#include "certificate.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "text.h"

/* No file of certificates is larger. */
#define LIMIT (1U << 20)

static int read_file(const char *path, struct text *text)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	int ret = fd < 0 ? -errno : text_read(text, fd, LIMIT);

	if (fd >= 0)
		close(fd);
	return ret;
}

void certificates_add(struct certificates *set, X509 *certificate)
{
	X509 **grown = allocate((set->nr + 1) * sizeof(*grown));

	if (set->nr)
		memcpy(grown, set->list, set->nr * sizeof(*grown));
	free(set->list);
	grown[set->nr++] = certificate;
	set->list = grown;
}

static int add_all(struct certificates *set, const struct text *text)
{
	const unsigned char *at = (const unsigned char *)text->data;
	X509 *certificate = d2i_X509(NULL, &at, text->len);
	size_t before = set->nr;
	BIO *bio;

	if (certificate) {
		certificates_add(set, certificate);
	} else {
		bio = BIO_new_mem_buf(text->data, text->len);
		while (bio &&
		       (certificate = PEM_read_bio_X509(bio, NULL, NULL, NULL)))
			certificates_add(set, certificate);
		BIO_free(bio);
	}
	ERR_clear_error();
	return set->nr > before ? 0 : -EINVAL;
}

int certificates_add_file(struct certificates *set, const char *path)
{
	struct text text = { 0 };
	int ret = read_file(path, &text);

	if (ret) {
		fprintf(stderr, "shieldctl: cannot read certificate %s: %s\n",
			path, strerror(-ret));
	} else {
		ret = text.len ? add_all(set, &text) : -EINVAL;
		if (ret)
			fprintf(stderr,
				"shieldctl: there is no certificate in %s; it wants PEM or DER\n",
				path);
	}
	text_free(&text);
	return ret;
}

void certificates_free(struct certificates *set)
{
	while (set->nr)
		X509_free(set->list[--set->nr]);
	free(set->list);
	set->list = NULL;
}

const char *certificate_pinned(void)
{
	/* For tests. */
	const char *override = getenv("SHIELDCTL_MODULE_CERT");

	return override ? override : CERTIFICATE_PINNED;
}

char *certificate_subject(const X509 *certificate)
{
	BIO *bio = BIO_new(BIO_s_mem());
	struct text text = { 0 };
	char *data;
	long len;

	if (bio) {
		X509_NAME_print_ex(bio, X509_get_subject_name(certificate), 0,
				   XN_FLAG_RFC2253);
		len = BIO_get_mem_data(bio, &data);
		text_append(&text, data, len);
	}
	BIO_free(bio);
	return text.data ? text.data : allocate(1);
}

void certificate_fingerprint(const X509 *certificate,
			     char text[CERTIFICATE_FINGERPRINT])
{
	unsigned char digest[EVP_MAX_MD_SIZE];
	unsigned int len = 0, i;

	text[0] = '\0';
	if (!X509_digest(certificate, EVP_sha256(), digest, &len))
		return;
	for (i = 0; i < len; i++)
		snprintf(text + 2 * i, 3, "%02x", digest[i]);
}

void certificate_time(const ASN1_TIME *time, char text[32])
{
	struct tm tm;

	text[0] = '\0';
	if (ASN1_TIME_to_tm(time, &tm))
		strftime(text, 32, "%Y-%m-%dT%H:%M:%SZ", &tm);
}
