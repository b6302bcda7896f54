# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # lib.sh and kernels.sh set what is shared
#
# Kernels of the lab: download, unpack, and the images of their modules.
#
# kernel_get NAME leaves in the cache, under kernels/NAME:
#	release		the output of uname -r
#	vmlinuz		the kernel
#	headers		a KDIR to build modules with
#	modules		lib/modules/RELEASE, without what a VM cannot use
#	modules.ext4	the same as an image
#	initramfs	busybox and what it takes to mount the root disk

# Directories of modules that no VM of the lab has the hardware for: three
# quarters of the whole.
readonly unused_modules=(
	sound net/mac80211 net/wireless net/bluetooth
	drivers/{accessibility,comedi,gpu,hid,hwmon,iio,infiniband,input,isdn,leds}
	drivers/{media,mmc,mtd,net,parport,pcmcia,platform,power,rtc,scsi,spi}
	drivers/{staging,thermal,usb,video,w1}
)

kernel_names() {
	sed -n 's/^\([^#[:space:]][^[:space:]]*\).*/\1/p' "$lab_dir/kernels.table"
}

# kernel_row NAME: sets suite, image_package, headers_package, compiler.
kernel_row() {
	local name
	while read -r name suite image_package headers_package compiler; do
		[ "$name" != "$1" ] || return 0
	done <"$lab_dir/kernels.table"
	die "no kernel '$1' in selftests/lab/kernels.table; there are: $(kernel_names | xargs)"
}

# apt_uri LABEL: the base address of the archive so labelled that this
# machine's apt already uses.
apt_uri() {
	# shellcheck disable=SC2016 # the dollars are apt's
	apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' \
		'Origin: Debian' "Label: $1" | sort | head -n 1
}

# suite_sources SUITE: sources of one suite and its updates, whichever suite
# this machine itself runs.
suite_sources() {
	local suite=$1 main security
	main=$(apt_uri Debian)
	security=$(apt_uri Debian-Security)
	[ -n "$main" ] || die "apt knows no Debian archive here; check 'apt-get indextargets', then run apt-get update"
	printf 'deb %s %s main\n' "$main" "$suite" "$main" "$suite-updates"
	if [ -n "$security" ]; then
		printf 'deb %s %s-security main\n' "$security" "$suite"
	fi
}

# suite_apt SUITE TOOL ARGUMENT…: apt with lists of its own for that suite.
suite_apt() {
	local root=$cache/apt/$1 tool=$2
	shift 2
	"$tool" -q -o Dir::Etc::SourceList="$root/sources.list" \
		-o Dir::Etc::SourceParts=/dev/null -o Dir::State="$root/state" \
		-o Dir::State::status=/dev/null -o Dir::Cache="$root/cache" \
		-o APT::Architecture=amd64 -o APT::Sandbox::User=root "$@"
}

suite_update() {
	local suite=$1 root=$cache/apt/$1
	mkdir -p "$root/state/lists/partial" "$root/cache/archives/partial"
	suite_sources "$suite" >"$root/sources.list"
	suite_apt "$suite" apt-get update
}

# suite_depends SUITE PACKAGE PATTERN: its direct dependencies that match.
suite_depends() {
	suite_apt "$1" apt-cache depends --no-recommends --no-suggests "$2" |
		sed -n 's/^ *Depends: //p' | grep -E "$3" | sort -u
}

kernel_download() {
	local dir=$1 image headers
	step "package lists of $suite" suite_update "$suite"
	image=$(suite_depends "$suite" "$image_package" '^linux-image-[0-9]') ||
		die "$image_package of $suite depends on no kernel image"
	headers=$(suite_depends "$suite" "$headers_package" '^linux-headers-[0-9]') ||
		die "$headers_package of $suite depends on no headers"
	printf '%s\n' "${image#linux-image-}" >"$dir/release"
	mkdir -p "$dir/debs"
	# shellcheck disable=SC2046 # a list of names
	cd "$dir/debs" && step "downloading $image and its headers" \
		suite_apt "$suite" apt-get download "$image" "$headers" \
		$(suite_depends "$suite" "$headers" '^linux-(headers|kbuild)-')
}

kernel_unpack() {
	local dir=$1 home=${1%.new} deb release
	release=$(cat "$dir/release")
	for deb in "$dir"/debs/*.deb; do
		dpkg-deb -x "$deb" "$dir/tree"
	done
	mv "$dir/tree/boot/vmlinuz-$release" "$dir/vmlinuz"
	# The headers name each other by absolute path.
	grep -rlI --include=Makefile --include='*.mk' /usr/src/ "$dir"/tree/usr/src |
		xargs -r sed -i "s|/usr/src/|$home/tree/usr/src/|"
	ln -s "tree/usr/src/linux-headers-$release" "$dir/headers"
}

modules_stage() {
	local dir=$1 release unused
	release=$(cat "$dir/release")
	mkdir -p "$dir/modules/lib"
	mv "$dir/tree/lib/modules" "$dir/modules/lib/modules"
	for unused in "${unused_modules[@]}"; do
		rm -rf "$dir/modules/lib/modules/$release/kernel/$unused"
	done
	rm -f "$dir/modules/lib/modules/$release/"{build,source}
	depmod -b "$dir/modules" "$release"
}

modules_image() {
	local dir=$1
	truncate -s 400M "$dir/modules.ext4"
	mke2fs -q -F -t ext4 -L modules -E root_owner=0:0 \
		-d "$dir/modules/lib/modules" "$dir/modules.ext4"
}

initramfs_image() {
	local dir=$1 release stage=$1/initramfs.d path n=10
	release=$(cat "$dir/release")
	mkdir -p "$stage"/{bin,dev,proc,sys,root,modules}
	cp "$(command -v busybox)" "$stage/bin/busybox"
	install -m 755 "$lab_dir/guest/initramfs-init" "$stage/init"
	for path in $(modprobe -d "$dir/modules" -S "$release" --show-depends -a virtio_pci virtio_blk ext4 |
		sed -n 's/^insmod \([^ ]*\).*/\1/p' | awk '!seen[$0]++'); do
		n=$((n + 1))
		case $path in
		*.xz) xz -dc "$path" >"$stage/modules/$n-$(basename "$path" .xz)" ;;
		*) cp "$path" "$stage/modules/$n-$(basename "$path")" ;;
		esac
	done
	(cd "$stage" && find . | cpio -o -H newc --quiet --owner=0:0 | gzip -1) >"$dir/initramfs"
	rm -rf "$stage"
}

kernel_build() {
	local name=$1 dir=$cache/kernels/$1.new
	[ ! -e "$cache/kernels/$name/$key" ] || return 0
	need busybox-static cpio e2fsprogs kmod xz-utils
	rm -rf "$dir"
	mkdir -p "$dir"
	kernel_download "$dir"
	step "unpacking kernel $(cat "$dir/release")" kernel_unpack "$dir"
	step 'indexing its modules' modules_stage "$dir"
	step 'image of its modules' modules_image "$dir"
	step 'initramfs' initramfs_image "$dir"
	rm -rf "$dir/debs"
	touch "$dir/$key"
	rm -rf "$cache/kernels/$name"
	mv "$dir" "$cache/kernels/$name"
}

# kernel_get NAME: sets kernel_dir and kernel_release, building what is missing.
kernel_get() {
	local suite image_package headers_package compiler key
	kernel_row "$1"
	key=key-$(digest "$suite $image_package $headers_package" \
		"$lab_dir/kernels.sh" "$lab_dir/guest/initramfs-init")
	kernel_dir=$cache/kernels/$1
	[ -e "$kernel_dir/$key" ] || with_lock "kernel-$1" kernel_build "$1"
	kernel_release=$(cat "$kernel_dir/release")
}
