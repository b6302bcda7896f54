// SPDX-License-Identifier: GPL-2.0-only
#include "policy.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kernel.h"
#include "shieldctl.h"

static u32 count_newlines(const struct text *text)
{
	const char *at = text->data, *end = at + text->len;
	u32 lines = 0;

	while (at < end && (at = memchr(at, '\n', end - at))) {
		lines++;
		at++;
	}
	return lines;
}

void policy_add_text(struct policy *policy, const char *name,
		     const struct text *text)
{
	struct policy_file *files =
		allocate((policy->nr_files + 1) * sizeof(*files));

	if (policy->nr_files)
		memcpy(files, policy->files, policy->nr_files * sizeof(*files));
	free(policy->files);
	policy->files = files;
	files[policy->nr_files++] = (struct policy_file){
		.name = name,
		.first_line = policy->nr_lines + 1,
	};
	if (!text->len)
		return;
	text_append(&policy->text, text->data, text->len);
	policy->nr_lines += count_newlines(text);
	/* The first line of the next file must not continue our last one. */
	if (text->data[text->len - 1] != '\n') {
		text_append(&policy->text, "\n", 1);
		policy->nr_lines++;
	}
}

int policy_add_file(struct policy *policy, const char *name)
{
	const bool is_stdin = !strcmp(name, "-");
	struct text text = { 0 };
	int fd, ret;

	fd = is_stdin ? STDIN_FILENO : open(name, O_RDONLY | O_CLOEXEC);
	ret = fd < 0 ? -errno : text_read(&text, fd, SHIELD_MAX_TEXT);
	if (fd >= 0 && !is_stdin)
		close(fd);
	if (ret)
		fprintf(stderr, "shieldctl: cannot read %s: %s\n", name,
			ret == -EFBIG ? "it is larger than a policy may be" :
					strerror(-ret));
	else
		policy_add_text(policy, is_stdin ? "<stdin>" : name, &text);
	text_free(&text);
	return ret;
}

int policy_add_files(struct policy *policy, char **names, size_t nr)
{
	size_t i;

	for (i = 0; i < nr; i++)
		if (policy_add_file(policy, names[i]))
			return STATUS_SYSTEM;
	return STATUS_OK;
}

int policy_parse(struct policy *policy, struct shield_error *error)
{
	const char *text = policy->text.data ? policy->text.data : "";
	const size_t len = policy->text.len;

	free(policy->arena);
	policy->arena = allocate(shield_parse_arena_size(text, len));
	return shield_parse(text, len, policy->arena, &policy->ast, error);
}

int policy_add_in_force(struct policy *policy)
{
	struct shield_error error;
	struct text text = { 0 };
	int status = kernel_require();

	if (status != STATUS_OK)
		return status;
	status = STATUS_SYSTEM;
	if (!kernel_read("policy", &text)) {
		/* No policy reads as nothing; a rule can be added to it. */
		if (!text.len)
			text_append(&text, "shield 1\n", 9);
		policy_add_text(policy, POLICY_IN_FORCE, &text);
		if (!policy_parse(policy, &error))
			status = STATUS_OK;
		else
			fprintf(stderr,
				"shieldctl: cannot understand the policy in force, line %u: %s; is shieldctl older than the module?\n",
				error.pos.line, error.message);
	}
	text_free(&text);
	return status;
}

struct policy_place policy_locate(const struct policy *policy,
				  const struct shield_pos *pos)
{
	struct policy_place place = { .pos = *pos };
	size_t i = policy->nr_files;

	if (!pos->line) {
		place.file = policy->nr_files == 1 ? policy->files[0].name :
						     "policy";
		return place;
	}
	while (i > 1 && policy->files[i - 1].first_line > pos->line)
		i--;
	place.file = policy->files[i - 1].name;
	place.pos.line -= policy->files[i - 1].first_line - 1;
	return place;
}

void policy_free(struct policy *policy)
{
	text_free(&policy->text);
	free(policy->files);
	free(policy->arena);
	memset(policy, 0, sizeof(*policy));
}
