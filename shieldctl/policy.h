/* SPDX-License-Identifier: GPL-2.0-only */
/* Policy files, read, joined and parsed. */
#ifndef SHIELDCTL_POLICY_H
#define SHIELDCTL_POLICY_H

#include <stdbool.h>
#include <stddef.h>

#include "../module/policy/parse.h"
#include "text.h"

/* What stands for a file name where the text was read from the kernel. */
#define POLICY_IN_FORCE "policy in force"

/**
 * struct policy_file - one of the files that a policy is joined from
 * @name: as the user gave it
 * @first_line: number of its first line in the joined text
 */
struct policy_file {
	const char *name;
	u32 first_line;
};

/**
 * struct policy - text, the files it came from, and its tree
 * @text: all files, one after the other
 * @files: where each begins
 * @nr_files: elements of @files
 * @nr_lines: lines of @text
 * @arena: memory of @ast
 * @ast: valid after policy_parse() returned 0
 */
struct policy {
	struct text text;
	struct policy_file *files;
	size_t nr_files;
	u32 nr_lines;
	void *arena;
	struct shield_ast ast;
};

/**
 * struct policy_place - a position in the file where a person looks for it
 * @file: its name
 * @pos: within the file; line 0 means the whole policy
 */
struct policy_place {
	const char *file;
	struct shield_pos pos;
};

/**
 * policy_add_file() - append a file
 * @policy: zeroed at first
 * @name: path, or "-" for the standard input; must outlive @policy
 *
 * Return: 0, or a negative errno after saying on stderr what failed.
 */
int policy_add_file(struct policy *policy, const char *name);

/**
 * policy_add_files() - append files, as policy_add_file()
 * @policy: zeroed at first
 * @names: paths
 * @nr: how many
 *
 * Return: an exit status.
 */
int policy_add_files(struct policy *policy, char **names, size_t nr);

/**
 * policy_add_text() - append a text that is in memory
 * @policy: zeroed at first
 * @name: what errors call it
 * @text: its bytes
 */
void policy_add_text(struct policy *policy, const char *name,
		     const struct text *text);

/**
 * policy_add_in_force() - read and parse the policy that is in force
 * @policy: zeroed
 *
 * Return: STATUS_OK, or the exit status after saying on stderr what failed.
 */
int policy_add_in_force(struct policy *policy);

/**
 * policy_parse() - parse the joined text
 * @policy: with its files
 * @error: filled in on failure
 *
 * Return: 0 or a negative errno of shield_parse().
 */
int policy_parse(struct policy *policy, struct shield_error *error);

/**
 * policy_locate() - the file that a position of the joined text is in
 * @policy: with its files
 * @pos: in the joined text, of ours or of the kernel's answer
 *
 * Return: file, line and column.
 */
struct policy_place policy_locate(const struct policy *policy,
				  const struct shield_pos *pos);

/**
 * policy_free() - give back what a policy owns
 * @policy: zeroed afterwards
 */
void policy_free(struct policy *policy);

#endif
