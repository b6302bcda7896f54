// SPDX-License-Identifier: GPL-2.0-only
/*
 * Who may sign policies: one key, in a keyring of our own. Never those that the
 * kernel trusts for modules: with DKMS the machine signs modules itself, and
 * who can do that must not make policies.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include "policy/signature.h"

#include <keys/asymmetric-type.h>
#include <linux/cred.h>
#include <linux/err.h>
#include <linux/key.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/printk.h>
#include <linux/uidgid.h>
#include <linux/verification.h>

#include "policy/active.h"
#include "policy/certificate.h"

/* Protects: both shield_policy_mutex, but for init and exit. */
static struct shield_signer signer;
/* How many there were before, and he. */
static u64 number;

/* Root may look; nobody may link, write or set attributes. */
#define LOOK (KEY_USR_VIEW | KEY_USR_READ | KEY_USR_SEARCH)
#define RING_PERMISSIONS ((KEY_POS_ALL & ~KEY_POS_SETATTR) | LOOK)
#define KEY_PERMISSIONS (KEY_POS_SEARCH | KEY_POS_VIEW | LOOK)

static struct key *make_keyring(void)
{
	return keyring_alloc(".shield", GLOBAL_ROOT_UID, GLOBAL_ROOT_GID,
			     current_cred(), RING_PERMISSIONS,
			     KEY_ALLOC_NOT_IN_QUOTA, NULL, NULL);
}

static size_t built_in(void)
{
	return shield_certificate_end - shield_certificate;
}

static int read_certificate(const void *certificate, size_t len,
			    struct shield_signer *from)
{
	struct key *ring = make_keyring();
	key_ref_t key;

	if (IS_ERR(ring))
		return PTR_ERR(ring);
	key = key_create_or_update(make_key_ref(ring, true), "asymmetric", NULL,
				   certificate, len, KEY_PERMISSIONS,
				   KEY_ALLOC_NOT_IN_QUOTA);
	if (IS_ERR(key)) {
		key_put(ring);
		return PTR_ERR(key);
	}
	from->ring = ring;
	from->key = key_ref_to_ptr(key);
	return 0;
}

int shield_signature_read(const void *certificate, size_t len,
			  struct shield_signer *from)
{
	return built_in() ? -EEXIST : read_certificate(certificate, len, from);
}

void shield_signature_pin(struct shield_signer *from)
{
	lockdep_assert_held(&shield_policy_mutex);
	swap(signer, *from);
	number++;
}

void shield_signature_put(struct shield_signer *from)
{
	key_put(from->key);
	key_put(from->ring);
	*from = (struct shield_signer){};
}

int shield_signature_init(void)
{
	int error;

	if (!built_in())
		return 0;
	error = read_certificate(shield_certificate, built_in(), &signer);
	if (error)
		pr_err("the policy certificate of this build cannot be read (%d)\n",
		       error);
	return error;
}

void shield_signature_exit(void)
{
	shield_signature_put(&signer);
}

void shield_signature_key(char *text, size_t size)
{
	lockdep_assert_held(&shield_policy_mutex);
	strscpy(text, signer.key ? signer.key->description : "none", size);
}

static int verify_with(const struct shield_envelope *envelope,
		       const u8 *signature, size_t len, struct key *keys)
{
	return verify_pkcs7_signature(envelope->body.at, envelope->body.len,
				      signature, len, keys,
				      VERIFYING_UNSPECIFIED_SIGNATURE, NULL,
				      NULL);
}

/* For telling only: which wrong key was it? */
static bool is_module_key(const struct shield_envelope *envelope,
			  const u8 *signature, size_t len)
{
	return !verify_with(envelope, signature, len,
			    VERIFY_USE_SECONDARY_KEYRING) ||
	       !verify_with(envelope, signature, len,
			    VERIFY_USE_PLATFORM_KEYRING);
}

static int explain(const struct shield_envelope *envelope, const u8 *signature,
		   size_t len, int error, const char **why)
{
	switch (error) {
	case 0:
		return 0;
	case -ENOMEM:
		*why = "out of memory";
		return error;
	case -ENOKEY:
		*why = is_module_key(envelope, signature, len) ?
			       "it is signed by a key that this kernel trusts for modules (a MOK, or the distribution's): policies have a key of their own" :
			       "it is signed by another key than the policy key";
		return error;
	case -EKEYREJECTED:
		*why = "the signature does not fit the text: one of them was changed";
		return error;
	case -ENOPKG:
		*why = "the signature uses an algorithm that this kernel lacks: sign with RSA and sha256";
		return -EKEYREJECTED;
	default:
		*why = "the signature is damaged: it is no detached PKCS#7 signature";
		return -EKEYREJECTED;
	}
}

static int verify_by(const struct shield_envelope *envelope, struct key *ring,
		     const char **why)
{
	u8 *signature = kvmalloc(envelope->signature.len + 1, GFP_KERNEL);
	int len, error;

	if (!signature) {
		*why = "out of memory";
		return -ENOMEM;
	}
	len = shield_envelope_unarmor(&envelope->signature, signature);
	error = len < 0 ? -EBADMSG :
			  verify_with(envelope, signature, len, ring);
	error = explain(envelope, signature, len, error, why);
	kvfree(signature);
	return error;
}

static struct key *get_ring(u64 *by)
{
	struct key *ring;

	mutex_lock(&shield_policy_mutex);
	ring = key_get(signer.ring);
	*by = number;
	mutex_unlock(&shield_policy_mutex);
	return ring;
}

int shield_signature_verify(const struct shield_envelope *envelope, u64 *by,
			    const char **why)
{
	struct key *ring = get_ring(by);
	int error;

	if (!ring) {
		*why = "it is signed, and there is no policy certificate here to verify that: build with POLICY_CERT=, or pin one";
		return -ENOKEY;
	}
	error = verify_by(envelope, ring, why);
	key_put(ring);
	return error;
}

int shield_signature_counts(u64 by, const char **why)
{
	lockdep_assert_held(&shield_policy_mutex);
	if (by == number)
		return 0;
	*why = "another policy certificate was pinned while its signature was verified";
	return -ENOKEY;
}
