/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Whether a descriptor that was opened to append always does.
 */
#ifndef SHIELD_COMPAT_APPEND_H
#define SHIELD_COMPAT_APPEND_H

#include <linux/fs.h>
#include <linux/types.h>

/**
 * shield_append_may_lapse() - can a single write disregard O_APPEND?
 *
 * Description: since 6.9, by a flag of pwritev2() and its kin.
 *
 * Return: true if so.
 */
static inline bool shield_append_may_lapse(void)
{
#ifdef RWF_NOAPPEND
	return true;
#else
	return false;
#endif
}

#endif
