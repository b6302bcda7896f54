// SPDX-License-Identifier: GPL-2.0-only
#include "rights.h"

/*
 * The last two are sets. shield_rights_format() writes the longest set that
 * fits first, then single rights, so a mask has one spelling.
 */
const struct shield_right_name shield_right_names[SHIELD_NR_RIGHT_NAMES] = {
	{ "read", SHIELD_READ },     { "write", SHIELD_WRITE },
	{ "append", SHIELD_APPEND }, { "exec", SHIELD_EXEC },
	{ "remove", SHIELD_REMOVE }, { "create", SHIELD_CREATE },
	{ "link", SHIELD_LINK },     { "attr", SHIELD_ATTR },
	{ "mount", SHIELD_MOUNT },   { "modify", SHIELD_MODIFY },
	{ "all", SHIELD_ALL },
};

static_assert(BIT(SHIELD_NR_RIGHTS) - 1 == SHIELD_ALL, "each right is a bit");
static_assert(ARRAY_SIZE(shield_right_names) - 2 == SHIELD_NR_RIGHTS,
	      "then modify and all");

u16 shield_rights_from_name(const char *name, size_t len)
{
	size_t i;

	for (i = 0; i < SHIELD_NR_RIGHT_NAMES; i++) {
		const char *known = shield_right_names[i].name;

		if (strlen(known) == len && !memcmp(known, name, len))
			return shield_right_names[i].rights;
	}
	return 0;
}

static char *append(char *out, const char *start, const char *name)
{
	size_t len = strlen(name);

	if (out != start)
		*out++ = ',';
	memcpy(out, name, len + 1);
	return out + len;
}

const char *shield_rights_format(u16 rights, char *buf)
{
	char *out = buf;
	size_t i;

	if (!(rights & SHIELD_ALL)) {
		append(out, buf, "none");
		return buf;
	}
	for (i = SHIELD_NR_RIGHT_NAMES; i-- > SHIELD_NR_RIGHTS;) {
		if ((rights & shield_right_names[i].rights) !=
		    shield_right_names[i].rights)
			continue;
		out = append(out, buf, shield_right_names[i].name);
		rights &= ~shield_right_names[i].rights;
	}
	for (i = 0; i < SHIELD_NR_RIGHTS; i++)
		if (rights & shield_right_names[i].rights)
			out = append(out, buf, shield_right_names[i].name);
	return buf;
}
