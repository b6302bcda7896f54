// SPDX-License-Identifier: GPL-2.0-only
/* Texts that are policies, and the tree each gives, printed as text. */
#include <stdlib.h>

#include "policy.h"
#include "tap.h"

static const struct {
	const char *name;
	const char *text;
	const char *tree;
} rows[] = {
	{ "the_shortest_policy_is_its_version", "shield 1", "shield 1\n" },
	{ "blank_lines_and_comments_say_nothing",
	  "# a comment\n\n\x20\t\nshield 1 # another\n#\n", "shield 1\n" },
	{ "crlf_ends_a_line", "shield 1\r\nname a\r\n\r\nwatch /x read\r\n",
	  "shield 1\nname a\nwatch /x read\n" },
	{ "cr_at_the_end_of_the_text_ends_a_line", "shield 1\r", "shield 1\n" },
	{ "tabs_and_blanks_separate_fields",
	  "\tshield\t1\x20\n  watch\t /x \t read  ",
	  "shield 1\nwatch /x read\n" },
	{ "name_is_kept", "shield 1\nname a-B_9\n", "shield 1\nname a-B_9\n" },
	{ "concatenated_files_are_one_policy_with_the_first_name",
	  "shield 1\nname a\nwatch /x read\nshield 1\nname b\nwatch /y read\n",
	  "shield 1\nname a\nwatch /x read\nwatch /y read\n" },
	{ "each_file_may_adopt_what_runs",
	  "shield 1\nadopt running\nwatch /x read\nshield 1\nadopt running\n",
	  "shield 1\nadopt running\nwatch /x read\n" },
	{ "program_lines_of_a_group_add_up",
	  "shield 1\nprogram a /x /y\nprogram b /z\nprogram a /v\n",
	  "shield 1\nprogram a /x\nprogram a /y\nprogram b /z\nprogram a /v\n" },
	{ "namespace_any_belongs_to_the_group",
	  "shield 1\nprogram a /x /y namespace any\nprogram b /z\n",
	  "shield 1\nprogram a /x namespace any\nprogram a /y namespace any\nprogram b /z\n" },
	{ "window_belongs_to_the_group",
	  "shield 1\nprogram a /x /y window\nprogram b /z\n",
	  "shield 1\nprogram a /x window\nprogram a /y window\nprogram b /z\n" },
	{ "strict_belongs_to_the_group",
	  "shield 1\nprogram a /x /y strict\nprogram b /z\n",
	  "shield 1\nprogram a /x strict\nprogram a /y strict\nprogram b /z\n" },
	{ "group_may_be_called_strict",
	  "shield 1\nprogram strict /x strict\nprotect /y deny write except strict\n",
	  "shield 1\nprogram strict /x strict\nprotect /y deny write except strict\n" },
	{ "options_of_a_program_line_come_in_any_order",
	  "shield 1\nprogram a /x window namespace any\nprogram b /y strict namespace any window\n",
	  "shield 1\nprogram a /x namespace any window\nprogram b /y namespace any window strict\n" },
	{ "groups_may_be_used_before_they_are_defined",
	  "shield 1\nprotect /x deny write except b,a\nprogram a /p\nprogram b /q\n",
	  "shield 1\nprogram a /p\nprogram b /q\nprotect /x deny write except b,a\n" },
	{ "group_names_that_begin_alike_differ",
	  "shield 1\nprogram ab /p\nprogram a /q\nprotect /x deny write except a\nprotect /y deny write except ab\n",
	  "shield 1\nprogram ab /p\nprogram a /q\nprotect /x deny write except a\nprotect /y deny write except ab\n" },
	{ "group_may_have_the_name_of_a_keyword",
	  "shield 1\nprogram except /p\nprotect /x deny read except except\n",
	  "shield 1\nprogram except /p\nprotect /x deny read except except\n" },
	{ "rule_takes_every_right",
	  "shield 1\nprotect /x deny read,write,append,exec,remove,create,link,attr,mount\n",
	  "shield 1\nprotect /x deny all\n" },
	{ "modify_is_all_but_read_and_exec",
	  "shield 1\nprotect /x deny write,append,remove,create,link,attr,mount\n",
	  "shield 1\nprotect /x deny modify\n" },
	{ "sets_and_single_rights_mix",
	  "shield 1\nprotect /x deny exec,modify\n",
	  "shield 1\nprotect /x deny modify,exec\n" },
	{ "a_right_may_be_said_twice",
	  "shield 1\nprotect /x deny read,read,read\n",
	  "shield 1\nprotect /x deny read\n" },
	{ "recursive_and_prefix_are_kept",
	  "shield 1\nprotect /x recursive deny read\nwatch /y prefix write\n",
	  "shield 1\nprotect /x recursive deny read\nwatch /y prefix write\n" },
	{ "allow_for_everyone_is_taken_off_the_denied_rights",
	  "shield 1\nprotect /x deny write,append,read allow append\n",
	  "shield 1\nprotect /x deny read,write\n" },
	{ "allow_to_groups_is_kept",
	  "shield 1\nprogram a /p\nprogram b /q\nprotect /x deny modify allow append to a allow remove,link to a,b except b\n",
	  "shield 1\nprogram a /p\nprogram b /q\nprotect /x deny modify allow append to a allow remove,link to a,b except b\n" },
	{ "allow_is_cut_to_what_is_denied",
	  "shield 1\nprogram a /p\nprotect /x deny read,write allow all to a\n",
	  "shield 1\nprogram a /p\nprotect /x deny read,write allow read,write to a\n" },
	{ "allow_for_everyone_narrows_an_earlier_allow_to",
	  "shield 1\nprogram a /p\nprotect /x deny read,write allow all to a allow read\n",
	  "shield 1\nprogram a /p\nprotect /x deny write allow write to a\n" },
	{ "watch_takes_except",
	  "shield 1\nprogram a /p\nwatch /x read except a\n",
	  "shield 1\nprogram a /p\nwatch /x read except a\n" },
	{ "bare_path_takes_octal_escapes",
	  "shield 1\nwatch /a\\040b\\134c read\n",
	  "shield 1\nwatch \"/a b\\\\c\" read\n" },
	{ "quoted_path_takes_blanks_quotes_and_escapes",
	  "shield 1\nwatch \"/a b\\\"c\\\\d\\001\\377\t#f\" read\n",
	  "shield 1\nwatch \"/a b\\\"c\\\\d\\001\377\\011#f\" read\n" },
	{ "hash_inside_a_word_is_no_comment", "shield 1\nwatch /a#b read # c\n",
	  "shield 1\nwatch /a#b read\n" },
	{ "hash_begins_a_comment_behind_a_blank",
	  "shield 1\nwatch /a read #write\n", "shield 1\nwatch /a read\n" },
	{ "utf_8_is_welcome", "shield 1\nwatch /\303\274ber read # \303\274\n",
	  "shield 1\nwatch /\303\274ber read\n" },
	{ "dots_are_normal_in_names", "shield 1\nwatch /..a/.b/c./... read\n",
	  "shield 1\nwatch /..a/.b/c./... read\n" },
	{ "path_may_be_a_keyword_behind_its_slash",
	  "shield 1\nwatch /deny read\n", "shield 1\nwatch /deny read\n" },
	{ "the_same_path_may_have_several_rules",
	  "shield 1\nwatch /x read\nwatch /x read\nprotect /x deny read\n",
	  "shield 1\nwatch /x read\nwatch /x read\nprotect /x deny read\n" },
};

static void check(const char *name, const char *text, const char *tree)
{
	struct parsed *parsed = policy_parse(text, strlen(text));
	char *got;

	got = parsed->ret ? policy_explain(&parsed->error) :
			    policy_print(&parsed->ast);
	if (!tap_result(!parsed->ret && !strcmp(got, tree), name)) {
		tap_note("expected", tree);
		tap_note("got", got);
	}
	free(got);
	policy_free(parsed);
}

static bool is_at(const struct shield_pos *pos, u32 line, u32 column)
{
	return pos->line == line && pos->column == column;
}

static void positions_count_from_one_in_bytes(void)
{
	static const char text[] =
		"# one\nshield 1\n\tprogram a  /p\n  protect \"/\303\274\" deny read\n";
	struct parsed *parsed = policy_parse(text, strlen(text));
	const struct shield_ast *ast = &parsed->ast;
	bool is_good;

	is_good = !parsed->ret && is_at(&ast->groups[0].pos, 3, 2) &&
		  is_at(&ast->programs[0].pos, 3, 13) &&
		  is_at(&ast->rules[0].pos, 4, 3) &&
		  is_at(&ast->rules[0].path_pos, 4, 11);
	tap_result(is_good, __func__);
	policy_free(parsed);
}

void test_accepted(void)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++)
		check(rows[i].name, rows[i].text, rows[i].tree);
	positions_count_from_one_in_bytes();
}
