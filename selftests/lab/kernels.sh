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

# shellcheck source=scripts/shell/archive.sh
. "$top/scripts/shell/archive.sh"
# shellcheck source=selftests/lab/sanitizers.sh
. "$lab_dir/sanitizers.sh"

# Directories of modules that no VM of the lab has the hardware for: three
# quarters of the whole.
readonly unused_modules=(
	sound net/mac80211 net/wireless net/bluetooth
	drivers/{accessibility,comedi,gpu,hid,hwmon,iio,infiniband,input,isdn,leds}
	drivers/{media,mmc,mtd,net,parport,pcmcia,platform,power,rtc,scsi,spi}
	drivers/{staging,thermal,usb,video,w1}
)

# kernel_names PATTERN: those of the table whose last column matches.
kernel_names() {
	awk -v tested="$1" '/^[^#[:space:]]/ && $6 ~ tested { print $1 }' \
		"$lab_dir/kernels.table"
}

# kernel_row NAME: sets suite, wanted, tools, compiler.
kernel_row() {
	local name tested
	while read -r name suite wanted tools compiler tested; do
		[ "$name" != "$1" ] || return 0
	done <"$lab_dir/kernels.table"
	die "no kernel '$1' in selftests/lab/kernels.table; there are: $(kernel_names . | xargs)"
}

# kernel_releases PACKAGE: the releases that the suite has linux-PACKAGE-RELEASE of,
# and not only the name of it in the dependencies of another.
kernel_releases() {
	suite_apt "$suite" apt-cache search --names-only "^linux-$1-[0-9]" |
		sed "s/^linux-$1-//; s/ .*//" | sort
}

# kernel_newest: the newest release as wanted that there are headers and an image
# for. A new one has headers days before its image is signed.
kernel_newest() {
	local pattern=${wanted//./\\.}
	pattern=${pattern//+/\\+}
	comm -12 <(kernel_releases headers) <(kernel_releases image) |
		grep -xE -- "${pattern//\*/[0-9.]+}" | sort -V | tail -n 1
}

# kernel_packages RELEASE: what holds the kernel, its modules, its headers and
# the programs that these need. Since 6.19 image and modules are apart.
kernel_packages() {
	local release=$1
	if suite_apt "$suite" apt-cache pkgnames "linux-modules-$release" |
		grep -xF "linux-modules-$release" >/dev/null; then
		printf '%s\n' "linux-binary-$release" "linux-modules-$release"
	else
		printf '%s\n' "linux-image-$release"
	fi
	printf '%s\n' "linux-headers-$release"
	suite_apt "$suite" apt-cache depends --no-recommends "linux-headers-$release" |
		sed -n 's/^ *Depends: //p' | grep -E '^linux-(base-[0-9]|headers-|kbuild-)' | sort -u
}

kernel_download() {
	local dir=$1 release packages
	step "package lists of $suite" suite_update "$suite"
	release=$(kernel_newest)
	[ -n "$release" ] || die "$suite has no packages linux-headers-$wanted and linux-image-$wanted; correct selftests/lab/kernels.table"
	mapfile -t packages < <(kernel_packages "$release")
	printf '%s\n' "$release" >"$dir/release"
	mkdir -p "$dir/debs"
	cd "$dir/debs" && step "downloading kernel $release" \
		suite_apt "$suite" apt-get download "${packages[@]}"
}

kernel_unpack() {
	local dir=$1 home=${1%.new} deb release
	release=$(cat "$dir/release")
	for deb in "$dir"/debs/*.deb; do
		dpkg-deb -x "$deb" "$dir/tree"
	done
	if [ -e "$dir/tree/boot/vmlinuz-$release" ]; then
		mv "$dir/tree/boot/vmlinuz-$release" "$dir/vmlinuz"
	else
		mv "$dir/tree/usr/lib/modules/$release/vmlinuz" "$dir/vmlinuz"
	fi
	# The headers name each other by absolute path.
	grep -rlI --include=Makefile --include='*.mk' /usr/src/ "$dir"/tree/usr/src |
		xargs -r sed -i "s|/usr/src/|$home/tree/usr/src/|"
	ln -s "tree/usr/src/linux-headers-$release" "$dir/headers"
}

modules_stage() {
	local dir=$1 release unused
	release=$(cat "$dir/release")
	mkdir -p "$dir/modules/lib"
	if [ -e "$dir/tree/lib/modules" ]; then
		mv "$dir/tree/lib/modules" "$dir/modules/lib/modules"
	else
		mv "$dir/tree/usr/lib/modules" "$dir/modules/lib/modules"
	fi
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
	local suite wanted tools compiler key
	kernel_row "$1"
	if [[ $wanted == linux-source-* ]]; then
		sanitizers_get
		return
	fi
	key=key-$(digest "$suite $wanted" "$lab_dir/kernels.sh" "$lab_dir/guest/initramfs-init")
	kernel_dir=$cache/kernels/$1
	[ -e "$kernel_dir/$key" ] || with_lock "kernel-$1" kernel_build "$1"
	kernel_release=$(cat "$kernel_dir/release")
}
