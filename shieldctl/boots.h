/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How many boots in a row have not come to their end.
 *
 * A file of one line, always as long, is written over in place: a disk that is
 * full has room for that.
 */
#ifndef SHIELDCTL_BOOTS_H
#define SHIELDCTL_BOOTS_H

/* After as many, denials are only told. */
#define BOOTS_MOST 3

/**
 * boots_begin() - a boot begins
 *
 * Counts each boot once, however often it is said to begin. What cannot be
 * written is said on stderr.
 *
 * Return: boots in a row before this one that did not complete.
 */
unsigned int boots_begin(void);

/**
 * boots_complete() - this boot has come to its end
 *
 * One in which denials were only told says nothing about one in which they are
 * carried out: after it, the next one that does not complete is one too many.
 *
 * Return: 0, or a negative errno after saying on stderr what failed.
 */
int boots_complete(void);

/**
 * boots_unfinished() - boots in a row that did not complete
 *
 * Return: their number, this one included unless it is complete.
 */
unsigned int boots_unfinished(void);

#endif
