/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How many boots in a row have not come to their end.
 *
 * A file of one line, always as long, is written over in place: a disk that is
 * full has room for that.
 */
#ifndef SHIELDCTL_BOOTS_H
#define SHIELDCTL_BOOTS_H

#include <stdbool.h>

/* After as many, denials are only told. */
#define BOOTS_MOST 3U

/* Counts those that came to shield.service. */
#define BOOTS_LATE "/var/lib/shield/boots"
/*
 * Counts those in which the initramfs had shield loaded, and by being there has
 * it do so. On the root file system, as that is all there is then.
 */
#define BOOTS_EARLY "/etc/shield/early"

/**
 * boots_begin() - a boot begins
 * @file: BOOTS_LATE or BOOTS_EARLY
 *
 * Counts each boot once, however often it is said to begin.
 *
 * Return: 0, or a negative errno after saying on stderr what failed.
 */
int boots_begin(const char *file);

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
 * boots_forget() - start counting
 * @file: BOOTS_LATE or BOOTS_EARLY
 *
 * Return: 0, or a negative errno after saying on stderr what failed.
 */
int boots_forget(const char *file);

/**
 * boots_before() - boots in a row before this one that did not complete
 * @file: BOOTS_LATE or BOOTS_EARLY
 *
 * Return: their number.
 */
unsigned int boots_before(const char *file);

/**
 * boots_unfinished() - boots in a row that did not complete
 * @file: BOOTS_LATE or BOOTS_EARLY
 *
 * Return: their number, this one included unless it is complete.
 */
unsigned int boots_unfinished(const char *file);

/**
 * boots_is_counted() - was this boot counted, or the counting begun in it?
 * @file: BOOTS_LATE or BOOTS_EARLY
 *
 * Return: true if it was.
 */
bool boots_is_counted(const char *file);

#endif
