# SPDX-License-Identifier: GPL-2.0-only
#
# make check-install    packages, installed by name in roots of Debian
# make check-package    the same in every suite, and a machine that boots them;
#                       half an hour, so not part of make check

INSTALL_SUITES ?= bookworm trixie

.PHONY: check-install check-package

check-install:
	@selftests/install/check $(INSTALL_SUITES)
	@selftests/install/rpm
	@selftests/install/release

check-package: check-install
	@for suite in $(INSTALL_SUITES); do selftests/install/boot $$suite || exit; done
