/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A signed kernel module: the ELF file, a CMS signature, twelve bytes that tell
 * the signature's length (struct module_signature of the kernel), and a marker.
 */
#ifndef SHIELDCTL_MODSIG_H
#define SHIELDCTL_MODSIG_H

#include "signature.h"

/**
 * struct modsig - a file taken apart; points into the file's bytes
 * @body: what is signed, or the whole file
 * @signature: CMS in DER, empty if there is none
 */
struct modsig {
	struct bytes body;
	struct bytes signature;
};

/**
 * modsig_split() - take a file apart, without believing anything
 * @file: bytes of a module, not compressed
 * @parts: result; without a signature, the body is all
 * @check: gets the detail
 *
 * Return: VERDICT_GOOD if there is something to verify, or what is wrong.
 */
enum verdict modsig_split(struct bytes file, struct modsig *parts,
			  struct signature_check *check);

/**
 * modsig_verify() - is it a module signed with a trusted certificate?
 * @file: bytes of a module, not compressed
 * @parts: result, as of modsig_split()
 * @check: in and out
 *
 * Return: VERDICT_GOOD, or the first thing that is wrong.
 */
enum verdict modsig_verify(struct bytes file, struct modsig *parts,
			   struct signature_check *check);

#endif
