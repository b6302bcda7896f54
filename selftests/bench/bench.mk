# SPDX-License-Identifier: GPL-2.0-only
#
# make bench		what shield adds to system calls, in instructions: a table
# make bench-events	what events cost, and that they hurt nobody

# make bench-plot	draw docs/performance.svg from the figures that are committed

.PHONY: bench bench-events bench-plot

bench:
	@selftests/bench/measure $(KERNEL)

bench-plot:
	@awk -v show='default inotify audit apparmor' -f selftests/bench/plot.awk \
		selftests/bench/expected-6.1.tsv selftests/bench/peers-6.1.tsv >docs/performance.svg

bench-events:
	@selftests/bench/events $(KERNEL)
