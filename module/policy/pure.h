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
#include <stdint.h>
#include <stdio.h>
#include <string.h>

typedef uint8_t u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef uint64_t u64;

#define BIT(nr) (1UL << (nr))
#define BIT_ULL(nr) (1ULL << (nr))
#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))
#define __printf(text, first) __attribute__((format(printf, text, first)))

#endif

#endif
