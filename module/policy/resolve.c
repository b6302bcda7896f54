// SPDX-License-Identifier: GPL-2.0-only
/*
 * Walk a path of the policy, step by step.
 *
 * The kernel's own lookup follows symlinks and tells nobody; here each is
 * followed by hand, because the protection of a path is the protection of
 * everything that it is made of.
 */
#include "policy/resolve.h"

#include <linux/fs.h>
#include <linux/limits.h>
#include <linux/mount.h>
#include <linux/namei.h>
#include <linux/path.h>
#include <linux/slab.h>
#include <linux/string.h>

#define MAX_SYMLINKS 40

/**
 * struct walk - where the walk stands
 * @done: path walked so far, free of symlinks, without trailing slash
 * @left: what is still to be walked
 * @spare: the next @left is put together here
 * @symlinks: symlinks followed
 * @steps: whom to tell
 * @context: handed to @steps
 */
struct walk {
	char done[PATH_MAX];
	char left[PATH_MAX];
	char spare[PATH_MAX];
	unsigned int symlinks;
	const struct shield_steps *steps;
	void *context;
};

/* Cut the next component off @left. Returns its length, 0 at the end. */
static size_t next_component(struct walk *walk, char *component)
{
	const char *from = walk->left + strspn(walk->left, "/");
	size_t len = strcspn(from, "/");

	if (len > NAME_MAX)
		return len;
	memcpy(component, from, len);
	component[len] = '\0';
	from += len;
	from += strspn(from, "/");
	memmove(walk->left, from, strlen(from) + 1);
	return len;
}

static void step_up(struct walk *walk)
{
	char *slash = strrchr(walk->done, '/');

	if (slash)
		*slash = '\0';
}

static int step_down(struct walk *walk, const char *component)
{
	size_t len = strlen(walk->done);

	if (len + 1 + strlen(component) >= sizeof(walk->done))
		return -ENAMETOOLONG;
	walk->done[len] = '/';
	strcpy(walk->done + len + 1, component);
	return 0;
}

static int look_up_done(const struct walk *walk, struct path *at)
{
	return kern_path(*walk->done ? walk->done : "/", 0, at);
}

static int follow_symlink(struct walk *walk, const struct path *at)
{
	DEFINE_DELAYED_CALL(done);
	const char *text;
	int error = 0;

	if (++walk->symlinks > MAX_SYMLINKS)
		return -ELOOP;
	text = vfs_get_link(at->dentry, &done);
	if (IS_ERR(text))
		return PTR_ERR(text);
	if (snprintf(walk->spare, sizeof(walk->spare), "%s/%s", text,
		     walk->left) >= sizeof(walk->spare))
		error = -ENAMETOOLONG;
	else if (*text == '/')
		*walk->done = '\0';
	do_delayed_call(&done);
	if (!error)
		strcpy(walk->left, walk->spare);
	return error;
}

/*
 * Who takes a mount away takes all that lies on it; and another namespace could
 * move a mount point although it is busy in ours.
 */
static int tell_mounts(struct walk *walk, const struct path *at)
{
	struct path under = *at;
	int error = 0;

	path_get(&under);
	while (!error && under.dentry == under.mnt->mnt_root) {
		error = walk->steps->mounted(walk->context, &under);
		if (error || !follow_up(&under))
			break;
		error = walk->steps->mount_point(walk->context, &under);
	}
	path_put(&under);
	return error;
}

/* What the root is mounted on, nobody can see any more. */
static int tell_root(struct walk *walk)
{
	struct path root;
	int error = kern_path("/", 0, &root);

	if (error)
		return error;
	error = walk->steps->ancestor(walk->context, &root) ?:
			walk->steps->mounted(walk->context, &root);
	path_put(&root);
	return error;
}

static int arrive(struct walk *walk, const struct path *at,
		  const char *component)
{
	bool last = !*walk->left;
	int error = tell_mounts(walk, at);

	if (error)
		return error;
	if (d_is_symlink(at->dentry)) {
		error = walk->steps->ancestor(walk->context, at);
		return error ?: follow_symlink(walk, at);
	}
	if (!last && !d_is_dir(at->dentry))
		return -ENOTDIR;
	if (!last)
		error = walk->steps->ancestor(walk->context, at);
	return error ?: step_down(walk, component);
}

/* Whoever changed the directory when a hook ran is done after this. */
static void wait_for_changes(const struct path *dir)
{
	struct inode *inode = d_inode(dir->dentry);

	inode_lock_shared(inode);
	inode_unlock_shared(inode);
}

static int look_up_entry(struct walk *walk, const char *component,
			 struct path *at)
{
	int error = step_down(walk, component);

	if (error)
		return error;
	error = look_up_done(walk, at);
	step_up(walk);
	return error;
}

/* Who came after it was looked for, and before it was entered, no hook has told. */
static int await(const struct walk *walk, const struct path *dir,
		 const char *component)
{
	int error = walk->steps->awaited(walk->context, dir, component);

	if (!error)
		wait_for_changes(dir);
	return error;
}

static int step_from(struct walk *walk, const struct path *dir,
		     const char *component)
{
	bool last = !*walk->left;
	struct path at;
	int error = 0;

	if (last)
		error = walk->steps->name(walk->context, dir, component);
	if (error < 0)
		return error;
	wait_for_changes(dir);
	if (error)
		return error;
	error = look_up_entry(walk, component, &at);
	if (error == -ENOENT && !last) {
		error = await(walk, dir, component) ?:
				look_up_entry(walk, component, &at);
	}
	if (error == -ENOENT)
		return 1;
	if (error)
		return error;
	error = arrive(walk, &at, component);
	path_put(&at);
	return error;
}

static int step(struct walk *walk, const char *component)
{
	struct path dir;
	int error;

	if (!strcmp(component, "."))
		return 0;
	if (!strcmp(component, "..")) {
		step_up(walk);
		return 0;
	}
	error = look_up_done(walk, &dir);
	if (error)
		return error;
	error = step_from(walk, &dir, component);
	path_put(&dir);
	return error;
}

static int arrive_at_target(struct walk *walk)
{
	struct path at;
	int error = look_up_done(walk, &at);

	if (error)
		return error;
	error = walk->steps->target(walk->context, &at);
	path_put(&at);
	return error;
}

static int walk_all(struct walk *walk)
{
	char component[NAME_MAX + 1];
	int error = tell_root(walk);
	size_t len;

	if (error)
		return error;
	while ((len = next_component(walk, component))) {
		if (len > NAME_MAX)
			return -ENAMETOOLONG;
		error = step(walk, component);
		if (error)
			return error;
	}
	return arrive_at_target(walk);
}

int shield_resolve(const char *path, const struct shield_steps *steps,
		   void *context)
{
	struct walk *walk = kmalloc(sizeof(*walk), GFP_KERNEL);
	int error;

	if (!walk)
		return -ENOMEM;
	*walk->done = '\0';
	walk->symlinks = 0;
	walk->steps = steps;
	walk->context = context;
	if (strscpy(walk->left, path, sizeof(walk->left)) < 0)
		error = -ENAMETOOLONG;
	else
		error = walk_all(walk);
	kfree(walk);
	return error;
}
