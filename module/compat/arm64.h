/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * arm64: what stands at a function's entry.
 *
 * The compiler leaves room for two instructions there, behind one that receives
 * indirect jumps (BTI) where the kernel is built with that. The first one keeps
 * the return address; ftrace makes the second one a call, and so it is the second
 * one's address that a callback gets.
 */
#ifndef SHIELD_COMPAT_ARM64_H
#define SHIELD_COMPAT_ARM64_H

#ifdef CONFIG_ARM64

#include <asm/insn.h>
#include <linux/compiler.h>
#include <linux/types.h>

/* ftrace gives arguments, and functions to read them. */
#ifdef CONFIG_DYNAMIC_FTRACE_WITH_ARGS
#define SHIELD_ACCESSORS
#endif

/* "bti" with any of its targets. */
#define SHIELD_OPCODE_BTI 0xd503241f
#define SHIELD_OPCODE_BTI_MASK 0xffffff3f

static inline u32 shield_opcode(unsigned long address)
{
	return le32_to_cpu(READ_ONCE(*(const __le32 *)address));
}

/**
 * shield_patched_at() - where ftrace patches a function
 * @entry: where a kprobe on the function is put
 *
 * Return: address of the instruction that becomes a call.
 */
static inline unsigned long shield_patched_at(unsigned long entry)
{
	if ((shield_opcode(entry) & SHIELD_OPCODE_BTI_MASK) ==
	    SHIELD_OPCODE_BTI)
		entry += AARCH64_INSN_SIZE;
	return entry + AARCH64_INSN_SIZE;
}

/**
 * shield_opcode_is_call() - is there a call at a function's entry?
 * @address: where ftrace patches
 *
 * Return: false if not, which is so for a function that nobody hooks.
 */
static inline bool shield_opcode_is_call(unsigned long address)
{
	return aarch64_insn_is_bl(shield_opcode(address));
}

/**
 * shield_opcode_is_breakpoint() - is there a breakpoint at a function's entry?
 * @address: where ftrace patches
 *
 * Return: true if a kprobe without ftrace stands there, or, for the moment, the
 * kernel itself while it changes the instruction.
 */
static inline bool shield_opcode_is_breakpoint(unsigned long address)
{
	return aarch64_insn_is_brk(shield_opcode(address));
}

#endif /* CONFIG_ARM64 */

#endif
