// SPDX-License-Identifier: GPL-2.0-only
/*
 * Programs that policies trust.
 */
#include "subject/programs.h"

#include <linux/atomic.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "policy/limits.h"

/**
 * struct program - one number
 * @path: its path; kept while unused, so that a reload finds it again.
 *        Protects: shield_policy_mutex
 * @users: references by policies and tasks; a number without any may be given
 *         to another path
 */
struct program {
	char *path;
	atomic_t users;
};

static struct program programs[SHIELD_MAX_PROGRAMS];

static int find(const char *path)
{
	unsigned int i;

	for (i = 0; i < SHIELD_MAX_PROGRAMS && programs[i].path; i++)
		if (!strcmp(programs[i].path, path))
			return i;
	return -ENOENT;
}

static int find_unused(void)
{
	unsigned int i;

	for (i = 0; i < SHIELD_MAX_PROGRAMS; i++)
		if (!atomic_read(&programs[i].users))
			return i;
	return -E2BIG;
}

int shield_program_intern(const char *path)
{
	int program = find(path);
	char *copy;

	if (program < 0) {
		program = find_unused();
		if (program < 0)
			return program;
		copy = kstrdup(path, GFP_KERNEL);
		if (!copy)
			return -ENOMEM;
		kfree(programs[program].path);
		programs[program].path = copy;
	}
	atomic_inc(&programs[program].users);
	return program;
}

void shield_program_get(u16 program)
{
	atomic_inc(&programs[program].users);
}

void shield_program_put(u16 program)
{
	atomic_dec(&programs[program].users);
}

void shield_program_exit(void)
{
	unsigned int i;

	for (i = 0; i < SHIELD_MAX_PROGRAMS; i++) {
		WARN_ON_ONCE(atomic_read(&programs[i].users));
		kfree(programs[i].path);
		programs[i].path = NULL;
	}
}
