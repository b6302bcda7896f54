/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Protected names: a component in a directory.
 *
 * A name protects what is not there yet, and what a trusted program has just
 * put there before its inode could be entered.
 */
#ifndef SHIELD_OBJECT_NAME_H
#define SHIELD_OBJECT_NAME_H

#include <linux/dcache.h>
#include <linux/fs.h>
#include <linux/limits.h>

#include "object/index.h"

/**
 * struct shield_component - a dentry's name, copied whole
 * @parent: the directory that holds it
 * @len: bytes of @text
 * @text: the name; NUL-terminated
 */
struct shield_component {
	struct shield_key parent;
	u8 len;
	char text[NAME_MAX + 1];
};

/**
 * shield_name_may_be_in() - may the directory of a dentry hold protected names?
 * @index: index
 * @dentry: dentry
 *
 * Context: hooks, under RCU.
 * Return: false if certainly not.
 */
static inline bool shield_name_may_be_in(const struct shield_index *index,
					 const struct dentry *dentry)
{
	const struct dentry *parent = READ_ONCE(dentry->d_parent);
	const struct inode *dir = READ_ONCE(parent->d_inode);

	return dir && shield_index_may_name(index, dir->i_ino);
}

/**
 * shield_component_read() - copy name and directory of a dentry
 * @dentry: dentry that the caller holds
 * @slot: slot of its super block
 * @component: result
 *
 * Context: any but NMI, under RCU; does not sleep.
 * Return: 0; -EAGAIN if renames did not let it be read; -ENOENT if the
 * directory is gone.
 */
int shield_component_read(const struct dentry *dentry, int slot,
			  struct shield_component *component);

/**
 * shield_name_next() - next rule that names a component
 * @index: index
 * @component: name and directory
 * @name: NULL for the first, else what this function returned
 *
 * Context: hooks, under RCU.
 * Return: a name, or NULL.
 */
const struct shield_name *
shield_name_next(const struct shield_index *index,
		 const struct shield_component *component,
		 const struct shield_name *name);

/**
 * shield_name_in() - next protected name in a directory
 * @index: index
 * @dir: directory
 * @name: NULL for the first, else what this function returned
 *
 * Looks at every name there is: for requests that are rare.
 *
 * Context: hooks, under RCU.
 * Return: a name, or NULL.
 */
const struct shield_name *shield_name_in(const struct shield_index *index,
					 const struct shield_key *dir,
					 const struct shield_name *name);

/**
 * shield_name_add() - protect a name
 * @index: index
 * @parent: directory
 * @text: component, NUL-terminated
 * @rule: rule
 * @prefix: protect every longer name that begins with @text instead
 * @awaited: nothing is protected yet; the rule is to be looked at again when
 *           something appears there
 *
 * A name that the rule has is left as it is.
 *
 * Context: process; sleeps.
 * Return: 0, or -ENOMEM.
 */
int shield_name_add(struct shield_index *index, const struct shield_key *parent,
		    const char *text, u32 rule, bool prefix, bool awaited);

#endif
