/* SPDX-License-Identifier: GPL-2.0-only */
/* Where a kernel module ends, by what it says of itself. */
#ifndef SHIELDCTL_ELF_END_H
#define SHIELDCTL_ELF_END_H

#include "signature.h"

/**
 * elf_end() - the length of a module's ELF file
 * @file: its bytes, of which some may be missing or too many
 *
 * Return: the length that it should have at least, 0 if it is no relocatable
 * ELF file of 64 bits.
 */
size_t elf_end(struct bytes file);

#endif
