# SPDX-License-Identifier: GPL-2.0-only
#
# make bench		what shield adds to system calls, in instructions: a table of
#			all variants
# make bench-events	what events cost, and that they hurt nobody

.PHONY: bench bench-events

bench:
	@selftests/bench/measure $(KERNEL)

bench-events:
	@selftests/bench/events $(KERNEL)
