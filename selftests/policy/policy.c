// SPDX-License-Identifier: GPL-2.0-only
#include "policy.h"

#include <stdlib.h>

#include "../../shieldctl/print.h"

static void *allocate(size_t size)
{
	void *block = malloc(size ? size : 1);

	if (!block)
		abort();
	return block;
}

struct parsed *policy_parse(const char *text, size_t len)
{
	struct parsed *parsed = allocate(sizeof(*parsed));

	memset(parsed, 0, sizeof(*parsed));
	parsed->text = allocate(len);
	memcpy(parsed->text, text, len);
	parsed->arena_size = shield_parse_arena_size(parsed->text, len);
	parsed->arena = allocate(parsed->arena_size);
	parsed->ret = shield_parse(parsed->text, len, parsed->arena,
				   &parsed->ast, &parsed->error);
	return parsed;
}

void policy_free(struct parsed *parsed)
{
	free(parsed->text);
	free(parsed->arena);
	free(parsed);
}

char *policy_print(const struct shield_ast *ast)
{
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	if (!out)
		abort();
	print_policy(out, ast);
	if (fclose(out))
		abort();
	return text;
}

char *policy_explain(const struct shield_error *error)
{
	char *text = allocate(sizeof(error->message) + 32);

	sprintf(text, "%u:%u: %s", error->pos.line, error->pos.column,
		error->message);
	return text;
}
