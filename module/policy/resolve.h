/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Walk a path of the policy, step by step.
 */
#ifndef SHIELD_POLICY_RESOLVE_H
#define SHIELD_POLICY_RESOLVE_H

#include <linux/types.h>

struct path;

/**
 * struct shield_steps - who wants to know what lies on the way
 * @ancestor: a directory or symlink without which the path leads elsewhere
 * @mounted: the root of a mount on the way; first that of the walk's root
 * @mount_point: what lies under a file system that is mounted on the way
 * @name: the path's last component, or that of a symlink it leads to, in the
 *        directory @dir; not yet looked up
 * @awaited: component @name in @dir does not exist, and others should follow it
 * @target: what the path leads to
 *
 * Each returns 0, or an error that ends the walk.
 */
struct shield_steps {
	int (*ancestor)(void *context, const struct path *at);
	int (*mounted)(void *context, const struct path *at);
	int (*mount_point)(void *context, const struct path *at);
	int (*name)(void *context, const struct path *dir, const char *name);
	int (*awaited)(void *context, const struct path *dir, const char *name);
	int (*target)(void *context, const struct path *at);
};

/**
 * shield_resolve() - walk a path from the current task's root
 * @path: absolute and normalised
 * @steps: whom to tell
 * @context: handed to @steps
 *
 * Before an entry is looked up, the walk waits for whoever is changing the
 * entries of its directory at that moment, so that an act whose hook came
 * before the walk is done or has failed when the walk sees the directory.
 *
 * Context: process; sleeps; takes i_rwsem of directories.
 * Return: 0; 1 if the path leads to nothing yet; -ELOOP; -ENAMETOOLONG;
 * -ENOMEM; any error of a lookup or of @steps.
 */
int shield_resolve(const char *path, const struct shield_steps *steps,
		   void *context);

#endif
