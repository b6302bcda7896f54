# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC2154 # common.sh sets what is shared
#
# Root directories of Debian suites in the cache: to try DKMS in, and to build
# releases in. For what runs in one of them no kernel is needed.

# shellcheck source=scripts/shell/archive.sh
. "$top/scripts/shell/archive.sh"

readonly root_packages=dkms,gcc,make,libc6-dev,linux-headers-amd64,openssl,kmod,xz-utils,zstd,libkmod2

# What is only needed, or only there, in one suite: OpenSSL's way to tokens.
root_packages() {
	echo "$root_packages$([ "$1" = bookworm ] || echo ,softhsm2,pkcs11-provider)"
}

root_build() {
	[ ! -e "$2" ] || return 0
	suite_root "root directory of Debian $1, with DKMS and a compiler (about two minutes)" \
		"$1" "$(root_packages "$1")" "$2" "${without_texts[@]}"
}

# root_get SUITE [NAME]: sets root. Each name is another one of that suite.
root_get() {
	need mount util-linux
	root=$cache/roots/${2:-$1}-$(digest "$1 $(root_packages "$1")")
	mkdir -p "$cache/roots"
	[ -e "$root" ] || with_lock "root-${2:-$1}" root_build "$1" "$root"
	root=$root/root
}

# Runs as root in a mount namespace of its own.
root_enter() {
	local root=$1
	mount -t proc proc "$root/proc"
	mount --rbind /dev "$root/dev"
	exec chroot "$root" /usr/bin/env -i HOME=/root LC_ALL=C.UTF-8 \
		PATH=/usr/sbin:/usr/bin:/sbin:/bin "${@:2}"
}

# root_run COMMAND…: in the root of the last root_get.
root_run() {
	# Where "/" is no mount point, as in a chroot, there is nothing to make private.
	local mounts=(-m)
	as_root unshare -m true 2>/dev/null || mounts+=(--propagation unchanged)
	as_root unshare "${mounts[@]}" bash -euc "$(declare -f root_enter); root_enter \"\$@\"" \
		root_enter "$root" "$@"
}
