/* SPDX-License-Identifier: GPL-2.0-only */
/* Test Anything Protocol for the tests of the pure policy code. */
#ifndef SELFTESTS_POLICY_TAP_H
#define SELFTESTS_POLICY_TAP_H

#include <stdbool.h>

/**
 * tap_result() - report one test
 * @is_good: it passed
 * @name: a sentence that holds when it passes
 *
 * Return: @is_good, so that the caller can print what it got with tap_note().
 */
bool tap_result(bool is_good, const char *name);

/**
 * tap_note() - say more about the test reported last
 * @label: what the text is
 * @text: may have several lines
 */
void tap_note(const char *label, const char *text);

/**
 * tap_finish() - print the plan
 *
 * Return: exit status of the program.
 */
int tap_finish(void);

#endif
