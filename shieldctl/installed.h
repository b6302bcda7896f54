/* SPDX-License-Identifier: GPL-2.0-only */
/* The kernels that are installed, and the module that each would load. */
#ifndef SHIELDCTL_INSTALLED_H
#define SHIELDCTL_INSTALLED_H

#include <stdbool.h>
#include <stddef.h>

/**
 * struct installed - a kernel that can be booted
 * @release: what uname -r will say
 * @is_running: it is the one that runs
 * @is_newest: it has the highest version, so boot loaders choose it
 * @has_headers: modules can be built for it
 * @path: the file that modprobe takes for shield, NULL if there is none
 * @error: 0, or why that file cannot be read, a negative errno
 * @built_for: first word of the file's vermagic, NULL if unreadable
 * @signer: who signed it, NULL if it is not signed
 * @srcversion: digest of its source, NULL if it has none
 */
struct installed {
	char *release;
	bool is_running;
	bool is_newest;
	bool has_headers;
	char *path;
	int error;
	char *built_for;
	char *signer;
	char *srcversion;
};

/**
 * struct installed_list - all of them, the oldest first
 * @all: the kernels
 * @nr: elements of @all
 */
struct installed_list {
	struct installed *all;
	size_t nr;
};

/**
 * installed_find() - look for kernels and their modules
 * @list: result, to be given to installed_free()
 */
void installed_find(struct installed_list *list);

/**
 * installed_free() - give a list back
 * @list: empty afterwards
 */
void installed_free(struct installed_list *list);

/**
 * installed_fits() - will this kernel take the module?
 * @kernel: one of the list
 *
 * Return: true if there is one, built for this kernel.
 */
bool installed_fits(const struct installed *kernel);

#endif
