# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC2154 # lib.sh and machine.sh set what is shared
#
# The compiler for a kernel: this machine's, or that of another suite, in a root
# of its own in the cache, as newer kernels want a newer one. QEMU is always of
# such a root: 7.2 runs stale code when one CPU patches it while another comes by.

readonly tools_packages=bc,bison,flex,gcc-14,gcc,make,kmod,libc6-dev,libelf-dev,libssl-dev,openssl,pahole,perl,python3,qemu-system-x86

tools_build() {
	[ ! -e "$2" ] || return 0
	suite_root "compiler and QEMU of Debian $1 (about two minutes)" \
		"$1" "$tools_packages" "$2" "${without_texts[@]}"
}

# tools_get TOOLS COMPILER: have them ready.
tools_get() {
	tools_root=
	if [ "$1" = here ]; then
		need make libc6-dev libelf1 pahole perl kmod "${2#"$cross"}${cross:+-${cross%-}}"
		return 0
	fi
	need mount
	tools_root=$cache/tools/$1-$(digest "$1 $tools_packages")
	mkdir -p "$cache/tools"
	[ -e "$tools_root" ] || with_lock "tools-$1" tools_build "$1" "$tools_root"
}

# emulator_get: have a QEMU ready for tools_run that can be trusted with code that
# is being patched. That of another machine has a root of its own, for who wants it.
emulator_get() {
	local packages=qemu-system-arm
	if [ -z "$foreign" ]; then
		tools_get trixie gcc-14
		return
	fi
	need mount
	tools_root=$cache/tools/emulator-$arch-$(digest "$packages")
	mkdir -p "$cache/tools"
	[ -e "$tools_root" ] || with_lock "emulator-$arch" emulator_build "$packages"
}

emulator_build() {
	[ -e "$tools_root" ] || suite_root "QEMU for $arch of Debian trixie (about a minute)" \
		trixie "$1" "$tools_root" "${without_texts[@]}"
}

# Runs as root in a mount namespace of its own, and ends as the command itself,
# so that a signal for this process is a signal for the command.
tools_enter() {
	local root=$1 user=$2 here=$3 dir
	shift 3
	while [ "$1" != -- ]; do
		dir=$1
		mkdir -p "$root$dir"
		mount --bind "$dir" "$root$dir"
		shift
	done
	mount -t proc proc "$root/proc"
	mount --rbind /dev "$root/dev"
	[ -d "$root$here" ] || here=/
	exec chroot --userspec="$user" "$root" \
		/usr/bin/env -u TMPDIR -C "$here" PATH=/usr/sbin:/usr/bin:/sbin:/bin "${@:2}"
}

# tools_run COMMAND…: run it with the tools that tools_get made ready. It sees
# the source tree and the cache where they are, and its own /tmp; called from
# elsewhere, it begins in "/".
tools_run() {
	if [ -z "$tools_root" ]; then
		"$@"
		return
	fi
	# Where "/" is no mount point, as in a chroot, there is nothing to make private.
	local mounts=(-m)
	as_root unshare -m true 2>/dev/null || mounts+=(--propagation unchanged)
	as_root unshare "${mounts[@]}" bash -euc "$(declare -f tools_enter); tools_enter \"\$@\"" tools_enter \
		"$tools_root/root" "$(id -u):$(id -g)" "$PWD" "$top" "$cache" -- "$@"
}
