// SPDX-License-Identifier: GPL-2.0-only
/*
 * The file that counts boots: whatever is in it, it counts on, and a boot that
 * came to its end lets the next one begin.
 */
#include "../../shieldctl/boots.h"
#include "directory.h"
#include "fuzz.h"

#define BOOT_ID "0f1e2d3c-4b5a-4968-8776-655443322110"
#define MOST 99

static void check_begun(void)
{
	const unsigned int before = boots_before(BOOTS_LATE);
	const bool was_counted = boots_is_counted(BOOTS_LATE);

	insist(before <= MOST && boots_unfinished(BOOTS_LATE) <= MOST);
	insist(!boots_begin(BOOTS_LATE) && boots_is_counted(BOOTS_LATE));
	insist(was_counted || before == MOST ||
	       boots_unfinished(BOOTS_LATE) == before + 1);
	/* Once, however often it is said. */
	insist(!boots_begin(BOOTS_LATE));
	insist(was_counted || before == MOST ||
	       boots_before(BOOTS_LATE) == before);
}

static void check_completed(void)
{
	const unsigned int before = boots_before(BOOTS_LATE);

	insist(!boots_complete());
	insist(boots_unfinished(BOOTS_LATE) ==
	       (before >= BOOTS_MOST ? BOOTS_MOST - 1 : 0));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *directory;

	if (!directory) {
		directory = directory_make("SHIELDCTL_ROOT");
		directory_write("proc/sys/kernel/random/boot_id", BOOT_ID "\n",
				sizeof(BOOT_ID));
	}
	directory_write(&BOOTS_LATE[1], data, size);
	check_begun();
	check_completed();
	insist(!boots_forget(BOOTS_LATE) && !boots_unfinished(BOOTS_LATE) &&
	       !boots_before(BOOTS_LATE));
	return 0;
}
