/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How a callback reads an argument and changes where the kernel goes on.
 *
 * Three generations of ftrace: accessors (6.3 and later), a struct ftrace_regs
 * with pt_regs in it, and before that pt_regs itself. Where ftrace does not give
 * arguments unasked, as on arm64 before 6.2, all registers must be asked for by a
 * flag. x86 defines its accessors as macros, so they need no probe; arm64 has them
 * as functions wherever it gives arguments.
 */
#ifndef SHIELD_COMPAT_FTRACE_H
#define SHIELD_COMPAT_FTRACE_H

#include <linux/ftrace.h>
#include <linux/ptrace.h>

#ifdef CONFIG_ARM64
#include "compat/arm64.h"
#else
#include "compat/x86.h"
#endif

/*
 * SHIELD_OPS_FLAGS - what each of our ftrace_ops asks for on this kernel
 *
 * Registers, and to be called straight, without a guard against recursion that
 * would let a call pass unjudged. The newer kernels give both unasked; there,
 * the bit of RECURSION_SAFE means the contrary.
 */
#if defined(CONFIG_DYNAMIC_FTRACE_WITH_ARGS)
#define SHIELD_OPS_FLAGS 0
#elif defined(arch_ftrace_get_regs)
/* All of pt_regs in a struct ftrace_regs. */
#define SHIELD_OPS_FLAGS FTRACE_OPS_FL_SAVE_REGS
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
#if defined(ftrace_regs_get_argument) || defined(SHIELD_ACCESSORS)
#define shield_argument(fregs, n) ftrace_regs_get_argument(fregs, n)
#elif defined(CONFIG_DYNAMIC_FTRACE_WITH_ARGS) || defined(arch_ftrace_get_regs)
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
#if defined(arch_ftrace_get_regs) && !defined(CONFIG_DYNAMIC_FTRACE_WITH_ARGS)
	/* The macros below do nothing here. */
	instruction_pointer_set(&fregs->regs, (unsigned long)where);
#elif defined(ftrace_regs_set_instruction_pointer) || defined(SHIELD_ACCESSORS)
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
 * Only where the kernel puts a kprobe on ftrace (CONFIG_KPROBES_ON_FTRACE).
 *
 * Return: what shield_argument() and shield_continue_at() take.
 */
static __always_inline struct ftrace_regs *
shield_registers(struct pt_regs *regs)
{
	/* Whatever else there is stands behind them, and we never look there. */
	return (struct ftrace_regs *)regs;
}

#endif
