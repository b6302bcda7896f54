// SPDX-License-Identifier: GPL-2.0-only
#include "installed.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libkmod.h>

#include "host.h"
#include "text.h"

static char *copy_word(const char *from)
{
	size_t len = strcspn(from, " ");
	char *copy = allocate(len + 1);

	memcpy(copy, from, len);
	return copy;
}

/* Headers and leftovers make such a directory, too; this file is the kernel's. */
static bool is_kernel(const char *release)
{
	return *release != '.' &&
	       (host_has("/lib/modules/%s/modules.builtin", release) ||
		host_has("/boot/vmlinuz-%s", release));
}

static void read_info(struct installed *kernel, struct kmod_module *module)
{
	struct kmod_list *info = NULL, *entry;
	const char *key, *value;
	int ret = kmod_module_get_info(module, &info);

	kernel->error = ret < 0 ? ret : 0;
	kmod_list_foreach(entry, info)
	{
		key = kmod_module_info_get_key(entry);
		value = kmod_module_info_get_value(entry);
		if (!strcmp(key, "vermagic") && !kernel->built_for)
			kernel->built_for = copy_word(value);
		else if (!strcmp(key, "srcversion") && !kernel->srcversion)
			kernel->srcversion = strdup(value);
		else if (!strcmp(key, "signer") && !kernel->signer)
			kernel->signer = strdup(value);
	}
	kmod_module_info_free_list(info);
}

/* What modprobe would take, which its indexes say and not a directory. */
static void look_up(struct installed *kernel)
{
	const char *no_configuration = NULL;
	char *directory = host_path("/lib/modules/%s", kernel->release);
	struct kmod_ctx *context = kmod_new(directory, &no_configuration);
	struct kmod_list *modules = NULL;
	struct kmod_module *module;
	const char *path;

	free(directory);
	if (!context) {
		kernel->error = -ENOMEM;
		return;
	}
	if (!kmod_module_new_from_lookup(context, "shield", &modules) &&
	    modules) {
		module = kmod_module_get_module(modules);
		path = kmod_module_get_path(module);
		if (path) {
			kernel->path = strdup(path);
			read_info(kernel, module);
		}
		kmod_module_unref(module);
	}
	kmod_module_unref_list(modules);
	kmod_unref(context);
}

static int compare(const void *a, const void *b)
{
	const struct installed *left = a, *right = b;

	return strverscmp(left->release, right->release);
}

static void add(struct installed_list *list, const char *release)
{
	struct installed one = {
		.release = strdup(release),
		.is_running = !strcmp(release, host_release()),
		.has_headers =
			host_has("/lib/modules/%s/build/include", release),
	};
	struct text grown = { 0 };

	look_up(&one);
	if (list->nr)
		text_append(&grown, (const char *)list->all,
			    list->nr * sizeof(one));
	text_append(&grown, (const char *)&one, sizeof(one));
	free(list->all);
	list->all = (struct installed *)grown.data;
	list->nr++;
}

void installed_find(struct installed_list *list)
{
	char *path = host_path("/lib/modules");
	DIR *directory = opendir(path);
	struct dirent *entry;

	free(path);
	while (directory && (entry = readdir(directory)))
		if (is_kernel(entry->d_name))
			add(list, entry->d_name);
	if (directory)
		closedir(directory);
	if (!list->nr)
		return;
	qsort(list->all, list->nr, sizeof(*list->all), compare);
	list->all[list->nr - 1].is_newest = true;
}

void installed_free(struct installed_list *list)
{
	struct installed *one;
	size_t i;

	for (i = 0; i < list->nr; i++) {
		one = &list->all[i];
		free(one->release);
		free(one->path);
		free(one->built_for);
		free(one->signer);
		free(one->srcversion);
	}
	free(list->all);
	*list = (struct installed_list){ 0 };
}

bool installed_fits(const struct installed *kernel)
{
	return kernel->built_for && !strcmp(kernel->built_for, kernel->release);
}
