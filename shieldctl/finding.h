/* SPDX-License-Identifier: GPL-2.0-only */
/* What the examination of a machine found, one line each. */
#ifndef SHIELDCTL_FINDING_H
#define SHIELDCTL_FINDING_H

#include <stdbool.h>
#include <stddef.h>

/**
 * enum level - what a finding means
 * @LEVEL_OK: as it must be
 * @LEVEL_NOTE: worth knowing, needs nothing
 * @LEVEL_WRONG: protection is missing or will be
 * @LEVEL_UNKNOWN: it could not be found out, which is no better
 */
enum level {
	LEVEL_OK,
	LEVEL_NOTE,
	LEVEL_WRONG,
	LEVEL_UNKNOWN,
};

/**
 * struct finding - one line
 * @level: what it means
 * @name: what was looked at, for programs that read the output
 * @what: the state
 * @next: what to do about it, NULL if nothing
 */
struct finding {
	enum level level;
	const char *name;
	char *what;
	char *next;
};

/**
 * struct findings - in the order of looking
 * @all: the findings
 * @nr: elements of @all
 */
struct findings {
	struct finding *all;
	size_t nr;
};

/**
 * finding_add() - add a line
 * @findings: to grow
 * @level: what it means
 * @name: a constant string
 * @format: the state, as for printf()
 */
void finding_add(struct findings *findings, enum level level, const char *name,
		 const char *format, ...) __attribute__((format(printf, 4, 5)));

/**
 * finding_next() - say what to do about the last line added
 * @findings: not empty
 * @format: the step, as for printf()
 */
void finding_next(struct findings *findings, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/**
 * findings_healthy() - is all as it must be?
 * @findings: lines
 *
 * Return: true if nothing is wrong and nothing unknown.
 */
bool findings_healthy(const struct findings *findings);

/**
 * findings_print() - write the lines to the standard output
 * @findings: lines
 * @is_json: as one JSON document
 */
void findings_print(const struct findings *findings, bool is_json);

/**
 * findings_free() - give the lines back
 * @findings: empty afterwards
 */
void findings_free(struct findings *findings);

#endif
