// SPDX-License-Identifier: GPL-2.0-only
/*
 * Other code in the kernel that could undo what a seal promises.
 *
 * The kernel does not export its list of modules, but every module stands in
 * the same kset as we do.
 */
#include "strangers.h"

#include <linux/kernel.h>
#include <linux/kobject.h>
#include <linux/module.h>
#include <linux/spinlock.h>

#include "compat/module.h"

static const char *reason(const struct module *module)
{
	if (is_livepatch_module((struct module *)module))
		return "a livepatch";
	return shield_module_is_signed(module) ? NULL : "unsigned";
}

void shield_strangers_list(char *text, size_t size)
{
	struct kset *modules = THIS_MODULE->mkobj.kobj.kset;
	const struct module *module;
	struct kobject *entry;
	size_t len = 0;

	*text = '\0';
	/* While it stands there a module is not freed. */
	spin_lock(&modules->list_lock);
	list_for_each_entry(entry, &modules->list, entry) {
		module = container_of(entry, struct module_kobject, kobj)->mod;
		/* Built-in code has no module; about us it is too late to ask. */
		if (!module || module == THIS_MODULE || !reason(module))
			continue;
		len += scnprintf(text + len, size - len, "%s%s (%s)",
				 len ? ", " : "", module->name, reason(module));
	}
	spin_unlock(&modules->list_lock);
}
