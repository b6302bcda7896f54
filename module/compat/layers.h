/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Files of layers. Until Linux 6.7 overlayfs opened the file of a layer under
 * the name that the file has on the overlay.
 */
#ifndef SHIELD_COMPAT_LAYERS_H
#define SHIELD_COMPAT_LAYERS_H

#include <linux/fs.h>

/**
 * shield_file_dentry() - the name of an open file on its own file system
 * @file: file
 *
 * Context: any; does not sleep.
 * Return: dentry, which the file holds.
 */
static __always_inline struct dentry *
shield_file_dentry(const struct file *file)
{
#ifdef SHIELD_HAS_d_real_type
	return file->f_path.dentry;
#else
	return file_dentry(file);
#endif
}

#endif
