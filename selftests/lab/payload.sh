# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC2154 # lib.sh and kernels.sh set what is shared
#
# What one run of a VM brings along: the module under test where modprobe finds
# it, shieldctl, the test programs, the lab's own programs and the command.

payload_init() {
	local init
	init=$cache/guest-init-$(digest "$arch" "$lab_dir"/guest/{init.c,leave.h})
	if [ ! -x "$init" ]; then
		need gcc libc6-dev
		machine_cc -static -O2 -Wall -Wextra -o "$init.$$" "$lab_dir/guest/init.c"
		mv "$init.$$" "$init"
	fi
	install -D "$init" "$1/usr/lib/shield-lab/init"
}

# payload_module STAGE MODULE: the module, and the indexes of depmod with it.
payload_module() {
	local stage=$1 module=$2 modules=$1/usr/lib/modules/$kernel_release
	module_fits "$module" ||
		die "$module is not built for $kernel_release, which this VM runs; leave --module out"
	rm -rf "$stage.depmod"
	cp -al "$kernel_dir/modules" "$stage.depmod"
	rm -f "$stage.depmod/lib/modules/$kernel_release"/modules.{dep,alias,symbols,softdep,devname}*
	install -D -m 644 "$module" "$stage.depmod/lib/modules/$kernel_release/extra/shield.ko"
	depmod -b "$stage.depmod" "$kernel_release"
	install -D -m 644 "$module" "$modules/extra/shield.ko"
	cp "$stage.depmod/lib/modules/$kernel_release"/modules.{dep,alias,symbols,softdep,devname}* "$modules/"
	rm -rf "$stage.depmod"
}

# payload_make IMAGE MODULE COMMAND FILE…: MODULE may be empty.
payload_make() {
	local image=$1 module=$2 command=$3 stage=$1.d
	shift 3
	rm -rf "$stage"
	mkdir -p "$stage"/usr/{sbin,lib/shield-lab}
	payload_init "$stage"
	cp "$lab_dir/guest/run" "$@" "$stage/usr/lib/shield-lab/"
	printf '%s\n' "$command" >"$stage/usr/lib/shield-lab/command"
	if [ -n "${SHIELD_BACKEND-}" ]; then
		mkdir -p "$stage/usr/lib/modprobe.d"
		echo "options shield backend=$SHIELD_BACKEND" >"$stage/usr/lib/modprobe.d/shield-lab.conf"
	fi
	[ -z "$module" ] || payload_module "$stage" "$module"
	[ ! -x "$products/shieldctl" ] || install "$products/shieldctl" "$stage/usr/sbin/shieldctl"
	if [ -x "$products/shield-record" ]; then
		install -D "$products/shield-record" "$stage/usr/lib/shield/shield-record"
		install -D -m 644 "$top/packaging/record.policy" "$stage/usr/lib/shield/policy.d/20-record.policy"
	fi
	if [ -d "$products/selftests" ]; then
		cp -r "$products/selftests" "$stage/usr/lib/shield-lab/selftests"
	fi
	tar -C "$stage" --owner=0 --group=0 --mode=u=rwX,go=rX -cf "$image" usr
	rm -rf "$stage"
}
