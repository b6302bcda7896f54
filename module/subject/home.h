/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Does the current task see the same files as init?
 */
#ifndef SHIELD_SUBJECT_HOME_H
#define SHIELD_SUBJECT_HOME_H

#include <linux/types.h>

struct dentry;
struct task_struct;

/**
 * shield_home_mounts() - is it in init's mount namespace?
 *
 * Context: any.
 * Return: true if so.
 */
bool shield_home_mounts(void);

/**
 * shield_home_user() - is it in init's user namespace?
 *
 * Context: any.
 * Return: true if so.
 */
bool shield_home_user(void);

/**
 * shield_home_top() - init's root directory
 *
 * Context: under RCU, which keeps it from being freed.
 * Return: its dentry.
 */
struct dentry *shield_home_top(void);

/**
 * shield_home_root() - is its root directory init's?
 *
 * Context: any but NMI; does not sleep. Another task must not share and
 * change its fs_struct, which exec makes sure of.
 * Return: true if so.
 */
bool shield_home_root(void);

/**
 * shield_home_has() - does a task see the same files as init?
 * @task: task
 *
 * Context: any but NMI; task_lock(@task) is held.
 * Return: true if it has its mount namespace and its root.
 */
bool shield_home_has(const struct task_struct *task);

#endif
