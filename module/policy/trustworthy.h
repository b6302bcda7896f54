/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * May a file be trusted as a program?
 */
#ifndef SHIELD_POLICY_TRUSTWORTHY_H
#define SHIELD_POLICY_TRUSTWORTHY_H

/**
 * shield_trustworthy_refusal() - why a file must not be a program
 * @path: path from a `program` line
 *
 * A file that does not exist yet is judged by its name alone.
 *
 * Context: process; sleeps.
 * Return: the reason, or NULL.
 */
const char *shield_trustworthy_refusal(const char *path);

#endif
