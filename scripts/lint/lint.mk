# SPDX-License-Identifier: GPL-2.0-only
#
# make lint                        every check
# make lint LINT="sparse spdx"     some of them
# make lint LINT_KDIR=…            against another kernel than Debian 12's
# make compile_commands.json       for clangd and other tools

# Not "?=": make itself calls a program of this name lint.
LINT =
LINT_KDIR ?=

.PHONY: lint lint-selftest compile_commands.json

lint:
	@LINT_KDIR='$(LINT_KDIR)' scripts/lint/lint $(LINT)

# Seeds a fault for each check into a scratch copy and sees it found.
lint-selftest:
	@LINT_KDIR='$(LINT_KDIR)' scripts/lint/selftest $(LINT)

compile_commands.json:
	@LINT_KDIR='$(LINT_KDIR)' scripts/lint/compile-commands $@
