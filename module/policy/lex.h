/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Words of a policy text and where they stand.
 *
 * Fields are separated by blanks and tabs, a statement ends with its line.
 * `#` at the beginning of a word starts a comment.
 */
#ifndef SHIELD_POLICY_LEX_H
#define SHIELD_POLICY_LEX_H

#include "parse.h"
#include "pure.h"

/**
 * struct shield_word - one field of a line, as it stands in the text
 * @text: first byte, of a quoted word its quote; not NUL-terminated
 * @len: bytes in the text, quotes and escapes included; 0 at the end of a line
 * @quoted: begins and ends with a quote
 * @pos: where it stands
 */
struct shield_word {
	const char *text;
	size_t len;
	bool quoted;
	struct shield_pos pos;
};

/**
 * struct shield_lexer - how far a text has been read
 * @at: next byte
 * @end: behind the last byte
 * @line_start: first byte of the current line
 * @line: number of the current line, from 1
 * @error: filled in by what fails
 */
struct shield_lexer {
	const char *at;
	const char *end;
	const char *line_start;
	u32 line;
	struct shield_error *error;
};

/* Bytes of a word as a message shows it, with the NUL. */
#define SHIELD_SHOWN 64

/**
 * shield_lex_start() - begin to read a text
 * @lexer: to initialise
 * @text: the text
 * @len: its bytes
 * @error: where errors go
 */
void shield_lex_start(struct shield_lexer *lexer, const char *text, size_t len,
		      struct shield_error *error);

/**
 * shield_lex_word() - read the next word of the line
 * @lexer: in a line
 * @word: result; its length is 0 at the end of the line
 *
 * Return: 0, or -EINVAL for bytes that belong in no word.
 */
int shield_lex_word(struct shield_lexer *lexer, struct shield_word *word);

/**
 * shield_lex_next_line() - go on behind the end of the line
 * @lexer: at the end of a line
 *
 * Return: false at the end of the text.
 */
bool shield_lex_next_line(struct shield_lexer *lexer);

/**
 * shield_lex_next_item() - take the next entry off a comma list
 * @lexer: for its error
 * @list: what is left of the list, shortened by the entry; empty when done
 * @item: the entry
 *
 * Return: 0, or -EINVAL for an empty entry or a quoted list.
 */
int shield_lex_next_item(struct shield_lexer *lexer, struct shield_word *list,
			 struct shield_word *item);

/**
 * shield_lex_unescape() - the bytes that a word stands for
 * @lexer: for its error
 * @word: quoted or bare
 * @out: room for @word->len bytes
 * @len: bytes written, no NUL among them
 *
 * Return: 0, or -EINVAL for an escape that means nothing.
 */
int shield_lex_unescape(struct shield_lexer *lexer,
			const struct shield_word *word, char *out, size_t *len);

/**
 * shield_lex_is() - is a word this keyword
 * @word: from shield_lex_word()
 * @keyword: NUL-terminated
 *
 * Return: true if it is, unquoted.
 */
bool shield_lex_is(const struct shield_word *word, const char *keyword);

/**
 * shield_lex_show() - a word as a message may print it
 * @word: any word
 * @shown: SHIELD_SHOWN bytes
 *
 * Long words are cut and bytes that are not printable ASCII are escaped, so
 * that a hostile text cannot write on the reader's terminal.
 *
 * Return: @shown.
 */
const char *shield_lex_show(const struct shield_word *word, char *shown);

/**
 * shield_lex_fail() - refuse a text
 * @lexer: whose error is filled in
 * @pos: where
 * @errno_value: negative errno
 * @format: of the message, one sentence without newline
 *
 * Return: @errno_value, so that callers can return it on.
 */
__printf(4, 5) int shield_lex_fail(struct shield_lexer *lexer,
				   const struct shield_pos *pos,
				   int errno_value, const char *format, ...);

#endif
