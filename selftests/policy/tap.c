// SPDX-License-Identifier: GPL-2.0-only
#include "tap.h"

#include <stdio.h>

static int nr_tests, nr_failed;

bool tap_result(bool is_good, const char *name)
{
	printf("%s %d - %s\n", is_good ? "ok" : "not ok", ++nr_tests, name);
	nr_failed += !is_good;
	return is_good;
}

void tap_note(const char *label, const char *text)
{
	printf("# %s: ", label);
	for (; *text; text++) {
		putchar(*text);
		if (*text == '\n')
			printf("#   ");
	}
	putchar('\n');
}

int tap_finish(void)
{
	printf("1..%d\n", nr_tests);
	return nr_failed != 0;
}
