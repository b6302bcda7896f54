/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How a callback reads an argument and changes where the kernel goes on.
 */
#ifndef SHIELD_COMPAT_FTRACE_H
#define SHIELD_COMPAT_FTRACE_H

#include <linux/ftrace.h>
#include <linux/ptrace.h>

#ifndef CONFIG_DYNAMIC_FTRACE_WITH_ARGS
#error "shield needs a kernel with CONFIG_DYNAMIC_FTRACE_WITH_ARGS: its hooks read arguments and redirect calls through ftrace"
#endif

/**
 * shield_argument() - one argument of the hooked function
 * @fregs: registers at the function's entry
 * @n: its position, counted from 0; a constant below 6
 *
 * Return: the argument as an unsigned long.
 */
#ifdef SHIELD_HAS_ftrace_regs_get_argument
#define shield_argument(fregs, n) ftrace_regs_get_argument(fregs, n)
#else
#define shield_argument(fregs, n) regs_get_kernel_argument(&(fregs)->regs, n)
#endif

/**
 * shield_continue_at() - leave the hooked function before it began
 * @fregs: registers at the function's entry
 * @where: notrace function that returns in its place
 */
static __always_inline void shield_continue_at(struct ftrace_regs *fregs,
					       long (*where)(void))
{
#ifdef SHIELD_HAS_ftrace_regs_set_instruction_pointer
	ftrace_regs_set_instruction_pointer(fregs, (unsigned long)where);
#else
	ftrace_instruction_pointer_set(fregs, (unsigned long)where);
#endif
}

#endif
