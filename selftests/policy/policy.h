/* SPDX-License-Identifier: GPL-2.0-only */
/* What the tests of the parser share. */
#ifndef SELFTESTS_POLICY_POLICY_H
#define SELFTESTS_POLICY_POLICY_H

#include "../../module/policy/parse.h"

/**
 * struct parsed - outcome of one parse
 * @text: copy of the text, in a block of exactly its size so that the
 *        sanitizer sees each byte read behind it
 * @arena: block of exactly the announced size
 * @arena_size: its bytes
 * @ret: what shield_parse() returned
 * @ast: valid if @ret is 0
 * @error: valid if it is not
 */
struct parsed {
	char *text;
	void *arena;
	size_t arena_size;
	int ret;
	struct shield_ast ast;
	struct shield_error error;
};

/**
 * policy_parse() - parse a copy of a text
 * @text: the text
 * @len: its bytes
 *
 * Return: the outcome, to be given to policy_free().
 */
struct parsed *policy_parse(const char *text, size_t len);

/**
 * policy_free() - give an outcome back
 * @parsed: from policy_parse()
 */
void policy_free(struct parsed *parsed);

/**
 * policy_print() - a tree as text
 * @ast: the tree
 *
 * Return: a string to be freed.
 */
char *policy_print(const struct shield_ast *ast);

/**
 * policy_explain() - an error as shieldctl and the kernel write it
 * @error: the error
 *
 * Return: "LINE:COLUMN: MESSAGE", to be freed.
 */
char *policy_explain(const struct shield_error *error);

/* The tables, each a file; run by main.c. */
void test_accepted(void);
void test_refused(void);
void test_limits(void);
void test_words(void);
void test_builtin(void);
void test_sealed(void);
void test_envelope(void);

#endif
