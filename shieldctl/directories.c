// SPDX-License-Identifier: GPL-2.0-only
#include "directories.h"

#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text.h"

#define SUFFIX ".policy"

static const char standard[] =
	"/usr/lib/shield/policy.d:/run/shield/policy.d:/etc/shield/policy.d";

struct file {
	const char *name;
	char *path;
};

struct files {
	struct file *all;
	size_t nr;
};

static bool is_policy(const char *name)
{
	size_t len = strlen(name);

	return *name != '.' && len > strlen(SUFFIX) &&
	       !strcmp(name + len - strlen(SUFFIX), SUFFIX);
}

static void add(struct files *files, const char *directory, const char *name)
{
	size_t size = strlen(directory) + strlen(name) + 2, i;
	char *path = allocate(size);

	snprintf(path, size, "%s/%s", directory, name);
	for (i = 0; i < files->nr; i++)
		if (!strcmp(files->all[i].name, name))
			break;
	if (i == files->nr) {
		struct file *more = allocate((i + 1) * sizeof(*more));

		if (i)
			memcpy(more, files->all, i * sizeof(*more));
		free(files->all);
		files->all = more;
		files->nr++;
	}
	free(files->all[i].path);
	files->all[i].path = path;
	files->all[i].name = path + strlen(directory) + 1;
}

static void add_directory(struct files *files, const char *directory)
{
	DIR *entries = opendir(directory);
	struct dirent *entry;

	while (entries && (entry = readdir(entries)))
		if (is_policy(entry->d_name))
			add(files, directory, entry->d_name);
	if (entries)
		closedir(entries);
}

static int compare(const void *a, const void *b)
{
	const struct file *left = a, *right = b;

	return strcmp(left->name, right->name);
}

static size_t list_some(char ***paths, bool only_first)
{
	/* For tests. */
	const char *override = getenv("SHIELDCTL_POLICY_PATH");
	char *list = strdup(override ? override : standard);
	char *rest = list, *directory;
	struct files files = { 0 };
	size_t i;

	while (rest && (directory = strsep(&rest, ":"))) {
		add_directory(&files, directory);
		if (only_first)
			break;
	}
	if (files.nr)
		qsort(files.all, files.nr, sizeof(*files.all), compare);
	*paths = allocate((files.nr + 1) * sizeof(**paths));
	for (i = 0; i < files.nr; i++)
		(*paths)[i] = files.all[i].path;
	free(files.all);
	free(list);
	return files.nr;
}

size_t directories_list(char ***paths)
{
	return list_some(paths, false);
}

size_t directories_shipped(char ***paths)
{
	return list_some(paths, true);
}

void directories_free(char **paths, size_t nr)
{
	size_t i;

	for (i = 0; i < nr; i++)
		free(paths[i]);
	free(paths);
}
