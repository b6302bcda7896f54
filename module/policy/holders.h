/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Who could write what the policy in force protects, by a way that is older
 * than the protection: a report for people.
 */
#ifndef SHIELD_POLICY_HOLDERS_H
#define SHIELD_POLICY_HOLDERS_H

#include <linux/sched.h>
#include <linux/types.h>

/* Those that are told by name. */
#define SHIELD_MAX_HOLDERS 16

/**
 * enum shield_way - how a file is held
 * @SHIELD_BY_DESCRIPTOR: a descriptor of a process
 * @SHIELD_BY_MAPPING: a shared mapping of a process
 * @SHIELD_BY_UNKNOWN: something that no process shows: a descriptor on its way
 *                     through a socket, a file registered with io_uring, a
 *                     part of the kernel
 */
enum shield_way {
	SHIELD_BY_DESCRIPTOR,
	SHIELD_BY_MAPPING,
	SHIELD_BY_UNKNOWN,
};

/**
 * struct shield_holder - one way into one file
 * @way: how it is held
 * @pid: process; 0 if @way is SHIELD_BY_UNKNOWN
 * @fd: descriptor, if it is one
 * @line: line of the rule that protects the file
 * @column: where its path stands in that line
 * @ino: number of the file
 * @comm: name of the process
 * @path: path of the rule
 */
struct shield_holder {
	enum shield_way way;
	pid_t pid;
	unsigned int fd;
	u32 line;
	u32 column;
	u64 ino;
	char comm[TASK_COMM_LEN];
	char path[128];
};

/**
 * struct shield_holders - all that are known
 * @nr: how many there are; only the first SHIELD_MAX_HOLDERS are in @all
 * @all: elements
 */
struct shield_holders {
	unsigned int nr;
	struct shield_holder all[SHIELD_MAX_HOLDERS];
};

/**
 * shield_holders_set() - who they are now
 * @holders: copied
 *
 * Context: process; sleeps.
 */
void shield_holders_set(const struct shield_holders *holders);

/**
 * shield_holders_get() - who they were when they were last looked for
 * @holders: result
 *
 * Context: process; sleeps.
 */
void shield_holders_get(struct shield_holders *holders);

/**
 * shield_holders_had() - was this one known already?
 * @holder: compared in all but its names
 *
 * Context: process; sleeps.
 * Return: true if so.
 */
bool shield_holders_had(const struct shield_holder *holder);

/**
 * shield_holder_format() - who, and how, in words
 * @holder: holder
 * @text: result
 * @size: bytes of @text
 */
void shield_holder_format(const struct shield_holder *holder, char *text,
			  size_t size);

#endif
