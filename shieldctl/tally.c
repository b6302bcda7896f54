// SPDX-License-Identifier: GPL-2.0-only
#include "tally.h"

#include <stdlib.h>
#include <string.h>

#include "text.h"

static char *copy(const char *name)
{
	size_t size = strlen(name) + 1;

	return memcpy(allocate(size), name, size);
}

static struct tally_entry *append(struct tally *tally, const char *name)
{
	struct tally_entry *entries =
		allocate((tally->nr + 1) * sizeof(*entries));

	if (tally->nr)
		memcpy(entries, tally->entries, tally->nr * sizeof(*entries));
	free(tally->entries);
	tally->entries = entries;
	entries[tally->nr].name = copy(name);
	return &entries[tally->nr++];
}

void tally_add(struct tally *tally, const char *name, unsigned long long count)
{
	size_t i;

	if (!*name)
		return;
	for (i = 0; i < tally->nr; i++)
		if (!strcmp(tally->entries[i].name, name))
			break;
	if (i == tally->nr)
		append(tally, name);
	tally->entries[i].count += count;
}

static int compare(const void *a, const void *b)
{
	const struct tally_entry *x = a, *y = b;

	if (x->count != y->count)
		return x->count < y->count ? 1 : -1;
	return strcmp(x->name, y->name);
}

void tally_sort(struct tally *tally)
{
	if (tally->nr)
		qsort(tally->entries, tally->nr, sizeof(*tally->entries),
		      compare);
}

void tally_free(struct tally *tally)
{
	size_t i;

	for (i = 0; i < tally->nr; i++)
		free(tally->entries[i].name);
	free(tally->entries);
	*tally = (struct tally){ 0 };
}
