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
#include <linux/mm.h>
#include <linux/printk.h>
#include <linux/uidgid.h>
#include <linux/verification.h>

#include "policy/active.h"
#include "policy/certificate.h"

/* Protects: shield_policy_mutex, but for init and exit. */
static struct key *keyring;
static struct key *signer;

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

static int trust(const void *certificate, size_t len)
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
	shield_signature_exit();
	keyring = ring;
	signer = key_ref_to_ptr(key);
	return 0;
}

static size_t built_in(void)
{
	return shield_certificate_end - shield_certificate;
}

int shield_signature_init(void)
{
	int error;

	if (!built_in())
		return 0;
	error = trust(shield_certificate, built_in());
	if (error)
		pr_err("the policy certificate of this build cannot be read (%d)\n",
		       error);
	return error;
}

void shield_signature_exit(void)
{
	key_put(signer);
	key_put(keyring);
	signer = NULL;
	keyring = NULL;
}

int shield_signature_pin(const void *certificate, size_t len)
{
	lockdep_assert_held(&shield_policy_mutex);
	return built_in() ? -EEXIST : trust(certificate, len);
}

void shield_signature_key(char *text, size_t size)
{
	lockdep_assert_held(&shield_policy_mutex);
	strscpy(text, signer ? signer->description : "none", size);
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

int shield_signature_verify(const struct shield_envelope *envelope,
			    const char **why)
{
	u8 *signature;
	int len, error;

	lockdep_assert_held(&shield_policy_mutex);
	if (!keyring) {
		*why = "it is signed, and there is no policy certificate here to verify that: build with POLICY_CERT=, or pin one";
		return -ENOKEY;
	}
	signature = kvmalloc(envelope->signature.len + 1, GFP_KERNEL);
	if (!signature) {
		*why = "out of memory";
		return -ENOMEM;
	}
	len = shield_envelope_unarmor(&envelope->signature, signature);
	error = len < 0 ? -EBADMSG :
			  verify_with(envelope, signature, len, keyring);
	error = explain(envelope, signature, len, error, why);
	kvfree(signature);
	return error;
}
