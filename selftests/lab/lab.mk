# SPDX-License-Identifier: GPL-2.0-only
#
# What runs in a VM. KERNEL names one or more of selftests/lab/kernels.table;
# unless given, those that are always tested. check-kernels tests all of them.

.PHONY: demo check check-kernels

demo:
	@selftests/demo/demo

check:
	@selftests/lab/check $(KERNEL)

check-kernels:
	@selftests/lab/check --all

-include selftests/lab/sanitizers.mk
