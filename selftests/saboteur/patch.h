/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The call of ftrace at a function's entry, and how to write there.
 */
#ifndef SABOTEUR_PATCH_H
#define SABOTEUR_PATCH_H

#include <linux/compiler.h>
#include <linux/string.h>
#include <linux/types.h>

#ifdef CONFIG_ARM64

#include <asm/insn.h>

/* The second instruction; the kernel is not built with landing pads (BTI). */
#define SABOTEUR_SITE 4
#define SABOTEUR_CALL_SIZE 4
#define SABOTEUR_WRITER "aarch64_insn_patch_text_nosync"

typedef int saboteur_writer(void *address, u32 instruction);

static const u8 saboteur_nop[] = { 0x1f, 0x20, 0x03, 0xd5 };

static inline bool saboteur_is_call(const u8 *site)
{
	return aarch64_insn_is_bl(le32_to_cpup((const __le32 *)site));
}

static inline void saboteur_write(saboteur_writer *write, u8 *site,
				  const u8 *code)
{
	write(site, le32_to_cpup((const __le32 *)code));
}

#else

#define SABOTEUR_SITE 0
#define SABOTEUR_CALL_SIZE 5
#define SABOTEUR_WRITER "text_poke"

typedef void *saboteur_writer(void *address, const void *code, size_t size);

static const u8 saboteur_nop[] = { 0x0f, 0x1f, 0x44, 0x00, 0x00 };

static inline bool saboteur_is_call(const u8 *site)
{
	return *site == 0xe8;
}

static inline void saboteur_write(saboteur_writer *write, u8 *site,
				  const u8 *code)
{
	write(site, code, SABOTEUR_CALL_SIZE);
}

#endif

#endif
