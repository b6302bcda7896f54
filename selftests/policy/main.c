// SPDX-License-Identifier: GPL-2.0-only
/* Table tests of the policy parser. They need no kernel. */
#include "policy.h"
#include "tap.h"

int main(void)
{
	test_accepted();
	test_refused();
	test_limits();
	test_words();
	test_builtin();
	test_sealed();
	test_envelope();
	return tap_finish();
}
