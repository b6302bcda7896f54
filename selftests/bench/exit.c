// SPDX-License-Identifier: GPL-2.0-only
/*
 * The smallest program: ends at once. What fork and exec cost around it is all
 * the kernel's.
 */
#include <sys/syscall.h>

__attribute__((noreturn)) void _start(void)
{
	asm volatile("syscall" : : "a"(SYS_exit), "D"(0) : "rcx", "r11");
	__builtin_unreachable();
}
