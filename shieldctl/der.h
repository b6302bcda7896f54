/* SPDX-License-Identifier: GPL-2.0-only */
/* Writing DER (X.690), as much of it as a signature needs. */
#ifndef SHIELDCTL_DER_H
#define SHIELDCTL_DER_H

#include "text.h"

/* Tags, complete with class and "constructed". */
#define DER_INTEGER 0x02
#define DER_OCTETS 0x04
#define DER_NULL 0x05
#define DER_SEQUENCE 0x30
#define DER_SET 0x31
#define DER_CONTEXT_0 0x80
#define DER_CONTEXT_0_OF 0xa0

/**
 * der_append() - append one element
 * @out: grows
 * @tag: one byte
 * @content: bytes of the element, may be NULL if there are none
 * @len: their number
 */
void der_append(struct text *out, unsigned char tag, const void *content,
		size_t len);

/**
 * der_wrap() - make all that was written the content of an element
 * @out: becomes that element
 * @tag: one byte
 */
void der_wrap(struct text *out, unsigned char tag);

#endif
