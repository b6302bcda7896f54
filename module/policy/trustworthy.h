/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * May a file be trusted as a program?
 */
#ifndef SHIELD_POLICY_TRUSTWORTHY_H
#define SHIELD_POLICY_TRUSTWORTHY_H

/**
 * shield_trustworthy_check() - may a file be a program?
 * @path: path from a `program` line
 * @why: set to the reason if not
 *
 * A file that does not exist yet is judged by its name alone.
 *
 * Context: process; sleeps.
 * Return: 0; -EINVAL if it may not; or the error that kept it from being
 * looked at.
 */
int shield_trustworthy_check(const char *path, const char **why);

#endif
