# SPDX-License-Identifier: GPL-2.0-only
#
# Tests of signing. All but "certificate" need no kernel:
#
#	make check-signing			all of them
#	make check-signing SIGNING=verify	one of them

SIGNING ?= verify policy certificate enroll dkms release reproducible

.PHONY: check-signing list-signing
check-signing: $(POLICY_BUILD)/shieldctl build/shieldctl
	@for program in $(SIGNING); do \
		selftests/signing/$$program || exit 1; \
	done

list-signing:
	@echo $(SIGNING)

# With a kernel, in VMs with Secure Boot; minutes for each boot.
.PHONY: check-secureboot
check-secureboot:
	@selftests/signing/secureboot $(KERNEL)
