// SPDX-License-Identifier: GPL-2.0-only
/*
 * Texts that are no policy: refused with line and column, and whatever was in
 * force before stays, to the letter.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "act.h"
#include "harness.h"
#include "shield.h"
#include "site.h"
#include "util.h"

FIXTURE(text)
{
	char *dir;
	char *before;
	long long generation;
};

/**
 * struct text_variant - a text that is refused
 * @name: what is wrong with it
 * @text: its beginning
 * @size: bytes of @text
 * @error: errno of the write
 * @answer: how the explanation begins
 * @each: what follows, with a number in it
 * @times: so many times
 */
FIXTURE_VARIANT(text)
{
	const char *name;
	const char *text;
	size_t size;
	int error;
	const char *answer;
	const char *each;
	unsigned int times;
};

#define TEXT(text) text, sizeof(text) - 1

/* clang-format off */
static const struct text_variant rows[] = {
	{ "nothing", TEXT("\n"), EINVAL, "0:0: " },
	{ "header_alone", TEXT("shield 1\n"), EINVAL, "0:0: " },
	{ "no_header", TEXT("protect /etc/shadow deny write\n"), EINVAL, "1:1: " },
	{ "other_version", TEXT("shield 2\n"), EINVAL, "1:8: " },
	{ "garbage", TEXT("shield 1\n\x01\xff\xfe\x7f garbage\n"), EINVAL, "2:1: " },
	{ "binary", TEXT("\x7f" "ELF\x02\x01\x01\0\0\0\0\0\0\0\0\0"), EINVAL, "1:1: " },
	{ "nul_byte", TEXT("shield 1\nprotect /etc/sha\0dow deny write\n"), EINVAL, "2:" },
	{ "cut_off_in_a_rule", TEXT("shield 1\nprotect /etc/passwd deny modify\nprotect /etc/shadow deny wri"), EINVAL, "3:26: " },
	{ "cut_off_in_a_quote", TEXT("shield 1\nprotect \"/etc/sha"), EINVAL, "2:" },
	{ "unknown_right", TEXT("shield 1\nprotect /etc/shadow deny write,rmeove\n"), EINVAL, "2:32: " },
	{ "unknown_group", TEXT("shield 1\nprotect /etc/shadow deny write except nobody\n"), EINVAL, "2:39: " },
	{ "relative_path", TEXT("shield 1\nprotect etc/shadow deny write\n"), EINVAL, "2:9: " },
	{ "path_not_normal", TEXT("shield 1\nprotect /etc/../etc/shadow deny write\n"), EINVAL, "2:" },
	{ "file_system_without_lasting_numbers", TEXT("shield 1\nprotect /proc/sys/kernel/hostname deny write\n"), EOPNOTSUPP, "2:9: " },
	{ "file_used_as_directory", TEXT("shield 1\nprotect /etc/passwd/file deny write\n"), EOPNOTSUPP, "2:9: " },
	{ "too_many_groups", TEXT("shield 1\n"), E2BIG, "66:", "program group-%u /bin/true\n", 65 },
	{ "too_many_rules", TEXT("shield 1\n"), E2BIG, "65538:", "protect /nowhere/%u deny write\n", 65537 },
	{ "too_long", TEXT("shield 1\n"), E2BIG, "0:0: ", "# %060u\n", 266306 },
};
/* clang-format on */

FIXTURE_SETUP(text)
{
	shield_no_rules();
	self->dir = site_make(EXT4, VICTIM_FILE);
	ASSERT_EQ(chdir(self->dir), 0);
	shield_rules("protect %s/victim deny modify except trusted", self->dir);
	self->before = util_read(SHIELD_POLICY);
	self->generation = shield_status("generation");
}

FIXTURE_TEARDOWN(text)
{
	ASSERT_EQ(chdir("/"), 0);
	shield_no_rules();
}

static void HARNESS_AT_START add_rows(void)
{
	unsigned int i;

	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		harness_add_variant(&text_entry, rows[i].name, &rows[i]);
}

static char *whole_text(const struct text_variant *variant, size_t *size)
{
	char *text = NULL;
	FILE *out = open_memstream(&text, size);
	unsigned int i;

	if (!out)
		abort();
	fwrite(variant->text, 1, variant->size, out);
	for (i = 0; i < variant->times; i++)
		fprintf(out, variant->each, i);
	if (fclose(out))
		abort();
	return text;
}

TEST_F(text, is_refused_by_line_and_column_and_the_old_policy_stays)
{
	char *text, answer[512];
	size_t size;

	text = whole_text(variant, &size);
	EXPECT_EQ(shield_write(text, size, answer, sizeof(answer)),
		  -variant->error);
	EXPECT_EQ(strncmp(answer, variant->answer, strlen(variant->answer)), 0)
	{
		NOTE("    answer: %s\n    not %s", answer, variant->answer);
	}
	EXPECT_GT(strlen(answer), 8);
	EXPECT_EQ(strchr(answer, '\n') - answer, (long)strlen(answer) - 1);
	EXPECT_STREQ(util_read(SHIELD_POLICY), self->before);
	EXPECT_EQ(shield_status("generation"), self->generation);
	EXPECT_EQ(untrusted("open_write", self->dir), EACCES);
	EXPECT_EQ(trusted("open_write", self->dir), 0);
}

int main(int argc, char **argv)
{
	act_main(argc, argv);
	util_begin();
	return harness_run(argc, argv);
}
