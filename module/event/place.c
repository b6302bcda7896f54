// SPDX-License-Identifier: GPL-2.0-only
/*
 * Where file systems are mounted.
 */
#include "event/place.h"

#include <linux/dcache.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/kdev_t.h>
#include <linux/kernel.h>
#include <linux/mount.h>
#include <linux/mutex.h>
#include <linux/path.h>
#include <linux/string.h>

#define PLACES 32
#define LONGEST 128

/**
 * struct place - one file system
 * @dev: its device number; 0 if the element is free
 * @root: what of it is mounted; "" for all
 * @at: where; "" for the root directory
 */
struct place {
	dev_t dev;
	char root[LONGEST];
	char at[LONGEST];
};

/* Protects: places. Innermost. */
static DEFINE_MUTEX(places_lock);
static struct place places[PLACES];

static struct place *find(dev_t dev)
{
	unsigned int i;

	lockdep_assert_held(&places_lock);
	for (i = 0; i < PLACES; i++)
		if (places[i].dev == dev)
			return &places[i];
	return NULL;
}

/* "/" becomes "", so that a path can be put behind it. */
static int keep(char *to, const char *from)
{
	if (IS_ERR(from))
		return PTR_ERR(from);
	return strscpy(to, strcmp(from, "/") ? from : "", LONGEST);
}

static int look(const struct path *at, struct place *place)
{
	struct path top = { .mnt = at->mnt, .dentry = at->mnt->mnt_root };
	char text[LONGEST];
	int error;

	place->dev = top.dentry->d_sb->s_dev;
	error = keep(place->at, d_path(&top, text, sizeof(text)));
	if (error < 0)
		return error;
	return keep(place->root,
		    dentry_path_raw(top.dentry, text, sizeof(text)));
}

void shield_place_note(const struct path *at)
{
	struct place *place, seen;

	if (look(at, &seen) < 0)
		return;
	mutex_lock(&places_lock);
	place = find(seen.dev);
	/* The whole is better than a part that is bound elsewhere. */
	if (!place)
		place = find(0);
	else if (*seen.root && !*place->root)
		place = NULL;
	if (place)
		*place = seen;
	mutex_unlock(&places_lock);
}

static const char *below(const char *text, const char *root)
{
	size_t len = strlen(root);

	if (strncmp(text, root, len) || (text[len] != '/' && text[len]))
		return NULL;
	return text + len;
}

void shield_place_complete(const struct shield_trail *trail, const char *text,
			   char *path)
{
	const char *rest = text + trail->at;
	struct place *place;

	*path = '\0';
	if (!trail->dev || (!*rest && trail->is_cut))
		return;
	mutex_lock(&places_lock);
	place = find(trail->dev);
	if (trail->is_cut)
		snprintf(path, SHIELD_PLACE_PATH, "...%s", rest);
	else if (place && below(rest, place->root))
		snprintf(path, SHIELD_PLACE_PATH, "%s%s", place->at,
			 below(rest, place->root));
	else
		snprintf(path, SHIELD_PLACE_PATH, "[%u:%u]%s",
			 MAJOR(trail->dev), MINOR(trail->dev), rest);
	mutex_unlock(&places_lock);
	if (!*path)
		strscpy(path, "/", SHIELD_PLACE_PATH);
}
