# SPDX-License-Identifier: GPL-2.0-only
#
# The kernel tests in kernels that find mistakes; docs/sanitizers.md.

.PHONY: check-sanitizers check-races coverage

check-sanitizers:
	@selftests/lab/sanitizers

check-races:
	@selftests/lab/races

coverage:
	@selftests/lab/coverage
