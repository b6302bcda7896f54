// SPDX-License-Identifier: GPL-2.0-only
#include "act.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "util.h"

/* Where an errno that cannot be an exit status ends. */
#define STRANGE 99

const struct act *const act_tables[] = {
	act_open, act_copy,  act_handle,  act_name,    act_directory,
	act_attr, act_mount, act_earlier, act_extents,
};

const unsigned int act_nr_tables = sizeof(act_tables) / sizeof(*act_tables);

const char *act_rights(unsigned int rights)
{
	static const char *const names[NR_RIGHTS] = {
		"read",	  "write", "append", "exec",  "remove",
		"create", "link",  "attr",   "mount",
	};
	static char text[128];
	int i;

	*text = '\0';
	for (i = 0; i < NR_RIGHTS; i++) {
		if (!(rights & (1U << i)))
			continue;
		if (*text)
			strcat(text, ",");
		strcat(text, names[i]);
	}
	return text;
}

const struct act *act_find(const char *name)
{
	const struct act *act;
	unsigned int i;

	for (i = 0; i < act_nr_tables; i++)
		for (act = act_tables[i]; act->name; act++)
			if (!strcmp(act->name, name))
				return act;
	for (act = act_special; act->name; act++)
		if (!strcmp(act->name, name))
			return act;
	for (act = act_encoded; act->name; act++)
		if (!strcmp(act->name, name))
			return act;
	fprintf(stderr, "no act is called %s\n", name);
	abort();
}

int act_by(const char *program, const struct act *act, const char *dir)
{
	char *argv[] = { (char *)program, "--act", (char *)act->name,
			 (char *)dir, NULL };

	return util_run(program, argv);
}

int act_trusted(const struct act *act, const char *dir)
{
	return act_by(util_path("trusted"), act, dir);
}

int act_untrusted(const struct act *act, const char *dir)
{
	return act_by("/proc/self/exe", act, dir);
}

int trusted(const char *name, const char *dir)
{
	return act_trusted(act_find(name), dir);
}

int untrusted(const char *name, const char *dir)
{
	return act_untrusted(act_find(name), dir);
}

void act_main(int argc, char **argv)
{
	const struct act *act;

	if (argc != 4 || strcmp(argv[1], "--act"))
		return;
	act = act_find(argv[2]);
	if (chdir(argv[3]))
		_exit(STRANGE);
	if (!act->run())
		_exit(0);
	_exit(errno > 0 && errno < 127 ? errno : STRANGE);
}
