# SPDX-License-Identifier: GPL-2.0-only
#
# The kernel tests in a kernel that finds mistakes; docs/sanitizers.md.

.PHONY: check-sanitizers

check-sanitizers:
	@selftests/lab/sanitizers
