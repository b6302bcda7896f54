// SPDX-License-Identifier: GPL-2.0-only
/* Rights, programs that nobody may trust, and suggestions. */
#include <stdio.h>

#include "../../module/policy/near.h"
#include "../../module/policy/programs.h"
#include "../../module/policy/rights.h"
#include "policy.h"
#include "tap.h"

static void check(const char *subject, const char *claim, bool is_true)
{
	char name[120];

	snprintf(name, sizeof(name), "%s_%s", subject, claim);
	tap_result(is_true, name);
}

static void test_refused_programs(void)
{
	static const char *const refused[] = {
		"sh",
		"bash",
		"dash",
		"zsh",
		"ksh93",
		"rbash",
		"sh.distrib",
		"bash-static",
		"python3",
		"python3.11",
		"python3.11-dbg",
		"perl5.36-x86_64-linux-gnu",
		"perl",
		"ruby3.1",
		"node",
		"lua5.4",
		"php8.2",
		"php-fpm8.2",
		"awk",
		"mawk",
		"gawk",
		"original-awk",
		"vim.tiny",
		"vim.basic",
		"busybox",
		"busybox.static",
		"toybox",
		"coreutils",
		"env",
		"nsenter",
		"sudo",
		"systemd-run",
		"ld-linux-x86-64.so.2",
		"ld-2.31.so",
		"ld-musl-x86_64.so.1",
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(refused); i++)
		check(refused[i], "is_refused_as_program",
		      shield_program_refusal(refused[i]));
}

static void test_trusted_programs(void)
{
	static const char *const trusted[] = {
		"passwd",   "chpasswd",	     "useradd",	    "vipw",
		"visudo",   "chsh",	     "login",	    "su",
		"rsyslogd", "logrotate",     "dpkg",	    "systemd-sysusers",
		"shutdown", "node_exporter", "shieldctl",   "ld",
		"phpize",   "update-passwd", "unix_update", "newusers",
		"envsubst", "perlbal",	     "luac",	    "sshd",
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(trusted); i++)
		check(trusted[i], "may_be_a_program",
		      !shield_program_refusal(trusted[i]));
}

static void every_mask_is_read_back_as_it_was_written(void)
{
	char buf[SHIELD_RIGHTS_TEXT];
	unsigned int rights;

	for (rights = 1; rights <= SHIELD_ALL; rights++) {
		const char *word = shield_rights_format(rights, buf);
		u16 back = 0;

		for (;;) {
			size_t len = strcspn(word, ",");

			back |= shield_rights_from_name(word, len);
			if (!word[len])
				break;
			word += len + 1;
		}
		if (back != rights)
			break;
	}
	tap_result(rights == SHIELD_ALL + 1, __func__);
}

static void no_right_is_written_as_none(void)
{
	char buf[SHIELD_RIGHTS_TEXT];

	tap_result(!strcmp(shield_rights_format(0, buf), "none"), __func__);
}

static void words_that_only_begin_like_a_right_are_none(void)
{
	bool is_good = !shield_rights_from_name("rea", 3) &&
		       !shield_rights_from_name("reads", 5) &&
		       !shield_rights_from_name("", 0) &&
		       !shield_rights_from_name("none", 4);

	tap_result(is_good, __func__);
}

static void suggestions_are_two_edits_away_at_most(void)
{
	bool is_good = shield_near_is("wrrite", 6, "write") &&
		       shield_near_is("modiiffy", 8, "modify") &&
		       shield_near_is("atr", 3, "attr") &&
		       !shield_near_is("destroy", 7, "create") &&
		       !shield_near_is("x", 1, "xy") &&
		       !shield_near_is("abc", 3, "a");

	tap_result(is_good, __func__);
}

void test_words(void)
{
	test_refused_programs();
	test_trusted_programs();
	every_mask_is_read_back_as_it_was_written();
	no_right_is_written_as_none();
	words_that_only_begin_like_a_right_are_none();
	suggestions_are_two_edits_away_at_most();
}
