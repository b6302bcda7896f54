/* SPDX-License-Identifier: GPL-2.0-only */
/* The files of shield in securityfs. */
#ifndef SHIELDCTL_KERNEL_H
#define SHIELDCTL_KERNEL_H

#include <stdbool.h>

#include "../module/policy/parse.h"
#include "text.h"

/**
 * enum kernel_state - can we talk to shield
 * @KERNEL_READY: yes
 * @KERNEL_NOT_LOADED: the module is not loaded
 * @KERNEL_NO_SECURITYFS: it is, but securityfs is not mounted
 * @KERNEL_NO_FILES: it is, but its files are not there
 * @KERNEL_NOT_PERMITTED: we may not read them
 */
enum kernel_state {
	KERNEL_READY,
	KERNEL_NOT_LOADED,
	KERNEL_NO_SECURITYFS,
	KERNEL_NO_FILES,
	KERNEL_NOT_PERMITTED,
};

/**
 * kernel_path() - path of a file of shield
 * @file: "policy", "status", or "" for the directory
 *
 * Return: a string that is overwritten by the next call.
 */
const char *kernel_path(const char *file);

/**
 * kernel_probe() - look for shield
 *
 * Return: what was found.
 */
enum kernel_state kernel_probe(void);

/**
 * kernel_explain() - a state for a person
 * @state: any but KERNEL_READY
 *
 * Return: what is the matter, and what to do.
 */
const char *kernel_explain(enum kernel_state state);

/**
 * kernel_require() - say on stderr why we cannot talk to shield
 *
 * Return: STATUS_OK if we can, otherwise the exit status.
 */
int kernel_require(void);

/**
 * kernel_read() - read a file of shield
 * @file: its name
 * @text: appended to
 *
 * Return: 0, or a negative errno after saying on stderr what failed.
 */
int kernel_read(const char *file, struct text *text);

/**
 * kernel_ask() - write to a file of shield, and read what it has to say
 * @file: its name
 * @words: written by one write()
 * @len: bytes of @words
 * @answer: appended to
 *
 * Return: 0, or a negative errno.
 */
int kernel_ask(const char *file, const char *words, size_t len,
	       struct text *answer);

/**
 * kernel_lock() - keep other shieldctl from changing the policy
 *
 * Between reading a policy and writing it back, so that no change is lost.
 *
 * Return: a descriptor to be closed, or a negative errno after saying on
 * stderr what failed.
 */
int kernel_lock(void);

/**
 * struct kernel_answer - what the kernel said to a policy
 * @errno_value: 0 or a negative errno
 * @error: valid if @errno_value is not 0; line 0 and an empty message if the
 *         kernel gave no reason of its own
 * @has_reason: the kernel gave a reason of its own
 * @notices: lines "LINE:COLUMN: notice: ..."
 */
struct kernel_answer {
	int errno_value;
	struct shield_error error;
	bool has_reason;
	struct text notices;
};

/**
 * kernel_write_policy() - put a policy in force
 * @text: the whole of it
 * @answer: result, whose notices are to be freed
 */
void kernel_write_policy(const struct text *text, struct kernel_answer *answer);

/**
 * kernel_parse_answer() - take "LINE:COLUMN: MESSAGE" apart
 * @line: NUL-terminated
 * @error: result
 *
 * Return: true if it is of this form.
 */
bool kernel_parse_answer(const char *line, struct shield_error *error);

/**
 * kernel_load_module() - load shield.ko and what it depends on
 * @parameters: of the module, as on modprobe's command line
 *
 * Return: 0, or a negative errno after saying on stderr what failed.
 */
int kernel_load_module(const char *parameters);

#endif
