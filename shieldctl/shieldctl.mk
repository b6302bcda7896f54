# SPDX-License-Identifier: GPL-2.0-only
#
# The command, the recorder of its events, and what is executed before init.
# Builds build/shieldctl, build/shield-record and build/shield-init; `make install-shieldctl` honours DESTDIR, PREFIX and
# UNITDIR.

PREFIX ?= /usr
UNITDIR ?= $(PREFIX)/lib/systemd/system
# For another machine: another directory, and CROSS_COMPILE.
BUILD ?= build

SHIELDCTL_SOURCES := $(wildcard shieldctl/*.c) \
	$(addprefix module/policy/,lex.c near.c rights.c programs.c \
	parse.c parse_path.c parse_program.c parse_rule.c envelope.c token.c)
SHIELDCTL_HEADERS := $(wildcard shieldctl/*.h module/policy/*.h)
# No more than kmod itself brings along.
SHIELDCTL_LIBRARIES := libkmod libcrypto liblzma libzstd
SHIELDCTL_PACKAGES := gcc libc6-dev libkmod-dev libssl-dev liblzma-dev \
	libzstd-dev pkg-config
SHIELDCTL_CFLAGS := -std=gnu11 -O2 -g -Wall -Wextra -D_GNU_SOURCE \
	-D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE \
	-ffile-prefix-map=$(CURDIR)=.

.PHONY: shieldctl
shieldctl: $(BUILD)/shieldctl $(BUILD)/shield-record $(BUILD)/shield-init

RECORD_SOURCES := $(wildcard shieldctl/record/*.c) \
	$(addprefix shieldctl/,event.c json.c stream.c text.c kernel.c) \
	module/policy/rights.c

$(BUILD)/shield-record: $(RECORD_SOURCES) $(SHIELDCTL_HEADERS) $(wildcard shieldctl/record/*.h)
	@scripts/need gcc libc6-dev
	@mkdir -p $(@D)
	@echo "  CC      $@"
	@$(CROSS_COMPILE)gcc $(SHIELDCTL_CFLAGS) $(CFLAGS) -pie -Wl,-z,relro,-z,now $(LDFLAGS) -o $@ $(RECORD_SOURCES)

$(BUILD)/shield-init: shieldctl/init/init.c
	@scripts/need gcc libc6-dev
	@mkdir -p $(@D)
	@echo "  CC      $@"
	@$(CROSS_COMPILE)gcc $(SHIELDCTL_CFLAGS) $(CFLAGS) -pie -Wl,-z,relro,-z,now $(LDFLAGS) -o $@ $<

$(BUILD)/shieldctl: $(SHIELDCTL_SOURCES) $(SHIELDCTL_HEADERS) VERSION
	@scripts/need $(SHIELDCTL_PACKAGES)
	@mkdir -p $(@D)
	@echo "  CC      $@"
	@$(CROSS_COMPILE)gcc $(SHIELDCTL_CFLAGS) $(CFLAGS) -DSHIELD_VERSION='"$(shell cat VERSION)"' \
		$$(pkg-config --cflags $(SHIELDCTL_LIBRARIES)) -pie -Wl,-z,relro,-z,now \
		$(LDFLAGS) -o $@ $(SHIELDCTL_SOURCES) $$(pkg-config --libs $(SHIELDCTL_LIBRARIES))

# Where each file goes; uninstall-shieldctl takes away what install put there.
SHIELDCTL_COMMAND = $(DESTDIR)$(PREFIX)/sbin/shieldctl
SHIELDCTL_MANUAL = $(DESTDIR)$(PREFIX)/share/man/man8/shieldctl.8
SHIELDCTL_COMPLETION = $(DESTDIR)$(PREFIX)/share/bash-completion/completions/shieldctl
SHIELDCTL_POLICY = $(DESTDIR)$(PREFIX)/lib/shield/policy.d/10-default.policy
SHIELDCTL_RECORD = $(DESTDIR)$(PREFIX)/lib/shield/shield-record
SHIELDCTL_RECORD_MANUAL = $(DESTDIR)$(PREFIX)/share/man/man8/shield-record.8
SHIELDCTL_RECORD_POLICY = $(DESTDIR)$(PREFIX)/lib/shield/policy.d/20-record.policy
SHIELDCTL_BOOT_POLICY = $(DESTDIR)$(PREFIX)/lib/shield/policy.d/15-boot.policy
SHIELDCTL_SEALED_POLICY = $(DESTDIR)$(PREFIX)/lib/shield/sealed.policy
SHIELDCTL_INIT = $(DESTDIR)$(PREFIX)/lib/shield/shield-init
SHIELDCTL_INIT_BOTTOM = $(DESTDIR)$(PREFIX)/share/initramfs-tools/scripts/init-bottom/shield
SHIELDCTL_INITRAMFS_HOOK = $(DESTDIR)$(PREFIX)/share/initramfs-tools/hooks/shield
SHIELDCTL_DRACUT = $(DESTDIR)$(PREFIX)/lib/dracut/modules.d/98shield
SHIELDCTL_STATE = $(DESTDIR)/var/lib/shield
SHIELDCTL_UNITS = $(addprefix $(DESTDIR)$(UNITDIR)/,shield.service \
	shield-complete.service shield-record.service shield-metrics.service shield-metrics.timer)

.PHONY: install-shieldctl uninstall-shieldctl
install-shieldctl: $(BUILD)/shieldctl $(BUILD)/shield-record $(BUILD)/shield-init
	install -D -m 755 $(BUILD)/shieldctl $(SHIELDCTL_COMMAND)
	install -D -m 644 shieldctl/shieldctl.8 $(SHIELDCTL_MANUAL)
	install -D -m 644 shieldctl/completion.bash $(SHIELDCTL_COMPLETION)
	install -D -m 644 module/policy/default.policy $(SHIELDCTL_POLICY)
	install -D -m 755 $(BUILD)/shield-record $(SHIELDCTL_RECORD)
	install -D -m 644 shieldctl/record/shield-record.8 $(SHIELDCTL_RECORD_MANUAL)
	install -D -m 644 packaging/record.policy $(SHIELDCTL_RECORD_POLICY)
	install -D -m 644 packaging/boot.policy $(SHIELDCTL_BOOT_POLICY)
	install -D -m 644 packaging/sealed.policy $(SHIELDCTL_SEALED_POLICY)
	install -D -m 755 $(BUILD)/shield-init $(SHIELDCTL_INIT)
	install -D -m 755 packaging/initramfs/init-bottom $(SHIELDCTL_INIT_BOTTOM)
	install -D -m 755 packaging/initramfs/hook $(SHIELDCTL_INITRAMFS_HOOK)
	install -d $(SHIELDCTL_DRACUT)
	install -m 755 packaging/initramfs/dracut/module-setup.sh \
		packaging/initramfs/dracut/switch-root $(SHIELDCTL_DRACUT)
	install -m 644 packaging/initramfs/dracut/switch-root.conf $(SHIELDCTL_DRACUT)
	install -d $(SHIELDCTL_STATE)
	install -d $(dir $(firstword $(SHIELDCTL_UNITS)))
	install -m 644 $(addprefix packaging/systemd/,$(notdir $(SHIELDCTL_UNITS))) \
		$(dir $(firstword $(SHIELDCTL_UNITS)))

uninstall-shieldctl:
	rm -f $(SHIELDCTL_COMMAND) $(SHIELDCTL_MANUAL) $(SHIELDCTL_COMPLETION) \
		$(SHIELDCTL_POLICY) $(SHIELDCTL_RECORD) $(SHIELDCTL_RECORD_MANUAL) \
		$(SHIELDCTL_RECORD_POLICY) $(SHIELDCTL_BOOT_POLICY) $(SHIELDCTL_SEALED_POLICY) \
		$(SHIELDCTL_UNITS) \
		$(SHIELDCTL_INIT) $(SHIELDCTL_INIT_BOTTOM) $(SHIELDCTL_INITRAMFS_HOOK) \
		$(DESTDIR)/etc/shield/early
	rm -rf $(SHIELDCTL_STATE) $(SHIELDCTL_DRACUT)
