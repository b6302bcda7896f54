# SPDX-License-Identifier: GPL-2.0-only
#
# What shield adds to system calls, in instructions: a table of all variants.

.PHONY: bench

bench:
	@selftests/bench/measure $(KERNEL)
