/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the fuzzers share. Each of them is a file named for the format that it
 * feeds to its reader, or takes from its writer.
 */
#ifndef SELFTESTS_FUZZ_FUZZ_H
#define SELFTESTS_FUZZ_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/**
 * LLVMFuzzerTestOneInput() - what libFuzzer calls again and again
 * @data: bytes of its choice
 * @size: their number
 *
 * Return: 0.
 */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/**
 * insist() - a promise of the code under test
 * @holds: whether it was kept; if not, libFuzzer keeps the bytes and ends
 */
#define insist(holds)                                                  \
	((holds) ? (void)0 :                                           \
		   (fprintf(stderr, "%s:%d: not kept: %s\n", __FILE__, \
			    __LINE__, #holds),                         \
		    abort()))

/**
 * copy_bytes() - bytes in a block of exactly their size
 * @data: bytes
 * @size: their number
 *
 * So that the sanitizer sees each byte that is read behind them.
 *
 * Return: a block to be freed.
 */
static inline char *copy_bytes(const void *data, size_t size)
{
	char *copy = malloc(size ? size : 1);

	insist(copy);
	if (size)
		memcpy(copy, data, size);
	return copy;
}

/**
 * copy_string() - bytes as a string: up to the first NUL, if there is one
 * @data: bytes
 * @size: their number
 *
 * Return: a string to be freed, whose block ends with its NUL.
 */
static inline char *copy_string(const void *data, size_t size)
{
	const size_t len = size ? strnlen(data, size) : 0;
	char *copy = malloc(len + 1);

	insist(copy);
	if (len)
		memcpy(copy, data, len);
	copy[len] = '\0';
	return copy;
}

/**
 * struct input - what is left of libFuzzer's bytes
 * @at: next byte
 * @left: how many
 */
struct input {
	const uint8_t *at;
	size_t left;
};

/**
 * take_number() - a number of some bytes
 * @input: input; what it lacks reads as 0
 * @bytes: 8 at most
 *
 * Return: the number.
 */
static inline uint64_t take_number(struct input *input, unsigned int bytes)
{
	uint64_t number = 0;

	for (; bytes; bytes--) {
		number <<= 8;
		if (!input->left)
			continue;
		number |= *input->at++;
		input->left--;
	}
	return number;
}

/**
 * take_line() - bytes up to a newline, or all
 * @input: input; the newline is taken too
 *
 * Return: a string to be freed; it ends at a NUL, if there is one.
 */
static inline char *take_line(struct input *input)
{
	const uint8_t *end =
		input->left ? memchr(input->at, '\n', input->left) : NULL;
	const size_t len = end ? (size_t)(end - input->at) : input->left;
	char *line = copy_string(input->at, len);

	input->at += len + !!end;
	input->left -= len + !!end;
	return line;
}

#endif
