// SPDX-License-Identifier: GPL-2.0-only
#include "enrolled.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/x509v3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "text.h"

#define SECURE_BOOT \
	"/sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c"
#define KEYS "/proc/keys"
/* A shell says so of a command that does not exist. */
#define NO_COMMAND 127

static const char *root(void)
{
	/* For tests: the directory that stands for "/". */
	const char *override = getenv("SHIELDCTL_ROOT");

	return override ? override : "";
}

static int read_file(const char *path, struct text *text)
{
	char full[4096];
	int fd, ret;

	snprintf(full, sizeof(full), "%s%s", root(), path);
	fd = open(full, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	ret = text_read(text, fd, 1U << 20);
	close(fd);
	return ret;
}

enum secure_boot secure_boot_state(void)
{
	struct text text = { 0 };
	enum secure_boot state = SECURE_BOOT_ABSENT;

	/* Four bytes of attributes come first. */
	if (!read_file(SECURE_BOOT, &text) && text.len == 5)
		state = text.data[4] == 1 ? SECURE_BOOT_ON : SECURE_BOOT_OFF;
	text_free(&text);
	return state;
}

/* The kernel describes a key by its subject and its key's identifier. */
static bool is_in_kernel(X509 *certificate)
{
	const ASN1_OCTET_STRING *key = X509_get0_subject_key_id(certificate);
	struct text text = { 0 };
	char *wanted, *line, *rest;
	bool is_found = false;
	int i;

	if (!key || read_file(KEYS, &text) || !text.data) {
		text_free(&text);
		return false;
	}
	wanted = allocate(2 * key->length + 3);
	wanted[0] = ' ';
	for (i = 0; i < key->length; i++)
		snprintf(wanted + 1 + 2 * i, 3, "%02x", key->data[i]);
	wanted[1 + 2 * key->length] = ':';
	for (line = strtok_r(text.data, "\n", &rest); line;
	     line = strtok_r(NULL, "\n", &rest))
		if (strstr(line, "asymmetri") && strstr(line, wanted))
			is_found = true;
	free(wanted);
	text_free(&text);
	return is_found;
}

static void mokutil(const char *option, const char *path)
{
	execlp("mokutil", "mokutil", option, path, NULL);
	_exit(NO_COMMAND);
}

/* Return: mokutil's exit status, or a negative errno. */
static int await(pid_t child)
{
	int status;

	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			return -errno;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -EINTR;
}

static int ask_mokutil(const char *path, struct text *answer)
{
	int ends[2], ret;
	pid_t child;

	if (pipe2(ends, O_CLOEXEC))
		return -errno;
	child = fork();
	if (!child) {
		setenv("LC_ALL", "C", 1);
		dup2(ends[1], STDOUT_FILENO);
		dup2(ends[1], STDERR_FILENO);
		mokutil("--test-key", path);
	}
	close(ends[1]);
	if (child > 0)
		text_read(answer, ends[0], 65536);
	close(ends[0]);
	ret = child > 0 ? await(child) : -EAGAIN;
	return ret == NO_COMMAND ? -ENOENT : ret;
}

/* Its exit status differs between versions, its words do not. */
static enum enrolled firmware_state(const char *der_path)
{
	struct text answer = { 0 };
	enum enrolled state = ENROLLED_UNKNOWN;

	if (ask_mokutil(der_path, &answer) < 0 || !answer.data)
		state = ENROLLED_UNKNOWN;
	else if (strstr(answer.data, "already in the enrollment request"))
		state = ENROLLED_REQUESTED;
	else if (strstr(answer.data, "is already enrolled") ||
		 strstr(answer.data, "is already in"))
		state = ENROLLED_FIRMWARE;
	else if (strstr(answer.data, "is not enrolled"))
		state = ENROLLED_NO;
	text_free(&answer);
	return state;
}

enum enrolled enrolled_state(X509 *certificate, const char *der_path)
{
	return is_in_kernel(certificate) ? ENROLLED_KERNEL :
					   firmware_state(der_path);
}

int enrolled_request(const char *der_path)
{
	pid_t child = fork();
	int ret;

	if (!child)
		mokutil("--import", der_path);
	ret = child > 0 ? await(child) : -errno;
	if (ret == NO_COMMAND)
		fputs("shieldctl: mokutil is not installed: apt-get install mokutil\n",
		      stderr);
	else if (ret)
		fputs("shieldctl: mokutil refused; what it said stands above\n",
		      stderr);
	return ret ? -EIO : 0;
}
