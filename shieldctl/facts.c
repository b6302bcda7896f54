// SPDX-License-Identifier: GPL-2.0-only
#include "facts.h"

#include <stdlib.h>
#include <string.h>

#include "kernel.h"

#define NR_LINES (sizeof(((struct facts *)0)->lines) / sizeof(struct fact))

int facts_read(struct facts *facts)
{
	char *line, *rest, *colon;
	int ret = kernel_read("status", &facts->text);

	if (ret || !facts->text.len)
		return ret;
	for (line = strtok_r(facts->text.data, "\n", &rest);
	     line && facts->nr < NR_LINES; line = strtok_r(NULL, "\n", &rest)) {
		colon = strchr(line, ':');
		if (!colon)
			continue;
		*colon++ = '\0';
		facts->lines[facts->nr++] = (struct fact){
			.key = line,
			.value = colon + strspn(colon, " \t"),
		};
	}
	return 0;
}

const char *facts_get(const struct facts *facts, const char *key)
{
	size_t i;

	for (i = 0; i < facts->nr; i++)
		if (!strcmp(facts->lines[i].key, key))
			return facts->lines[i].value;
	return "unknown";
}

bool facts_is(const struct facts *facts, const char *key, const char *value)
{
	return !strcmp(facts_get(facts, key), value);
}

bool facts_healthy(const struct facts *facts)
{
	return facts_is(facts, "health", "ok") ||
	       facts_is(facts, "health", "unknown");
}

unsigned long long facts_number(const struct facts *facts, const char *key)
{
	return strtoull(facts_get(facts, key), NULL, 10);
}

void facts_free(struct facts *facts)
{
	text_free(&facts->text);
	facts->nr = 0;
}
