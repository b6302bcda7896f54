/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Whether a module was signed, where the kernel asks for that at all.
 */
#ifndef SHIELD_COMPAT_MODULE_H
#define SHIELD_COMPAT_MODULE_H

#include <linux/module.h>

/**
 * shield_module_is_signed() - had a module a signature that the kernel knows?
 * @module: module
 *
 * Return: false also on a kernel that does not look at signatures.
 */
static inline bool shield_module_is_signed(const struct module *module)
{
#ifdef CONFIG_MODULE_SIG
	return module->sig_ok;
#else
	return false;
#endif
}

#endif
