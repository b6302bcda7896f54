// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <libkmod.h>

#include "kernel.h"

static const char *explain(int error)
{
	switch (error) {
	case -ENOENT:
		return "there is no module 'shield' for this kernel; install it with 'make install' or DKMS";
	case -EPERM:
		return "not permitted; try again as root";
	case -EKEYREJECTED:
	case -ENOKEY:
		return "this kernel wants signed modules and does not know the signature";
	case -EAGAIN:
		return "modprobe.d blacklists it";
	default:
		return strerror(-error);
	}
}

/* Return: 0; a negative errno; -EAGAIN if it is on a blacklist. */
static int insert(struct kmod_ctx *context, const char *parameters)
{
	struct kmod_list *modules = NULL, *entry;
	int ret = kmod_module_new_from_lookup(context, "shield", &modules);

	if (!ret && !modules)
		ret = -ENOENT;
	if (ret < 0)
		return ret;
	kmod_list_foreach(entry, modules)
	{
		struct kmod_module *module = kmod_module_get_module(entry);

		ret = kmod_module_probe_insert_module(
			module, KMOD_PROBE_APPLY_BLACKLIST, parameters, NULL,
			NULL, NULL);
		kmod_module_unref(module);
		if (ret)
			break;
	}
	kmod_module_unref_list(modules);
	return ret == KMOD_PROBE_APPLY_BLACKLIST ? -EAGAIN : ret;
}

int kernel_load_module(const char *parameters)
{
	struct kmod_ctx *context = kmod_new(NULL, NULL);
	int ret = context ? insert(context, parameters) : -ENOMEM;

	if (context)
		kmod_unref(context);
	if (ret)
		fprintf(stderr, "shieldctl: cannot load the module: %s\n",
			explain(ret));
	return ret;
}
