// SPDX-License-Identifier: GPL-2.0-only
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/fs.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "site.h"

static uint64_t add_to_hash(uint64_t hash, const unsigned char *data,
			    size_t size)
{
	while (size--)
		hash = (hash ^ *data++) * 0x100000001b3ULL;
	return hash;
}

static void add_content(FILE *out, const char *path)
{
	uint64_t hash = 0xcbf29ce484222325ULL;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOATIME);
	int flags = 0, version = 0;
	unsigned char data[4096];
	ssize_t got;

	if (fd < 0) {
		fprintf(out, " unreadable: %s", strerror(errno));
		return;
	}
	while ((got = read(fd, data, sizeof(data))) > 0)
		hash = add_to_hash(hash, data, got);
	ioctl(fd, FS_IOC_GETFLAGS, &flags);
	ioctl(fd, FS_IOC_GETVERSION, &version);
	fprintf(out, " content %016llx flags %x version %x",
		(unsigned long long)hash, flags, version);
	close(fd);
}

static void add_xattrs(FILE *out, const char *path)
{
	char names[4096], value[4096];
	ssize_t size = llistxattr(path, names, sizeof(names)), got, i;
	const char *name;

	for (name = names; size > 0 && name < names + size;
	     name += strlen(name) + 1) {
		fprintf(out, " %s=", name);
		got = lgetxattr(path, name, value, sizeof(value));
		for (i = 0; i < got; i++)
			fprintf(out, "%02x", (unsigned char)value[i]);
	}
}

static void add_entry(FILE *out, const char *path)
{
	char target[PATH_MAX];
	struct stat st;
	ssize_t len;

	if (lstat(path, &st)) {
		fprintf(out, "%s: %s\n", path, strerror(errno));
		return;
	}
	fprintf(out,
		"%s: dev %llx inode %llu mode %o owner %u:%u links %u size %lld device %llx changed %lld.%09ld %lld.%09ld",
		path, (unsigned long long)st.st_dev,
		(unsigned long long)st.st_ino, st.st_mode, st.st_uid, st.st_gid,
		(unsigned int)st.st_nlink, (long long)st.st_size,
		(unsigned long long)st.st_rdev, (long long)st.st_mtim.tv_sec,
		st.st_mtim.tv_nsec, (long long)st.st_ctim.tv_sec,
		st.st_ctim.tv_nsec);
	if (S_ISREG(st.st_mode))
		add_content(out, path);
	len = S_ISLNK(st.st_mode) ? readlink(path, target, sizeof(target)) : -1;
	if (len >= 0)
		fprintf(out, " -> %.*s", (int)len, target);
	add_xattrs(out, path);
	fputc('\n', out);
}

static void add_directory(FILE *out, const char *dir)
{
	struct dirent **entries;
	int nr = scandir(dir, &entries, NULL, alphasort), i;
	char *path;

	for (i = 0; i < nr; i++) {
		if (strcmp(entries[i]->d_name, ".") &&
		    strcmp(entries[i]->d_name, "..")) {
			if (asprintf(&path, "%s/%s", dir, entries[i]->d_name) <
			    0)
				abort();
			add_entry(out, path);
			if (entries[i]->d_type == DT_DIR)
				add_directory(out, path);
			free(path);
		}
		free(entries[i]);
	}
	if (nr >= 0)
		free(entries);
}

char *site_snapshot(const char *dir)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	if (!out)
		abort();
	add_entry(out, dir);
	add_directory(out, dir);
	if (fclose(out))
		abort();
	return text;
}
