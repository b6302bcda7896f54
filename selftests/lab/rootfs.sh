# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC2154 # lib.sh and kernels.sh set what is shared
#
# The root file system of the VMs: Debian, unmodified, as an ext4 image.

readonly rootfs_suite=bookworm
readonly rootfs_size=1500M
# Their archives are in /var/cache/debs, to be unpacked over what is installed.
readonly rootfs_upgraded='libc6 login openssh-server passwd sudo'

rootfs_packages() {
	grep -v '^#' "$lab_dir/rootfs.packages" | paste -sd,
}

# Runs as root, so it takes what it needs as arguments.
rootfs_make() {
	local dir=$1 suite=$2 packages=$3 size=$4 upgraded=$5
	rm -rf "$dir/tree"
	mmdebstrap --variant=minbase --include="$packages" \
		--dpkgopt='path-exclude=/usr/share/doc/*' \
		--dpkgopt='path-exclude=/usr/share/man/*' \
		--dpkgopt='path-exclude=/usr/share/locale/*' \
		--customize-hook="mkdir \"\$1/var/cache/debs\"" \
		--customize-hook="chroot \"\$1\" sh -c 'cd /var/cache/debs && apt-get -q download $upgraded'" \
		"$suite" "$dir/tree" "$dir/sources.list"
	rm -rf "$dir"/tree/var/{cache/apt,lib/apt/lists}/*
	mkdir -p "$dir/tree/usr/lib/modules"
	printf '127.0.0.1 localhost lab\n' >"$dir/tree/etc/hosts"
	printf 'lab\n' >"$dir/tree/etc/hostname"
	truncate -s "$size" "$dir/rootfs.ext4"
	mke2fs -q -F -t ext4 -L root -d "$dir/tree" "$dir/rootfs.ext4"
	rm -rf "$dir/tree"
}

rootfs_build() {
	local dir=$cache/rootfs/$key.new
	[ ! -e "$rootfs" ] || return 0
	need mmdebstrap e2fsprogs
	mkdir -p "$dir"
	suite_sources "$rootfs_suite" >"$dir/sources.list"
	step "root file system (Debian $rootfs_suite, about a minute)" \
		as_root bash -euc "$(declare -f rootfs_make); rootfs_make \"\$@\"" rootfs_make \
		"$dir" "$rootfs_suite" "$(rootfs_packages)" "$rootfs_size" "$rootfs_upgraded"
	as_root chown -R "$(id -u):$(id -g)" "$dir"
	mv "$dir/rootfs.ext4" "$rootfs"
	rm -rf "$dir"
	find "$cache/rootfs" -name '*.ext4' ! -path "$rootfs" -mtime +7 -delete
}

# rootfs_get: sets rootfs, the path of the image.
rootfs_get() {
	local key
	key=$(digest "$lab_dir/rootfs.sh" "$lab_dir/rootfs.packages")
	rootfs=$cache/rootfs/$key.ext4
	mkdir -p "$cache/rootfs"
	[ -e "$rootfs" ] || with_lock rootfs rootfs_build
}
