// SPDX-License-Identifier: GPL-2.0-only
#include "remedy.h"

#include <stdio.h>
#include <string.h>

#include "../module/policy/pure.h"
#include "facts.h"
#include "print.h"

static const struct {
	const char *kind;
	const char *text;
} remedies[] = {
	{ "seal",
	  "shield is sealed, or was to be, which holds for everybody until the machine restarts.\n"
	  "what would allow it: for a policy, a signature by the policy key with a newer version;\n"
	  "for anything else a restart without the seal (docs/sealing.md)" },
	{ "window",
	  "what would allow it, if it was refused: a token that is signed anew, for what\n"
	  "'shieldctl window status' prints on this machine now (docs/windows.md)" },
	{ "policy", "nothing was denied: it tells which policy is in force" },
	{ "holder",
	  "it has a protected file open since before it was protected, or was trusted no more.\n"
	  "what would allow it: restart the program, so that it opens the file anew, if a rule lets it" },
	{ "health",
	  "nothing was denied: it tells that a hook does not act, or that nobody can look whether\n"
	  "hooks act, or the end of that; see shieldctl status" },
};

/* Denied without a file: one task would have taken control of another. */
static void tell_control(const struct event *event)
{
	if (strncmp(event_get(event, "hook"), "security_ptrace_", 16))
		return;
	printf("the process would have come under the control of another, or the other under its own,\n"
	       "that is not trusted in as many program groups; one of the two runs a program of line %s.\n"
	       "what would allow it: nothing but to take that program off the policy, or to debug one that\n"
	       "was started before shield. To read about it, as ps does, is never denied\n",
	       event_get(event, "line"));
}

/* The rule is that of the program, and what is wrong is the code. */
static void tell_code(const struct event *event)
{
	const char *path = event_get(event, "path");

	printf("the program is strict by line %s: it may execute only files under deny modify, as they are.\n",
	       event_get(event, "line"));
	if (*path != '/' || strstr(event_get(event, "note"), "memory") ||
	    strstr(event_get(event, "note"), "shared")) {
		puts("what would allow it: nothing but to take 'strict' off all lines of its group");
		return;
	}
	fputs("what would allow it, if the file belongs there: a line\n    protect ",
	      stdout);
	print_path(stdout, path);
	puts(" deny modify except packages\n"
	     "or one for its directory; a file with several links needs one of its own");
}

static void tell_other_policy(const struct event *event)
{
	unsigned long long generation = event_number(event, "gen");
	struct facts facts = { 0 };

	if (generation && !facts_read(&facts) &&
	    facts_number(&facts, "generation") != generation)
		printf("the rule was line %s of the policy of generation %llu; below is what the one in force says, %llu\n",
		       event_get(event, "line"), generation,
		       facts_number(&facts, "generation"));
	facts_free(&facts);
}

void remedy_tell(const struct event *event)
{
	const char *kind = event_get(event, "kind");
	size_t i;

	if (!strcmp(kind, "suppressed"))
		kind = event_get(event, "of");
	for (i = 0; i < ARRAY_SIZE(remedies); i++)
		if (!strcmp(kind, remedies[i].kind) &&
		    (strcmp(kind, "window") || !*event_get(event, "rights")))
			puts(remedies[i].text);
	if (event_is_code(event))
		tell_code(event);
	else if (*event_get(event, "path"))
		tell_other_policy(event);
	else
		tell_control(event);
}
