/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the pure policy code needs of the world it is built in.
 *
 * The parser and the model behind it run in the kernel, in shieldctl, in the
 * unit tests and in the fuzzer. This header is the only place where these
 * differ.
 */
#ifndef SHIELD_POLICY_PURE_H
#define SHIELD_POLICY_PURE_H

#ifdef __KERNEL__

#include <linux/bits.h>
#include <linux/build_bug.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include <linux/types.h>

#else

#include <assert.h>
#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <linux/types.h>

typedef __u8 u8;
typedef __u16 u16;
typedef __u32 u32;
typedef __u64 u64;

#define BIT(nr) (1UL << (nr))
#define BIT_ULL(nr) (1ULL << (nr))
#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))
#define __printf(text, first) __attribute__((format(printf, text, first)))

#endif

#endif
