// SPDX-License-Identifier: GPL-2.0-only
#include "running.h"

#include <ctype.h>
#include <dirent.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "facts.h"
#include "kernel.h"
#include "text.h"

/* Which file a program is; ino 0 if it is absent. */
struct identity {
	dev_t dev;
	ino_t ino;
};

static double seconds(const struct timespec *time)
{
	return time->tv_sec + time->tv_nsec / 1e9;
}

/* When shield came, in seconds since boot; 0 if that cannot be known. */
static double loaded_at(void)
{
	struct timespec now, since_boot;
	struct stat st;

	if (stat(kernel_path(""), &st) || clock_gettime(CLOCK_REALTIME, &now) ||
	    clock_gettime(CLOCK_BOOTTIME, &since_boot))
		return 0;
	return seconds(&st.st_ctim) - seconds(&now) + seconds(&since_boot);
}

/* When a process started, in seconds since boot; negative if it is gone. */
static double started_at(const char *pid)
{
	char path[PATH_MAX], line[1024], *at;
	FILE *file;
	size_t len;
	int field;

	snprintf(path, sizeof(path), "/proc/%s/stat", pid);
	file = fopen(path, "re");
	if (!file)
		return -1;
	len = fread(line, 1, sizeof(line) - 1, file);
	fclose(file);
	line[len] = '\0';

	/* The second field holds any bytes and ends at the last parenthesis. */
	at = strrchr(line, ')');
	for (field = 2; at && field < 22; field++)
		at = strchr(at + 1, ' ');
	return at ? strtod(at, NULL) / sysconf(_SC_CLK_TCK) : -1;
}

static struct identity *identify(const struct shield_ast *ast)
{
	struct identity *programs =
		allocate((ast->nr_programs + 1) * sizeof(*programs));
	struct stat st;
	u32 i;

	for (i = 0; i < ast->nr_programs; i++)
		if (!stat(ast->programs[i].path, &st))
			programs[i] = (struct identity){ st.st_dev, st.st_ino };
	return programs;
}

/* The program that a process executes, NULL if it is none of the policy. */
static const char *find_program(const struct shield_ast *ast,
				const struct identity *programs,
				const char *pid)
{
	char path[PATH_MAX];
	struct stat st;
	u32 i;

	snprintf(path, sizeof(path), "/proc/%s/exe", pid);
	if (stat(path, &st))
		return NULL;
	for (i = 0; i < ast->nr_programs; i++)
		if (programs[i].ino == st.st_ino &&
		    programs[i].dev == st.st_dev)
			return ast->programs[i].path;
	return NULL;
}

/* The policy has adopted it: the kernel names those, but not all of many. */
static bool is_adopted(const struct facts *facts, int pid)
{
	unsigned long long nr = facts_number(facts, "adopted"), i;
	char key[32];

	for (i = 1; i <= nr; i++) {
		snprintf(key, sizeof(key), "adopted-%llu", i);
		if (atoi(facts_get(facts, key)) == pid)
			return true;
	}
	return false;
}

size_t running_find(const struct shield_ast *ast, struct running *found,
		    size_t limit)
{
	struct identity *programs = identify(ast);
	const double loaded = loaded_at();
	DIR *processes = opendir("/proc");
	struct dirent *entry;
	struct facts facts = { 0 };
	const char *path;
	double started;
	size_t nr = 0;

	/* Without them nobody is taken for adopted. */
	(void)!facts_read(&facts);

	while (processes && loaded > 0 && (entry = readdir(processes))) {
		if (!isdigit((unsigned char)*entry->d_name))
			continue;
		path = find_program(ast, programs, entry->d_name);
		if (!path)
			continue;
		started = started_at(entry->d_name);
		if (started < 0 || started >= loaded ||
		    is_adopted(&facts, atoi(entry->d_name)))
			continue;
		if (nr < limit)
			found[nr] =
				(struct running){ atoi(entry->d_name), path };
		nr++;
	}
	if (processes)
		closedir(processes);
	facts_free(&facts);
	free(programs);
	return nr;
}
