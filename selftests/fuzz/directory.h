/* SPDX-License-Identifier: GPL-2.0-only */
/* A directory for code that reads files, in memory: millions are written. */
#ifndef SELFTESTS_FUZZ_DIRECTORY_H
#define SELFTESTS_FUZZ_DIRECTORY_H

#include <stddef.h>

/**
 * directory_make() - make a directory of our own, which goes when we end
 * @variable: of the environment, set to its path
 *
 * Return: its path.
 */
const char *directory_make(const char *variable);

/**
 * directory_write() - give a file in it other bytes
 * @name: its path in the directory, whose directories are made
 * @data: bytes
 * @size: their number
 */
void directory_write(const char *name, const void *data, size_t size);

#endif
