/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Policy text to syntax tree. Pure: no allocation, no I/O, no kernel call, so
 * that the kernel, shieldctl, the unit tests and the fuzzer run the same code.
 *
 * The grammar is documented in docs/policy.md.
 */
#ifndef SHIELD_POLICY_PARSE_H
#define SHIELD_POLICY_PARSE_H

#include "limits.h"
#include "pure.h"
#include "rights.h"

/**
 * struct shield_pos - a place in the text, both counted from 1
 * @line: line
 * @column: column, in bytes
 */
struct shield_pos {
	u32 line;
	u32 column;
};

/**
 * struct shield_error - why a text was refused, for a person to read
 * @pos: where; line 0 means the text as a whole
 * @message: one sentence without newline: what is wrong and what would be right
 */
struct shield_error {
	struct shield_pos pos;
	char message[200];
};

/**
 * struct shield_ast_group - the program group a bit of a group mask stands for
 * @name: NUL-terminated
 * @any_namespace: `namespace any`: also trusted outside init's root and mount
 *                 namespace, and under a seccomp filter
 * @window: `window`: trusted only while a maintenance window names them
 * @strict: `strict`: they execute only code that is guarded against modify
 * @pos: its first line
 */
struct shield_ast_group {
	const char *name;
	bool any_namespace;
	bool window;
	bool strict;
	struct shield_pos pos;
};

/**
 * struct shield_ast_program - one path of a `program` line
 * @path: absolute, unescaped, NUL-terminated
 * @group: index into shield_ast.groups
 * @pos: where the path stands
 */
struct shield_ast_program {
	const char *path;
	u8 group;
	struct shield_pos pos;
};

/**
 * struct shield_grant - `allow RIGHTS to PROGRAMS`
 * @groups: mask of program groups
 * @rights: what they may do although the rule denies it to others
 */
struct shield_grant {
	u64 groups;
	u16 rights;
};

/**
 * struct shield_ast_rule - one protect or watch line
 * @path: absolute, unescaped, normalised (no `//`, `.`, `..`, no trailing
 *        slash), NUL-terminated
 * @except: groups that the rule does not concern
 * @grants: `allow … to …`; an `allow` without `to` is subtracted from @rights
 * @nr_grants: used elements of @grants
 * @rights: denied (protect) or watched (watch)
 * @watch: the rule reports and never denies
 * @recursive: @path and everything below it
 * @prefix: every name in the parent directory that begins with the last
 *          component of @path, except that name itself
 * @pos: where the line begins
 * @path_pos: where the path stands
 */
struct shield_ast_rule {
	const char *path;
	u64 except;
	struct shield_grant grants[SHIELD_MAX_GRANTS];
	u8 nr_grants;
	u16 rights;
	bool watch;
	bool recursive;
	bool prefix;
	struct shield_pos pos;
	struct shield_pos path_pos;
};

/**
 * struct shield_ast - a parsed policy; all pointers lead into the arena
 * @name: from the `name` line; "" if there is none
 * @groups: program groups, bit n of a mask is element n
 * @programs: all paths of all groups, in the order of the text
 * @rules: all rules, in the order of the text
 * @nr_groups: elements of @groups
 * @nr_programs: elements of @programs
 * @nr_rules: elements of @rules
 * @adopt: line of the first `adopt running`, or 0
 */
struct shield_ast {
	const char *name;
	struct shield_ast_group *groups;
	struct shield_ast_program *programs;
	struct shield_ast_rule *rules;
	u32 nr_groups;
	u32 nr_programs;
	u32 nr_rules;
	u32 adopt;
};

/**
 * shield_parse_arena_size() - memory that parsing a text can need
 * @text: the text
 * @len: its bytes
 *
 * Counts lines, so the result is linear in the text and not a multiple of a
 * worst case.
 *
 * Return: bytes, for any text, also one that will be refused.
 */
size_t shield_parse_arena_size(const char *text, size_t len);

/**
 * shield_parse() - parse a whole policy
 * @text: the text, not NUL-terminated; may hold any byte
 * @len: its bytes
 * @arena: shield_parse_arena_size() bytes, aligned for a u64; owned by the
 *         caller, must live as long as @ast is used
 * @ast: result, valid if 0 was returned
 * @error: filled in if an error was returned
 *
 * The text may begin anew with another `shield 1` line: concatenated files
 * are one policy, whose name is that of the first.
 *
 * Context: any; does not sleep, recurse or allocate.
 * Return: 0; -EINVAL for a text that is not a policy; -E2BIG for one past a
 * limit of limits.h.
 */
int shield_parse(const char *text, size_t len, void *arena,
		 struct shield_ast *ast, struct shield_error *error);

#endif
