// SPDX-License-Identifier: GPL-2.0-only
/*
 * What one write() holds: a policy, or a signed manifest of one.
 */
#include "envelope.h"

#define MAX_DIGITS 18

/**
 * struct reader - what is still to be read
 * @at: next byte
 * @end: behind the last
 * @line: number of the line that @at is in
 * @error: where to say what is wrong
 */
struct reader {
	const char *at;
	const char *end;
	u32 line;
	struct shield_error *error;
};

static int fail(struct reader *reader, int error, const char *why)
{
	*reader->error = (struct shield_error){
		.pos = { .line = reader->line, .column = reader->line ? 1 : 0 },
	};
	snprintf(reader->error->message, sizeof(reader->error->message), "%s",
		 why);
	return error;
}

static const char *find_end(const struct reader *reader)
{
	const char *end = reader->at;

	while (end < reader->end && *end != '\n')
		end++;
	return end;
}

bool shield_envelope_take(struct shield_span *text, const char *word,
			  struct shield_span *behind)
{
	const char *end = memchr(text->at, '\n', text->len);
	size_t len = strlen(word);

	if (!end || (size_t)(end - text->at) <= len + 1 ||
	    memcmp(text->at, word, len) || text->at[len] != ' ')
		return false;
	behind->at = text->at + len + 1;
	behind->len = end - behind->at;
	text->len -= end + 1 - text->at;
	text->at = end + 1;
	return true;
}

/* Is the next line WORD with something behind it? Sets what is behind. */
static bool take(struct reader *reader, const char *word,
		 struct shield_span *behind)
{
	struct shield_span left = { reader->at, reader->end - reader->at };

	if (!shield_envelope_take(&left, word, behind))
		return false;
	reader->at = left.at;
	reader->line++;
	return true;
}

/* The same for a line that is only the word. */
static bool take_word(struct reader *reader, const char *word)
{
	const char *end = find_end(reader);
	size_t len = strlen(word);

	if (end == reader->end || (size_t)(end - reader->at) != len ||
	    memcmp(reader->at, word, len))
		return false;
	reader->at = end + 1;
	reader->line++;
	return true;
}

bool shield_envelope_number(const struct shield_span *span, u64 *number)
{
	size_t i;

	*number = 0;
	for (i = 0; i < span->len; i++) {
		if (span->at[i] < '0' || span->at[i] > '9')
			return false;
		*number = *number * 10 + (span->at[i] - '0');
	}
	return span->len && span->len <= MAX_DIGITS;
}

static int read_confirm(struct reader *reader, struct shield_envelope *envelope)
{
	struct shield_span seconds;
	u64 number;

	if (!take(reader, "confirm", &seconds))
		return 0;
	if (!shield_envelope_number(&seconds, &number) || !number ||
	    number > SHIELD_MAX_CONFIRM)
		return fail(
			reader, -EINVAL,
			"behind 'confirm' stands a number of seconds, 1 to 86400");
	envelope->confirm = number;
	/* It is about the load and no part of what is loaded. */
	reader->line = 1;
	return 0;
}

/* The first line that is @word, at or behind @from; NULL if there is none. */
static const char *find_line(const struct reader *reader, const char *from,
			     const char *word)
{
	struct reader ahead = { .at = from, .end = reader->end };
	size_t len = strlen(word);
	const char *end;

	for (; ahead.at < ahead.end; ahead.at = end + 1) {
		end = find_end(&ahead);
		if ((size_t)(end - ahead.at) == len &&
		    !memcmp(ahead.at, word, len))
			return ahead.at;
		if (end == ahead.end)
			break;
	}
	return NULL;
}

static bool is_blank(const char *at, const char *end)
{
	while (at < end && (*at == '\n' || *at == '\r'))
		at++;
	return at == end;
}

/* Everything behind the first line that begins a signature is signature. */
static int split(struct reader *reader, const char *armor,
		 struct shield_envelope *envelope)
{
	const char *first = armor + strlen(SHIELD_ARMOR_BEGIN), *last;

	last = find_line(reader, armor, SHIELD_ARMOR_END);
	reader->line = 0;
	if (!last || !is_blank(last + strlen(SHIELD_ARMOR_END), reader->end))
		return fail(reader, -EINVAL,
			    "the signature does not end with '" SHIELD_ARMOR_END
			    "': the text was cut off or something follows it");
	envelope->is_signed = true;
	envelope->body.at = reader->at;
	envelope->body.len = armor - reader->at;
	envelope->signature.at = first;
	envelope->signature.len = last - first;
	reader->end = armor;
	reader->line = 1;
	return 0;
}

bool shield_envelope_is_for(const struct shield_envelope *envelope,
			    const char *purpose)
{
	return envelope->is_signed &&
	       envelope->purpose.len == strlen(purpose) &&
	       !memcmp(envelope->purpose.at, purpose, envelope->purpose.len);
}

static int read_header(struct reader *reader, struct shield_envelope *envelope)
{
	struct shield_span version;
	bool is_window;

	if (!take(reader, "purpose", &envelope->purpose))
		return fail(
			reader, -EINVAL,
			"what is signed must begin with 'purpose " SHIELD_PURPOSE_POLICY
			"'; shieldctl sign writes it");
	is_window = shield_envelope_is_for(envelope, SHIELD_PURPOSE_WINDOW);
	if (!take(reader, is_window ? "serial" : "version", &version) ||
	    !shield_envelope_number(&version, &envelope->version))
		return fail(
			reader, -EINVAL,
			is_window ?
				"behind the purpose stands 'serial NUMBER'; shieldctl sign writes it" :
				"behind the purpose stands 'version NUMBER'; shieldctl sign writes it");
	envelope->seal = !is_window && take_word(reader, "seal");
	return 0;
}

int shield_envelope_open(const char *text, size_t len,
			 struct shield_envelope *envelope,
			 struct shield_error *error)
{
	struct reader reader = { text, text + len, 1, error };
	struct shield_span purpose;
	const char *armor;
	int result;

	*envelope = (struct shield_envelope){ .policy = { text, len } };
	result = read_confirm(&reader, envelope);
	if (result)
		return result;
	armor = find_line(&reader, reader.at, SHIELD_ARMOR_BEGIN);
	if (armor)
		result = split(&reader, armor, envelope);
	if (armor && !result)
		result = read_header(&reader, envelope);
	else if (!armor && take(&reader, "purpose", &purpose))
		result = fail(
			&reader, -EKEYREJECTED,
			"a manifest without its signature: it was taken off, or the text cut off");
	envelope->policy.at = reader.at;
	envelope->policy.len = reader.end - reader.at;
	return result;
}

static int value_of(char digit)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *found = digit ? strchr(digits, digit) : NULL;

	return found ? found - digits : -1;
}

int shield_envelope_unarmor(const struct shield_span *signature, u8 *out)
{
	unsigned int bits = 0, have = 0, padding = 0;
	int written = 0, value;
	size_t i;

	for (i = 0; i < signature->len; i++) {
		char digit = signature->at[i];

		if (digit == '\n' || digit == '\r')
			continue;
		if (digit == '=') {
			padding++;
			continue;
		}
		value = value_of(digit);
		if (value < 0 || padding)
			return -EINVAL;
		bits = bits << 6 | value;
		have += 6;
		if (have >= 8) {
			have -= 8;
			out[written++] = bits >> have;
		}
	}
	return padding > 2 || !written ? -EINVAL : written;
}
