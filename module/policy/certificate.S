/* SPDX-License-Identifier: GPL-2.0-only */
/* The certificate given by POLICY_CERT=, which Kbuild makes DER of; or nothing. */
	.section .rodata
	.globl	shield_certificate
	.type	shield_certificate, STT_OBJECT
shield_certificate:
	.incbin	"module/policy/certificate.der"
	.size	shield_certificate, . - shield_certificate
	.globl	shield_certificate_end
	.type	shield_certificate_end, STT_OBJECT
shield_certificate_end:
	.byte	0
	.size	shield_certificate_end, 1

	.section .note.GNU-stack, "", %progbits
