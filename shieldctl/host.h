/* SPDX-License-Identifier: GPL-2.0-only */
/* Files of the machine that tell what state it is in. */
#ifndef SHIELDCTL_HOST_H
#define SHIELDCTL_HOST_H

#include <stdbool.h>
#include <stddef.h>

/**
 * host_path() - where a file of the machine is
 * @format: absolute path, as for printf()
 *
 * Tests put another root in front.
 *
 * Return: a path to be freed.
 */
char *host_path(const char *format, ...) __attribute__((format(printf, 1, 2)));

/**
 * host_has() - does a file exist?
 * @format: absolute path, as for printf()
 *
 * Return: true if it does, whether it may be read or not.
 */
bool host_has(const char *format, ...) __attribute__((format(printf, 1, 2)));

/**
 * host_read() - the beginning of a file, without the newline at its end
 * @buffer: result, NUL-terminated; empty if it cannot be read
 * @size: bytes of @buffer
 * @format: absolute path, as for printf()
 *
 * Return: bytes read, or a negative errno.
 */
int host_read(char *buffer, size_t size, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/**
 * host_release() - the release of the running kernel, as uname -r says
 *
 * Return: valid until the program ends, empty if it cannot be known.
 */
const char *host_release(void);

/**
 * host_boot_word() - look for a word on the kernel's command line
 * @word: for example "shield.enforce=0"
 *
 * Return: true if it is there.
 */
bool host_boot_word(const char *word);

/**
 * host_is_rescued() - does the command line ask for a root shell?
 *
 * Return: true if systemd takes it as a wish for rescue.target or
 * emergency.target.
 */
bool host_is_rescued(void);

/**
 * host_run() - execute a command line, by the shell
 * @command_line: a constant: nothing of the user's is in it
 *
 * Return: true if it exited with 0.
 */
bool host_run(const char *command_line);

#endif
