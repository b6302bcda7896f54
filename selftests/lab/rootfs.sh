# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC2154 # lib.sh and kernels.sh set what is shared
#
# The root file system of the VMs: Debian, unmodified, as an ext4 image.

readonly rootfs_size=1500M
# Their archives are in /var/cache/debs, to be unpacked over what is installed.
readonly rootfs_upgraded='libc6 login openssh-server passwd sudo'

rootfs_packages() {
	grep -v '^#' "$lab_dir/rootfs.packages" | paste -sd,
}

# Runs as root, so it takes what it needs as arguments.
rootfs_image() {
	local tree=$1 size=$2 image=$3
	mkdir -p "$tree/usr/lib/modules"
	printf '127.0.0.1 localhost lab\n' >"$tree/etc/hosts"
	printf 'lab\n' >"$tree/etc/hostname"
	truncate -s "$size" "$image"
	mke2fs -q -F -t ext4 -L root -d "$tree" "$image"
}

rootfs_build() {
	local dir=$cache/rootfs/$key
	[ ! -e "$rootfs" ] || return 0
	need e2fsprogs
	as_root rm -rf "$dir"
	through=machine_emulate suite_root \
		"root file system (Debian $rootfs_suite, about a minute${foreign:+; for $arch ten})" \
		"$rootfs_suite" "$(rootfs_packages)" "$dir" --variant=minbase "${without_texts[@]}" \
		${foreign:+--architectures="$arch" --skip=check/qemu --dpkgopt=force-unsafe-io} \
		--customize-hook="mkdir \"\$1/var/cache/debs\"" \
		--customize-hook="chroot \"\$1\" sh -c 'cd /var/cache/debs && apt-get -q download $rootfs_upgraded'"
	step 'image of it' \
		as_root bash -euc "$(declare -f rootfs_image); rootfs_image \"\$@\"" rootfs_image \
		"$dir/root" "$rootfs_size" "$dir/rootfs.ext4"
	as_root chown "$(id -u):$(id -g)" "$dir/rootfs.ext4"
	mv "$dir/rootfs.ext4" "$rootfs"
	as_root rm -rf "$dir"
	find "$cache/rootfs" -name '*.ext4' ! -name "$key*" -mtime +7 -delete
}

# rootfs_get: sets rootfs, the path of the image for the machine that is set.
rootfs_get() {
	local key
	key=$(digest "$lab_dir/rootfs.sh" "$lab_dir/rootfs.packages")
	rootfs=$cache/rootfs/$key${foreign:+-$arch}.ext4
	mkdir -p "$cache/rootfs"
	[ -e "$rootfs" ] || with_lock rootfs rootfs_build
}
