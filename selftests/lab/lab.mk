# SPDX-License-Identifier: GPL-2.0-only
#
# What runs in a VM. KERNEL names one or more of selftests/lab/kernels.table;
# unless given, those that the table says to test always, briefly or in a sample.
# check-kernels tests all of them, wholly, and some with something else beside
# (selftests/lab/settings.sh), which takes hours; RESUME=1 leaves out what has passed
# with this very tree. The last three are of kernels that find mistakes
# (docs/sanitizers.md).

.PHONY: demo check check-kernels check-others check-kprobe check-stress soak
.PHONY: check-sanitizers check-races coverage

demo:
	@selftests/demo/demo

check:
	@selftests/lab/check $(KERNEL)

check-kernels:
	@selftests/lab/check --in-vm $(if $(RESUME),--resume) --all

check-others:
	@selftests/lab/check --in-vm 6.1+others 7.3+others

check-kprobe:
	@selftests/lab/check --in-vm 6.1+kprobe 7.3+kprobe

# Half an hour, or more.
check-stress:
	@SHIELD_TEST_TIMEOUT=3600 selftests/lab/check --in-vm --only stress.sh $(or $(KERNEL),6.1 6.12 7.3)

# MINUTES of everything at once; docs/soak.md.
soak:
	@selftests/lab/soak '$(MINUTES)' $(KERNEL)

check-sanitizers:
	@selftests/lab/check --in-vm sanitizers

check-races:
	@selftests/lab/check --in-vm kcsan

coverage:
	@selftests/lab/coverage
