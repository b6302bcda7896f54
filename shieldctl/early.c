// SPDX-License-Identifier: GPL-2.0-only
#include "early.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "boots.h"
#include "force.h"
#include "host.h"
#include "kernel.h"
#include "shieldctl.h"

/* What came of it, for shield.service and the doctor. */
#define OUTCOME "/run/shield/early"
#define DONE "done"
#define UNIT "/etc/systemd/system/sysinit.target.wants/shield.service"

/* What makes an initramfs, and how to have it make all. */
static const struct {
	const char *program;
	const char *command;
} builders[] = {
	{ "/usr/sbin/update-initramfs", "update-initramfs -u -k all" },
	{ "/usr/bin/dracut", "dracut --force --regenerate-all" },
};

#define NR_BUILDERS (sizeof(builders) / sizeof(*builders))

/* What the file says, unless it was done; the first also where it says nothing. */
enum failure { BEGUN, NO_MODULE, NO_POLICY, SHIPPED, NR_FAILURES };

static const struct {
	const char *word;
	const char *sentence;
} failures[NR_FAILURES] = {
	[BEGUN] = { "begun", "loading shield did not come to an end" },
	[NO_MODULE] = { "no-module", "the module could not be loaded" },
	[NO_POLICY] = { "no-policy", "no policy came into force" },
	[SHIPPED] = { "shipped",
		      "the policy was refused, and what came with shield was in force alone" },
};

static bool is_wished(void)
{
	return early_is_on() && host_has(UNIT) && !host_is_rescued() &&
	       !host_boot_word("shield.policy=none") &&
	       !host_boot_word("systemd.mask=shield.service");
}

/* The same file system, whose own options are kept. */
static int remount(const char *root, unsigned long flags)
{
	if (!mount(NULL, root, NULL, MS_REMOUNT | flags, NULL))
		return 0;
	fprintf(stderr, "shieldctl: cannot mount %s anew: %s\n", root,
		strerror(errno));
	return -errno;
}

/*
 * Boots that end before shield.service have to be counted, too, or a policy that
 * stops them there would do so for ever. Nobody but init, which waits for us,
 * is there to use that the file system can be written meanwhile.
 */
static int count(void)
{
	char *root = host_path("/");
	struct statvfs fs;
	int error = statvfs(root, &fs) ? -errno : 0;
	bool is_readonly = !error && fs.f_flag & ST_RDONLY;

	if (!error && is_readonly)
		error = remount(root, 0);
	if (!error) {
		error = boots_begin(BOOTS_EARLY);
		if (is_readonly)
			remount(root, MS_RDONLY);
	}
	free(root);
	return error;
}

static void note(const char *word)
{
	char *directory = host_path("/run/shield"), *path = host_path(OUTCOME);
	int fd;

	mkdir(directory, 0755);
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	if (fd < 0 || dprintf(fd, "%s\n", word) < 0)
		fprintf(stderr, "shieldctl: cannot write %s: %s\n", path,
			strerror(errno));
	if (fd >= 0)
		close(fd);
	free(directory);
	free(path);
}

static int load(void)
{
	bool any;
	int status;

	if (kernel_probe() == KERNEL_NOT_LOADED &&
	    kernel_load_module("policy=none")) {
		note(failures[NO_MODULE].word);
		return STATUS_NOT_LOADED;
	}
	status = force_early(&any);
	if (status == STATUS_OK)
		note(DONE);
	else
		note(failures[any ? SHIPPED : NO_POLICY].word);
	return status;
}

int early_boot(void)
{
	if (!is_wished())
		return STATUS_OK;
	if (boots_before(BOOTS_EARLY) >= BOOTS_MOST ||
	    boots_before(BOOTS_LATE) >= BOOTS_MOST) {
		fprintf(stderr,
			"shieldctl: left to shield.service: %u boots in a row did not complete\n",
			BOOTS_MOST);
		return STATUS_NO;
	}
	if (count()) {
		fputs("shieldctl: left to shield.service: this boot cannot be counted\n",
		      stderr);
		return STATUS_SYSTEM;
	}
	note(failures[BEGUN].word);
	return load();
}

bool early_is_on(void)
{
	return host_has(BOOTS_EARLY);
}

bool early_was_done(void)
{
	char word[16];

	host_read(word, sizeof(word), OUTCOME);
	return !strcmp(word, DONE);
}

const char *early_failure(void)
{
	char word[16];
	size_t i;

	if (!host_has(OUTCOME) || early_was_done())
		return NULL;
	host_read(word, sizeof(word), OUTCOME);
	for (i = 0; i < NR_FAILURES; i++)
		if (!strcmp(word, failures[i].word))
			return failures[i].sentence;
	return failures[BEGUN].sentence;
}

static const char *find_builder(void)
{
	size_t i;

	for (i = 0; i < NR_BUILDERS; i++)
		if (host_has("%s", builders[i].program))
			return builders[i].command;
	return NULL;
}

bool early_can_build(void)
{
	return find_builder();
}

int early_switch_on(void)
{
	return early_is_on() ? 0 : boots_forget(BOOTS_EARLY);
}

int early_switch_off(void)
{
	char *path = host_path(BOOTS_EARLY);
	int error = unlink(path) && errno != ENOENT ? -errno : 0;

	if (error)
		fprintf(stderr, "shieldctl: cannot remove %s: %s\n", path,
			strerror(-error));
	free(path);
	return error;
}

bool early_build(void)
{
	const char *command = find_builder();

	return command && host_run(command);
}
