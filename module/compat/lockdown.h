/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the kernel asks security_locked_down() about.
 *
 * Of modules and images for kexec it asks when it has looked at a signature and
 * found none that is good; so it asks nobody where it looks at none
 * (module_sig_check() in kernel/module/, kimage_file_prepare_segments() in
 * kernel/kexec_file.c).
 */
#ifndef SHIELD_COMPAT_LOCKDOWN_H
#define SHIELD_COMPAT_LOCKDOWN_H

#include <linux/kconfig.h>
#include <linux/stddef.h>

/**
 * shield_lockdown_gap() - what unsigned code does this kernel take without asking?
 *
 * Context: any.
 * Return: a sentence that says so; NULL if there is no such code.
 */
static inline const char *shield_lockdown_gap(void)
{
	if (!IS_ENABLED(CONFIG_MODULE_SIG))
		return "this kernel takes every module, signed or not (CONFIG_MODULE_SIG is not set), and a module could undo the seal";
	if (IS_ENABLED(CONFIG_KEXEC_FILE) && !IS_ENABLED(CONFIG_KEXEC_SIG))
		return "this kernel starts every kernel, signed or not, by kexec_file_load() (CONFIG_KEXEC_SIG is not set)";
	return NULL;
}

#endif
