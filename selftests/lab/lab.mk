# SPDX-License-Identifier: GPL-2.0-only
#
# What runs in a VM. KERNEL names one or more of selftests/lab/kernels.table;
# unless given, those that the table says to test always or briefly.
# check-kernels tests all of them. check-kprobe runs those that
# tell soonest on hooks that are kprobes.

.PHONY: demo check check-kernels check-others check-kprobe check-stress soak

demo:
	@selftests/demo/demo

check:
	@selftests/lab/check $(KERNEL)

check-kernels:
	@selftests/lab/check --all

check-others:
	@selftests/lab/others 6.1 7.3

check-kprobe:
	@SHIELD_BACKEND=kprobe selftests/lab/check --in-vm \
		--only "$$($(MAKE) -s --no-print-directory -C selftests list-telling | xargs) kprobe.sh" 6.1 7.3

# Half an hour, or more.
check-stress:
	@SHIELD_TEST_TIMEOUT=3600 selftests/lab/check --in-vm --only stress.sh $(or $(KERNEL),6.1 6.12 7.3)

# MINUTES of everything at once; docs/soak.md.
soak:
	@selftests/lab/soak '$(MINUTES)' $(KERNEL)

-include selftests/lab/sanitizers.mk
