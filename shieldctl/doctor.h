/* SPDX-License-Identifier: GPL-2.0-only */
/* What the doctor looks at. Each adds its lines to the findings. */
#ifndef SHIELDCTL_DOCTOR_H
#define SHIELDCTL_DOCTOR_H

#include "finding.h"
#include "installed.h"

/**
 * doctor_kernels() - has each installed kernel a module that fits?
 * @findings: to grow
 * @kernels: the kernels
 * @only: look at this release alone; NULL for all
 */
void doctor_kernels(struct findings *findings,
		    const struct installed_list *kernels, const char *only);

/**
 * doctor_kernel_gap() - why a kernel would run without shield
 * @findings: to grow
 * @kernel: the kernel
 *
 * Adds nothing if it would not.
 *
 * Return: true if there is a gap.
 */
bool doctor_kernel_gap(struct findings *findings,
		       const struct installed *kernel);

/**
 * doctor_trust() - will the kernels accept the module's signature?
 * @findings: to grow
 * @kernels: the kernels
 */
void doctor_trust(struct findings *findings,
		  const struct installed_list *kernels);

/**
 * doctor_boot() - what would keep shield from being loaded at the next boot?
 * @findings: to grow
 *
 * Not whether it is enabled: that is doctor_unit().
 */
void doctor_boot(struct findings *findings);

/**
 * doctor_policy() - is what the next boot loads a policy?
 * @findings: to grow
 *
 * Description: Whether its signature is one that the kernel trusts is not looked at.
 */
void doctor_policy(struct findings *findings);

/**
 * doctor_unit() - is shield.service enabled, and how did it end?
 * @findings: to grow
 */
void doctor_unit(struct findings *findings);

/**
 * doctor_running() - what is in force now?
 * @findings: to grow
 * @kernels: the kernels
 */
void doctor_running(struct findings *findings,
		    const struct installed_list *kernels);

#endif
