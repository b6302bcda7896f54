/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * __assign_str() lost its second argument in 6.10.
 */
#ifndef SHIELD_COMPAT_TRACE_H
#define SHIELD_COMPAT_TRACE_H

#ifdef SHIELD_ASSIGN_STR_TAKES_ONE
#define shield_assign_str(field, value) __assign_str(field)
#else
#define shield_assign_str(field, value) __assign_str(field, value)
#endif

#endif
