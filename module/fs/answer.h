/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A file that is written a word, and read for what came of it: by the same open
 * file, without lseek(), because writing leaves the offset at 0.
 */
#ifndef SHIELD_FS_ANSWER_H
#define SHIELD_FS_ANSWER_H

#include <linux/fs.h>
#include <linux/mutex.h>

/* Room for an answer, with its end. */
#define SHIELD_ANSWER 512

/**
 * struct shield_answer - one open file
 * @lock: Protects: @text
 * @text: what reading gives; a writer leaves room for a newline
 */
struct shield_answer {
	struct mutex lock; /* Protects: text */
	char text[SHIELD_ANSWER + 1];
};

/**
 * shield_answer_open() - give an open file room for answers
 * @file: file that is being opened
 *
 * Context: process; sleeps.
 * Return: the room, also in @file's private_data; NULL without memory.
 */
struct shield_answer *shield_answer_open(struct file *file);

/**
 * shield_answer_release() - release() of such files
 * @inode: unused
 * @file: file that nobody has open any more
 *
 * Return: 0.
 */
int shield_answer_release(struct inode *inode, struct file *file);

/**
 * shield_answer_read() - read() of such files
 * @file: open file
 * @buffer: to be filled
 * @size: its bytes
 * @pos: offset in the answer
 *
 * Context: process; sleeps.
 * Return: bytes read, or -EFAULT.
 */
ssize_t shield_answer_read(struct file *file, char __user *buffer, size_t size,
			   loff_t *pos);

/**
 * shield_answer_begin() - somebody writes: forget the answer before
 * @file: open file
 *
 * Context: process; sleeps. Until shield_answer_end() nobody reads.
 * Return: room for SHIELD_ANSWER bytes, an empty string.
 */
char *shield_answer_begin(struct file *file);

/**
 * shield_answer_end() - the answer is written, as a line if there is any
 * @file: open file
 *
 * Context: process.
 */
void shield_answer_end(struct file *file);

#endif
