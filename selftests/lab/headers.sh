# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC2154 # lib.sh, kernels.sh and tools.sh set what is shared
#
# Headers that are made from a kernel's source, for kernels of which the archive
# has the image still, but no linux-headers any more. Included by kernels.sh.
#
# The image says itself which source it is of (Built-Using) and how it was
# configured; its exports are read from it, and the types that it knows, as BTF.
# Whether the headers fit is not taken on trust: module.sh compares the types.
#
# Since 6.19 modules and configuration are in packages of their own, which are
# lost with the headers. Then the latter is that of Debian's source, and what a
# VM needs of the former is compiled.

# Where no header is that a module of the lab sees. What configures it stays.
readonly headers_unread=(
	'Documentation/*/*' 'arch/[!xK]*/*.[chS]' 'arch/[!xK]*/*.dts*' 'sound/*.[ch]'
	'tools/perf/*' 'tools/testing/*'
	drivers/{gpu,iio,infiniband,media,net,scsi,staging,usb}'/*.[ch]'
)

# What disks, file systems and tests of the lab take.
readonly headers_modules=(
	arch/x86/kernel/msr.ko
	drivers/block/{loop,virtio_blk}.ko
	fs/{mbcache,btrfs/btrfs,ext4/ext4,fat/fat,fat/vfat,jbd2/jbd2,overlayfs/overlay,xfs/xfs}.ko
	fs/{binfmt_misc,nls/nls_ascii,nls/nls_cp437,nls/nls_utf8}.ko
	lib/{crc/crc16,crypto/libblake2b,raid/xor/xor,raid6/raid6_pq}.ko
)

# headers_releases: releases as wanted that there is an image of, newest first.
headers_releases() {
	kernel_releases image | sort -rV
}

# headers_source RELEASE: the version of its source.
headers_source() {
	{ suite_apt "$suite" apt-cache show "linux-image-$1" "linux-binary-$1" 2>/dev/null || :; } |
		sed -n 's/^Built-Using:.*\<linux (= \([^)]*\)).*/\1/; T; p; q'
}

# headers_get VERSION PART…: these parts of a source package and no others, if the
# archive gives them: it may list what it has lost.
headers_get() {
	local version=$1 part
	shift
	rm -f ./*
	[ -n "$version" ] || return
	for part in "$@"; do
		suite_apt "$suite" apt-get source "--$part-only" "linux=$version" || return
	done
}

# headers_fetch DIR: leaves in DIR/source the newest that is whole, or else the
# newest that has but what Debian took from upstream; in DIR/release, whose it is.
headers_fetch() {
	local dir=$1 parts release
	mkdir -p "$dir/source"
	cd "$dir/source" || return
	for parts in 'dsc diff tar' tar; do
		for release in $(headers_releases); do
			# shellcheck disable=SC2086 # as many words as there are
			if headers_get "$(headers_source "$release")" $parts; then
				printf '%s\n' "$release" >"$dir/release"
				return 0
			fi
		done
	done
	echo "$suite has no linux-headers-$wanted, and no source of a kernel linux-image-$wanted;" \
		"correct selftests/lab/kernels.table, or have apt use an archive that has them"
	return 1
}

# headers_unpack DIR TREE MODULES: with Debian's patches, if they are there, and
# without the sources of modules, if those are there.
headers_unpack() {
	local dir=$1 tree=$2 modules=$3 unread=("${headers_unread[@]}")
	[ ! -e "$modules" ] || unread+=('drivers/*.[chS]')
	mkdir -p "$(dirname "$tree")"
	if compgen -G "$dir/source/*.debian.tar.xz" >/dev/null; then
		dpkg-source --no-check -x "$dir"/source/*.dsc "$tree"
	else
		mkdir "$tree"
		tar -xJf "$dir"/source/*.orig.tar.xz -C "$tree" --strip-components=1 \
			"${unread[@]/#/--exclude=}"
	fi
	rm -rf "$dir/source"
}

# headers_make TREE RELEASE ARGUMENT…
headers_make() {
	local tree=$1 release=$2
	shift 2
	tools_run make -C "$tree" -j "$(nproc)" CC="$compiler" "LOCALVERSION=+${release#*+}" "$@"
}

# headers_prepare TREE CONFIG RELEASE
headers_prepare() {
	local tree=$1 config=$2 release=$3 told
	if [ -e "$config" ]; then
		cp "$config" "$tree/.config"
	elif [ -e "$tree/debian/config" ]; then
		(cd "$tree" && python3 debian/bin/kconfig.py .config debian/config/{,amd64/}config)
	else
		echo "neither the image nor the source of $release says how it is configured"
		return 1
	fi
	headers_make "$tree" "$release" olddefconfig
	headers_make "$tree" "$release" modules_prepare
	told=$(cat "$tree/include/config/kernel.release")
	[ "$told" = "$release" ] || {
		echo "the source calls itself $told, the image $release"
		return 1
	}
}

# headers_modules_make TREE RELEASE MODULES: leaves them in MODULES. There is no
# vmlinux that modpost could look names up in, or that BTF could be based on
# (KBUILD_BUILTIN); the kernel looks them up.
headers_modules_make() {
	local tree=$1 release=$2 modules=$3 module
	headers_make "$tree" "$release" KBUILD_MODPOST_WARN=1 KBUILD_BUILTIN= "${headers_modules[@]}"
	for module in "${headers_modules[@]}"; do
		install -D -m 644 "$tree/$module" "$modules/kernel/$module"
		strip -g "$modules/kernel/$module"
	done
	printf 'kernel/%s\n' "${headers_modules[@]}" >"$modules/modules.order"
	: >"$modules/modules.builtin"
	: >"$modules/modules.builtin.modinfo"
}

# headers_exports DIR TREE: what the kernel exports, and its types as BTF.
headers_exports() {
	local dir=$1 tree=$2
	"$tree/scripts/extract-vmlinux" "$dir/vmlinuz" >"$dir/vmlinux"
	cc -O1 -Wall -Wextra -o "$dir/symvers" "$lab_dir/symvers.c"
	"$dir/symvers" "$dir/vmlinux" >"$tree/Module.symvers"
	objcopy -O binary --only-section=.BTF "$dir/vmlinux" "$dir/btf"
	rm -f "$dir/symvers" "$dir/vmlinux"
}

# headers_shrink TREE: what no module is built with.
headers_shrink() {
	local tree=$1
	find "$tree" -mindepth 1 -maxdepth 1 ! -name arch ! -name include ! -name scripts ! -name tools \
		! -name Makefile ! -name .config ! -name Module.symvers -exec rm -rf {} +
	find "$tree/arch" -mindepth 1 -maxdepth 1 ! -name x86 -exec rm -rf {} +
	find "$tree/tools" -mindepth 1 -maxdepth 1 ! -name objtool ! -name bpf ! -name scripts \
		-exec rm -rf {} +
}

# headers_build DIR: leaves what a linux-headers package would have, where it
# would have it.
headers_build() {
	local dir=$1 release tree modules
	release=$(cat "$dir/release")
	tree=$dir/tree/usr/src/linux-headers-$release
	modules=$dir/tree/usr/lib/modules/$release
	need binutils dpkg-dev gcc libc6-dev python3 xz-utils zstd
	tools_get "$tools" "$compiler"
	step "unpacking the source of $release" headers_unpack "$dir" "$tree" "$modules/kernel"
	step 'headers from it' headers_prepare "$tree" "$dir/tree/boot/config-$release" "$release"
	step 'what the kernel exports' headers_exports "$dir" "$tree"
	[ -e "$modules/kernel" ] ||
		step 'its modules for disks (some minutes)' headers_modules_make "$tree" "$release" "$modules"
	[ ! -e "$tree/debian" ] || step 'removing sources again' headers_shrink "$tree"
}
