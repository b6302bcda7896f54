// SPDX-License-Identifier: GPL-2.0-only
/*
 * Who could write by an earlier way in: the report.
 */
#include "policy/holders.h"

#include <linux/kernel.h>
#include <linux/mutex.h>
#include <linux/string.h>

/* Protects: known. Inside shield_policy_mutex. */
static DEFINE_MUTEX(known_lock);
static struct shield_holders known;

void shield_holders_set(const struct shield_holders *holders)
{
	mutex_lock(&known_lock);
	known = *holders;
	mutex_unlock(&known_lock);
}

void shield_holders_get(struct shield_holders *holders)
{
	mutex_lock(&known_lock);
	*holders = known;
	mutex_unlock(&known_lock);
}

static bool is_same(const struct shield_holder *a,
		    const struct shield_holder *b)
{
	return a->way == b->way && a->pid == b->pid && a->fd == b->fd &&
	       a->ino == b->ino;
}

bool shield_holders_had(const struct shield_holder *holder)
{
	bool had = false;
	unsigned int i;

	mutex_lock(&known_lock);
	for (i = 0; i < min_t(unsigned int, known.nr, SHIELD_MAX_HOLDERS); i++)
		had |= is_same(&known.all[i], holder);
	mutex_unlock(&known_lock);
	return had;
}

void shield_holder_format(const struct shield_holder *holder, char *text,
			  size_t size)
{
	int len = strlen(holder->comm);

	switch (holder->way) {
	case SHIELD_BY_DESCRIPTOR:
		scnprintf(text, size, "process %d (%*pE), descriptor %u",
			  holder->pid, len, holder->comm, holder->fd);
		break;
	case SHIELD_BY_MAPPING:
		scnprintf(text, size, "process %d (%*pE), shared mapping",
			  holder->pid, len, holder->comm);
		break;
	case SHIELD_BY_UNKNOWN:
		scnprintf(text, size,
			  "something that is no descriptor of a process");
		break;
	}
}
