# SPDX-License-Identifier: GPL-2.0-only
#
# make check-install    packages, installed by name in roots of Debian
# make check-boot       a machine with those packages, booted once for each step
# make check-package    both, which takes over an hour, so not part of make check
#
# INSTALL_SUITES=bookworm keeps them to that one.

INSTALL_SUITES ?= bookworm trixie

.PHONY: check-boot check-install check-package

check-install:
	@selftests/install/check $(INSTALL_SUITES)
	@selftests/install/rpm
	@selftests/install/arch
	@selftests/install/release

check-boot:
	@for suite in $(INSTALL_SUITES); do selftests/install/boot $$suite || exit; done

check-package: check-install
	@$(MAKE) --no-print-directory check-boot
