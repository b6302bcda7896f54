/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Ioctls, also where one is asked for by another way than ioctl().
 */
#ifndef SHIELD_HOOK_IOCTL_H
#define SHIELD_HOOK_IOCTL_H

struct file;

/**
 * shield_ioctl_judge() - judge one ioctl
 * @hook: name of the hooked function, for the event
 * @file: what it is asked of
 * @cmd: its number
 *
 * Context: hooks.
 * Return: 0, or -EACCES.
 */
long shield_ioctl_judge(const char *hook, const struct file *file,
			unsigned int cmd);

#endif
