/* SPDX-License-Identifier: GPL-2.0-only */
/* Modules as distributions install them: plain, .xz or .zst. */
#ifndef SHIELDCTL_UNPACK_H
#define SHIELDCTL_UNPACK_H

#include "text.h"

/* No module is larger; a file that says so would only fill the memory. */
#define MODULE_MOST (256U << 20)

/**
 * unpack() - replace compressed bytes by what they stand for
 * @text: a file's bytes; told apart by how they begin, not by a name
 * @kind: becomes "none", "xz", "zstd" or "gzip"
 *
 * Return: 0; -ENODATA if the compressed stream ends too early; -EBADMSG if it
 * is damaged, or something stands behind it; -EFBIG if it is larger than any
 * module; -EOPNOTSUPP for gzip, which no kernel that shield knows is built with.
 */
int unpack(struct text *text, const char **kind);

#endif
