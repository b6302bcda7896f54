/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The certificate that this build was given by POLICY_CERT=; empty if none.
 */
#ifndef SHIELD_POLICY_CERTIFICATE_H
#define SHIELD_POLICY_CERTIFICATE_H

extern const char shield_certificate[];
extern const char shield_certificate_end[];

#endif
