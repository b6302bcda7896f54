/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What headers do not tell of the running kernel, and its own description of
 * its types (BTF) does.
 */
#ifndef SHIELD_COMPAT_LAYOUT_H
#define SHIELD_COMPAT_LAYOUT_H

#include <linux/types.h>

struct btf_type;

/**
 * struct shield_layout - the types of the running kernel
 * @file: all of /sys/kernel/btf/vmlinux
 * @types: first type, in @file
 * @types_end: behind the last one
 * @strings: names, in @file
 * @nr_strings: bytes of @strings; the last one is 0
 */
struct shield_layout {
	void *file;
	const void *types;
	const void *types_end;
	const char *strings;
	size_t nr_strings;
};

/**
 * shield_layout_read() - read the types
 * @layout: to be filled in
 *
 * Context: process; sleeps.
 * Return: 0, after which shield_layout_free() is due; -EINVAL if what is there
 * is not understood; any error of reading it.
 */
int shield_layout_read(struct shield_layout *layout);

/**
 * shield_layout_free() - forget the types
 * @layout: filled in
 *
 * Context: process; sleeps.
 */
void shield_layout_free(struct shield_layout *layout);

/**
 * shield_layout_member() - where a member of a struct is
 * @layout: types
 * @type: name of the struct
 * @member: name of the member, which is no bit field
 *
 * Return: bytes from the beginning of the struct; -ENOENT if there is none.
 */
int shield_layout_member(const struct shield_layout *layout, const char *type,
			 const char *member);

/**
 * shield_layout_enumerator() - value of an enumerator
 * @layout: types
 * @name: its name
 *
 * Return: its value, which is not negative; -ENOENT if there is none.
 */
int shield_layout_enumerator(const struct shield_layout *layout,
			     const char *name);

#endif
