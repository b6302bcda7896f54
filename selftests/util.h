/* SPDX-License-Identifier: GPL-2.0-only */
/* What every test program needs: a place to work in, commands, small files. */
#ifndef SHIELD_SELFTESTS_UTIL_H
#define SHIELD_SELFTESTS_UTIL_H

#include <stdbool.h>
#include <stddef.h>

/* Absolute; made by util_begin(), removed with all that is mounted in it. */
extern const char *util_work;

/*
 * Makes the working directory with the program `trusted` in it, a copy of this
 * one. When the calling process exits, all is removed and shield is unloaded.
 */
void util_begin(void);

/* A path in the working directory; malloc()ed. */
char *__attribute__((format(printf, 1, 2))) util_path(const char *format, ...);

/* Exit status of a program: 127 if it cannot be run, 128 + a signal. */
int util_wait(int pid);
int util_run(const char *program, char *const argv[]);

/* Exit status of a shell command. Its output becomes notes if it fails. */
int __attribute__((format(printf, 1, 2))) util_sh(const char *format, ...);

/* The same, where failure is a broken test: notes it and leaves the test. */
void __attribute__((format(printf, 1, 2))) util_must(const char *format, ...);

/* Whole text of a file, malloc()ed; NULL and errno if it cannot be read. */
char *util_read(const char *path);

/* 0, or -errno. Creates, truncates; one write(). */
int util_write(const char *path, const char *text);

int util_copy(const char *from, const char *to, int mode);
bool util_exists(const char *path);
void util_sleep_ms(unsigned int ms);

/* Polls until @is_so holds; false when that takes longer than @ms. */
bool util_becomes(bool (*is_so)(void *context), void *context, unsigned int ms);

#endif
