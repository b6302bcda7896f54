// SPDX-License-Identifier: GPL-2.0-only
#include "kernel.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <linux/magic.h>

#include "shieldctl.h"

#define SECURITYFS "/sys/kernel/security"

/* More than the text that may be written: the kernel may have the last word. */
#define LONGEST_FILE (SHIELD_MAX_TEXT + 65536)

static const char *test_directory(void)
{
	return secure_getenv("SHIELDCTL_SECURITYFS");
}

const char *kernel_path(const char *file)
{
	static char path[PATH_MAX];
	const char *directory = test_directory();

	snprintf(path, sizeof(path), "%s%s%s",
		 directory ? directory : SECURITYFS "/shield", *file ? "/" : "",
		 file);
	return path;
}

static bool is_securityfs_mounted(void)
{
	struct statfs fs;

	return !statfs(SECURITYFS, &fs) && fs.f_type == SECURITYFS_MAGIC;
}

enum kernel_state kernel_probe(void)
{
	if (!access(kernel_path("policy"), R_OK))
		return KERNEL_READY;
	if (errno == EACCES || errno == EPERM)
		return KERNEL_NOT_PERMITTED;
	if (test_directory() || access("/sys/module/shield", F_OK))
		return KERNEL_NOT_LOADED;
	return is_securityfs_mounted() ? KERNEL_NO_FILES : KERNEL_NO_SECURITYFS;
}

const char *kernel_explain(enum kernel_state state)
{
	switch (state) {
	case KERNEL_NOT_LOADED:
		return "the module is not loaded; as root: modprobe shield, or shieldctl load FILE";
	case KERNEL_NO_SECURITYFS:
		return "securityfs is not mounted; as root: mount -t securityfs none " SECURITYFS;
	case KERNEL_NO_FILES:
		return "the module is loaded but its files are missing from " SECURITYFS
		       "/shield; see dmesg";
	case KERNEL_NOT_PERMITTED:
		return "only root may ask; try again with sudo";
	default:
		return "ready";
	}
}

int kernel_require(void)
{
	enum kernel_state state = kernel_probe();

	if (state == KERNEL_READY)
		return STATUS_OK;
	fprintf(stderr, "shieldctl: %s\n", kernel_explain(state));
	return state == KERNEL_NOT_PERMITTED ? STATUS_SYSTEM :
					       STATUS_NOT_LOADED;
}

int kernel_read(const char *file, struct text *text)
{
	int fd = open(kernel_path(file), O_RDONLY | O_CLOEXEC);
	int ret = fd < 0 ? -errno : text_read(text, fd, LONGEST_FILE);

	if (fd >= 0)
		close(fd);
	if (ret)
		fprintf(stderr, "shieldctl: cannot read %s: %s\n",
			kernel_path(file), strerror(-ret));
	return ret;
}

int kernel_ask(const char *file, const char *words, size_t len,
	       struct text *answer)
{
	int fd = open(kernel_path(file), O_RDWR | O_CLOEXEC);
	int ret = 0;

	if (fd < 0)
		return -errno;
	if (write(fd, words, len) < 0)
		ret = -errno;
	text_read(answer, fd, LONGEST_FILE);
	close(fd);
	return ret;
}

int kernel_lock(void)
{
	int fd = open(kernel_path("policy"), O_RDONLY | O_CLOEXEC);
	int ret;

	if (fd >= 0 && !flock(fd, LOCK_EX))
		return fd;
	ret = -errno;
	fprintf(stderr, "shieldctl: cannot lock %s: %s\n",
		kernel_path("policy"), strerror(errno));
	if (fd >= 0)
		close(fd);
	return ret;
}

bool kernel_parse_answer(const char *line, struct shield_error *error)
{
	int message = 0;

	if (sscanf(line, "%u:%u: %n", &error->pos.line, &error->pos.column,
		   &message) != 2 ||
	    !message)
		return false;
	snprintf(error->message, sizeof(error->message), "%.*s",
		 (int)strcspn(line + message, "\n"), line + message);
	return true;
}

/* Reads what the kernel has to say about the text written to @fd. */
static void read_answer(int fd, struct kernel_answer *answer)
{
	struct text text = { 0 };

	if (text_read(&text, fd, LONGEST_FILE))
		text_free(&text);
	if (!answer->errno_value)
		answer->notices = text;
	else if (text.len)
		answer->has_reason =
			kernel_parse_answer(text.data, &answer->error);
	if (answer->errno_value)
		text_free(&text);
}

void kernel_write_policy(const struct text *text, struct kernel_answer *answer)
{
	const char *path = kernel_path("policy");
	ssize_t written;
	int fd;

	memset(answer, 0, sizeof(*answer));
	fd = open(path, O_RDWR | O_TRUNC | O_CLOEXEC);
	if (fd < 0) {
		answer->errno_value = -errno;
		return;
	}
	/* One write() is one policy, so there is no loop. */
	written = write(fd, text->data, text->len);
	if (written < 0)
		answer->errno_value = -errno;
	else if ((size_t)written != text->len)
		answer->errno_value = -EIO;
	read_answer(fd, answer);
	close(fd);
}
