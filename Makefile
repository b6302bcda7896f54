# SPDX-License-Identifier: GPL-2.0-only
#
# make            the module for $(KDIR), if that exists, and shieldctl
# make demo       see it at work in a VM
# make check      run every test
# make install    for real: module, command and manuals, for the running kernel
#
# POLICY_CERT=FILE builds in the certificate whose key signs policies.
#
# The rooms add their own targets by the fragments included below.

VERSION := $(shell cat VERSION)
KDIR ?= /lib/modules/$(shell uname -r)/build
DESTDIR ?=
PREFIX ?= /usr

.DEFAULT_GOAL := all
.PHONY: all module install install-module install-manuals uninstall clean

-include selftests/bench/bench.mk
-include selftests/install/install.mk
-include selftests/lab/lab.mk
-include selftests/policy/policy.mk
-include selftests/fuzz/fuzz.mk
-include selftests/sealed/sealed.mk
-include packaging/signing/signing.mk
-include selftests/signing/signing.mk
-include packaging/packaging.mk
-include scripts/lint/lint.mk
-include shieldctl/shieldctl.mk

all: $(if $(wildcard $(KDIR)),module,no-module) shieldctl

.PHONY: no-module
no-module:
	@echo "shield: no kernel build tree at $(KDIR): only shieldctl is built." >&2
	@echo "shield: install the linux-headers package of your kernel, or name a tree by KDIR=…" >&2

# What Kbuild says about paths is not heeded for shield.mod.c, which names its own.
module:
	$(MAKE) -C $(KDIR) M=$(CURDIR) $(if $(POLICY_CERT),POLICY_CERT=$(abspath $(POLICY_CERT))) \
		KCFLAGS="$(strip $(KCFLAGS) -ffile-prefix-map=$(CURDIR)=.)" modules

install: install-module install-shieldctl install-manuals

# What packages put where they want it.
MANUALS = $(addprefix $(DESTDIR)$(PREFIX)/share/man/,man5/shield.policy.5 man7/shield.7)
install-manuals:
	for page in $(MANUALS); do install -D -m 644 docs/man/$${page##*/} $$page || exit; done

install-module: module
	$(MAKE) -C $(KDIR) M=$(CURDIR) INSTALL_MOD_DIR=updates \
		$(if $(DESTDIR),INSTALL_MOD_PATH=$(DESTDIR)) modules_install

uninstall: uninstall-shieldctl
	rm -f $(MANUALS)
	rm -f $(DESTDIR)/lib/modules/$(shell uname -r)/updates/shield.ko*
	depmod $(if $(DESTDIR),-b $(DESTDIR)) $(shell uname -r)

clean:
	$(if $(wildcard $(KDIR)),$(MAKE) -C $(KDIR) M=$(CURDIR) clean)
	rm -rf build
