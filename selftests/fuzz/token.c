// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tokens as shieldctl writes them, of what a machine said of itself: the kernel
 * reads from them what was wished.
 *
 * The first lines are the wish, the rest is the machine's.
 */
#include "../../shieldctl/token.h"
#include "../../shieldctl/shieldctl.h"
#include "directory.h"
#include "fuzz.h"

#define PROGRAMS 3

static void check_written(const struct token_wish *wish,
			  const struct text *text)
{
	const struct shield_span span = { text->data, text->len };
	struct shield_error error = { 0 };
	struct shield_token token;
	struct shield_span program;
	size_t i;

	insist(!shield_token_read(&span, &token, &error));
	insist(token.seconds % 60 == 0 && token.seconds / 60 == wish->minutes);
	for (i = 0; i < wish->nr_programs; i++)
		insist(shield_token_next(&token.programs, &program) &&
		       program.len == strlen(wish->programs[i]) &&
		       !memcmp(program.at, wish->programs[i], program.len));
	insist(!shield_token_next(&token.programs, &program));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static char place[128];
	struct input input = { data, size };
	struct token_wish wish = { .place = place };
	struct text text = { 0 };
	char *line;

	if (!*place)
		snprintf(place, sizeof(place), "%s/place",
			 directory_make("SHIELD_FUZZ_DIRECTORY"));
	line = take_line(&input);
	wish.minutes = strtoul(line, NULL, 10);
	free(line);
	while (wish.nr_programs < PROGRAMS)
		wish.programs[wish.nr_programs++] = take_line(&input);
	directory_write("place", input.at, input.left);
	if (token_write(&wish, &text) == STATUS_OK)
		check_written(&wish, &text);
	text_free(&text);
	while (wish.nr_programs--)
		free((void *)wish.programs[wish.nr_programs]);
	return 0;
}
