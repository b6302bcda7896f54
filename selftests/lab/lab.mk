# SPDX-License-Identifier: GPL-2.0-only
#
# What runs in a VM. KERNEL names one of selftests/lab/kernels.table, all of
# them unless given.

.PHONY: demo check

demo:
	@selftests/demo/demo

check:
	@selftests/lab/check $(KERNEL)
