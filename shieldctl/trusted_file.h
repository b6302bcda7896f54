/* SPDX-License-Identifier: GPL-2.0-only */
/* A module file, verified with the certificate that this machine has pinned. */
#ifndef SHIELDCTL_TRUSTED_FILE_H
#define SHIELDCTL_TRUSTED_FILE_H

#include "signature.h"

/**
 * struct trusted_file - what was found
 * @error: 0, or a negative errno: nothing was verified; -ENOENT if no
 *         certificate is pinned
 * @verdict: valid if @error is 0
 * @detail: what is wrong in particular, may be empty
 */
struct trusted_file {
	int error;
	enum verdict verdict;
	char detail[160];
};

/**
 * trusted_file_verify() - read a file and verify its signature
 * @path: of the file, compressed or not
 * @file: result
 */
void trusted_file_verify(const char *path, struct trusted_file *file);

#endif
