/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * System calls as functions. They are declared nowhere but where they are
 * defined, all alike since 4.17: with the registers of the caller.
 */
#ifndef SHIELD_COMPAT_SYSCALLS_H
#define SHIELD_COMPAT_SYSCALLS_H

#include <asm/ptrace.h>
#include <linux/security.h>

long __x64_sys_delete_module(const struct pt_regs *regs);
long __ia32_sys_delete_module(const struct pt_regs *regs);

/* The first arguments of a 64-bit call, and of a 32-bit one. */
#define SHIELD_SYSCALL_64(regs, n) ((n) ? (regs)->si : (regs)->di)
#define SHIELD_SYSCALL_32(regs, n) ((u32)((n) ? (regs)->cx : (regs)->bx))

/* Known to lockdown since 5.15, and no constant that the preprocessor knows. */
#ifdef SHIELD_HAS_LOCKDOWN_BPF_WRITE_USER
#define SHIELD_LOCKDOWN_BPF_WRITE_USER LOCKDOWN_BPF_WRITE_USER
#else
#define SHIELD_LOCKDOWN_BPF_WRITE_USER LOCKDOWN_CONFIDENTIALITY_MAX
#endif

#endif
