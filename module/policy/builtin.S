/* SPDX-License-Identifier: GPL-2.0-only */
/* default.policy, as it is, with a NUL behind it. */
	.section .rodata
	.globl	shield_policy_builtin
	.type	shield_policy_builtin, STT_OBJECT
shield_policy_builtin:
	.incbin	"module/policy/default.policy"
	.byte	0
	.size	shield_policy_builtin, . - shield_policy_builtin

	.section .note.GNU-stack, "", %progbits
