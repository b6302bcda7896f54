/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How a callback reads an argument and changes where the kernel goes on.
 *
 * Three generations of ftrace: accessors (6.3 and later), a struct ftrace_regs
 * with pt_regs in it, and before that pt_regs itself, which must be asked for
 * by a flag. The kernel defines its accessors as macros, so they need no probe.
 */
#ifndef SHIELD_COMPAT_FTRACE_H
#define SHIELD_COMPAT_FTRACE_H

#include <linux/ftrace.h>
#include <linux/ptrace.h>

/*
 * SHIELD_OPS_FLAGS - what each of our ftrace_ops asks for on this kernel
 *
 * Registers, and to be called straight, without a guard against recursion that
 * would let a call pass unjudged. The newer kernels give both unasked; there,
 * the bit of RECURSION_SAFE means the contrary.
 */
#ifdef CONFIG_DYNAMIC_FTRACE_WITH_ARGS
#define SHIELD_OPS_FLAGS 0
#else
#define ftrace_regs pt_regs
#define SHIELD_OPS_FLAGS \
	(FTRACE_OPS_FL_SAVE_REGS | FTRACE_OPS_FL_RECURSION_SAFE)
#endif

/**
 * shield_argument() - one argument of the hooked function
 * @fregs: registers at the function's entry
 * @n: its position, counted from 0; a constant below 6
 *
 * Return: the argument as an unsigned long.
 */
#if defined(ftrace_regs_get_argument)
#define shield_argument(fregs, n) ftrace_regs_get_argument(fregs, n)
#elif defined(CONFIG_DYNAMIC_FTRACE_WITH_ARGS)
#define shield_argument(fregs, n) regs_get_kernel_argument(&(fregs)->regs, n)
#else
#define shield_argument(fregs, n) regs_get_kernel_argument(fregs, n)
#endif

/**
 * shield_continue_at() - leave the hooked function before it began
 * @fregs: registers at the function's entry
 * @where: notrace function that returns in its place
 */
static __always_inline void shield_continue_at(struct ftrace_regs *fregs,
					       long (*where)(void))
{
#if defined(ftrace_regs_set_instruction_pointer)
	ftrace_regs_set_instruction_pointer(fregs, (unsigned long)where);
#elif defined(ftrace_instruction_pointer_set)
	ftrace_instruction_pointer_set(fregs, (unsigned long)where);
#else
	instruction_pointer_set(fregs, (unsigned long)where);
#endif
}

/**
 * shield_registers() - registers as a kprobe has them, as ftrace gives them
 * @regs: registers at the function's entry
 *
 * Return: what shield_argument() and shield_continue_at() take.
 */
static __always_inline struct ftrace_regs *
shield_registers(struct pt_regs *regs)
{
	/* Whatever else there is stands behind them, and we never look there. */
	return (struct ftrace_regs *)regs;
}

/* Opcodes of x86 at a function's entry; no other architecture is built for. */
#define SHIELD_OPCODE_CALL 0xe8
#define SHIELD_OPCODE_INT3 0xcc

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
