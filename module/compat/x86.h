/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * x86: what stands at a function's entry.
 */
#ifndef SHIELD_COMPAT_X86_H
#define SHIELD_COMPAT_X86_H

#include <linux/compiler.h>
#include <linux/types.h>

#define SHIELD_OPCODE_CALL 0xe8
#define SHIELD_OPCODE_INT3 0xcc

/**
 * shield_patched_at() - where ftrace patches a function
 * @entry: where a kprobe on the function is put
 *
 * Return: address of the instruction that becomes a call.
 */
static inline unsigned long shield_patched_at(unsigned long entry)
{
	return entry;
}

/**
 * shield_opcode_is_call() - is there a call at a function's entry?
 * @address: where ftrace patches
 *
 * Return: false if not, which is so for a function that nobody hooks.
 */
static inline bool shield_opcode_is_call(unsigned long address)
{
	return READ_ONCE(*(const u8 *)address) == SHIELD_OPCODE_CALL;
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
	return READ_ONCE(*(const u8 *)address) == SHIELD_OPCODE_INT3;
}

#endif
