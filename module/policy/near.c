// SPDX-License-Identifier: GPL-2.0-only
#include "near.h"

/* Longer words get no suggestion; bounds the work and the stack. */
#define LONGEST 24

static u8 least(u8 a, u8 b, u8 c)
{
	u8 least = a < b ? a : b;

	return least < c ? least : c;
}

/* Levenshtein's distance, one row of the table at a time. */
static u8 distance(const char *a, u8 a_len, const char *b, u8 b_len)
{
	u8 row[LONGEST + 1];
	u8 diagonal, above, i, j;

	for (j = 0; j <= b_len; j++)
		row[j] = j;
	for (i = 1; i <= a_len; i++) {
		diagonal = row[0];
		row[0] = i;
		for (j = 1; j <= b_len; j++) {
			above = row[j];
			row[j] = least(above + 1, row[j - 1] + 1,
				       diagonal + (a[i - 1] != b[j - 1]));
			diagonal = above;
		}
	}
	return row[b_len];
}

bool shield_near_is(const char *word, size_t len, const char *name)
{
	size_t name_len = strlen(name);

	if (len < 2 || len > LONGEST || name_len > LONGEST)
		return false;
	return distance(word, len, name, name_len) <= (len <= 3 ? 1 : 2);
}
