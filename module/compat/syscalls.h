/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * System calls as functions. They are declared nowhere but where they are
 * defined, all alike since 4.17: with the registers of the caller.
 */
#ifndef SHIELD_COMPAT_SYSCALLS_H
#define SHIELD_COMPAT_SYSCALLS_H

#include <asm/ptrace.h>
#include <linux/security.h>

/*
 * SHIELD_UNLOADS(): hook(function, argument) for each way into delete_module();
 * argument(regs, n) is one of its first two arguments.
 */
#ifdef CONFIG_ARM64

long __arm64_sys_delete_module(const struct pt_regs *regs);

#define SHIELD_SYSCALL_ARM64(pt, n) ((pt)->regs[n])
#define SHIELD_UNLOADS(hook) \
	hook(__arm64_sys_delete_module, SHIELD_SYSCALL_ARM64)

#else

long __x64_sys_delete_module(const struct pt_regs *regs);
long __ia32_sys_delete_module(const struct pt_regs *regs);

#define SHIELD_SYSCALL_64(regs, n) ((n) ? (regs)->si : (regs)->di)
#define SHIELD_SYSCALL_32(regs, n) ((u32)((n) ? (regs)->cx : (regs)->bx))
#define SHIELD_UNLOADS(hook)                             \
	hook(__x64_sys_delete_module, SHIELD_SYSCALL_64) \
		hook(__ia32_sys_delete_module, SHIELD_SYSCALL_32)

#endif

/*
 * Known to lockdown since 5.15 and to Debian's 5.10, and no constant that the
 * preprocessor knows.
 */
#ifdef SHIELD_HAS_LOCKDOWN_BPF_WRITE_USER
#define SHIELD_LOCKDOWN_BPF_WRITE_USER LOCKDOWN_BPF_WRITE_USER
#else
#define SHIELD_LOCKDOWN_BPF_WRITE_USER LOCKDOWN_CONFIDENTIALITY_MAX
#endif

#endif
