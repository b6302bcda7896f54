#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Module of dracut. Brings what has shield loaded before the root file system is
# in use, if `shieldctl enable --initramfs` said so.

check() {
	[ -e /etc/shield/early ] || return 255
}

depends() {
	return 0
}

# Who names another init on the kernel's command line wants that one. dracut's own
# init knows of distributions that bring one; systemd has to be told.
# shellcheck disable=SC2154 # dracut sets these
install() {
	mkdir -p "$initdir/etc/cmdline.d"
	echo 'rd.distroinit=/usr/lib/shield/shield-init' >"$initdir/etc/cmdline.d/shield.conf"
	inst_script "$moddir/switch-root" /usr/lib/shield/switch-root
	inst_simple "$moddir/switch-root.conf" \
		"$systemdsystemunitdir/initrd-switch-root.service.d/shield.conf"
}
