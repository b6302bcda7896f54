# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # lib.sh, kernels.sh and vm set what is shared
#
# What differs between the machines that the lab knows: amd64, which this one is,
# and arm64, for which everything is cross-built and emulated.

# What a VM's programs are of, whichever kernel it has.
readonly rootfs_suite=bookworm

# machine_set RELEASE: sets, from the end of what uname -r says,
#	arch		Debian's name of it
#	foreign		that, if it is not this machine's
#	products	the directory where what is built for it lies
#	cross		what stands before the names of its compiler and its kin
machine_set() {
	arch=amd64 foreign='' products=$top/build cross=''
	[[ $1 == *-arm64 ]] || return 0
	arch=arm64 foreign=arm64 products=$top/build/arm64 cross=aarch64-linux-gnu-
}

# machine_kbuild COMMAND…: make with the words for modules of its kernel.
machine_kbuild() {
	"$@" ${foreign:+"ARCH=$arch"} ${cross:+"CROSS_COMPILE=$cross"}
}

# machine_sysroot: has what programs are linked with; sets sysroot, empty for ours.
machine_sysroot() {
	local packages=libc6-dev,libkmod-dev,liblzma-dev,libssl-dev,libzstd-dev
	sysroot=
	[ -n "$foreign" ] || return 0
	need "gcc-${cross%-}"
	sysroot=$cache/sysroot/$arch-$(digest "$rootfs_suite $packages")
	mkdir -p "$cache/sysroot"
	[ -e "$sysroot" ] || with_lock "sysroot-$arch" machine_sysroot_build "$packages"
	sysroot+=/root
}

# Nothing in it ever runs, so it is not configured.
machine_sysroot_build() {
	[ -e "$sysroot" ] || suite_root "libraries of $arch to link with" "$rootfs_suite" "$1" \
		"$sysroot" --architectures="$arch" --variant=extract "${without_texts[@]}"
}

# machine_cc OPTION…: compile a program that runs in the VM.
machine_cc() {
	machine_sysroot
	"${cross}gcc" ${sysroot:+"--sysroot=$sysroot"} "$@"
}

# machine_programs COMMAND…: make, with the words for programs of that machine.
machine_programs() {
	machine_sysroot
	if [ -z "$foreign" ]; then
		"$@"
		return
	fi
	PKG_CONFIG_SYSROOT_DIR=$sysroot \
		PKG_CONFIG_LIBDIR=$sysroot/usr/lib/${cross%-}/pkgconfig:$sysroot/usr/share/pkgconfig \
		"$@" CROSS_COMPILE="$cross" CC="${cross}gcc --sysroot=$sysroot" \
		LDFLAGS="--sysroot=$sysroot"
}

# machine_emulate COMMAND…: run what starts programs of that machine, as root. The
# kernel is told of the emulator for that time; it keeps the emulator open, so that
# a root directory needs no copy of it.
machine_emulate() {
	if [ -z "$foreign" ]; then
		as_root "$@"
		return
	fi
	need qemu-user-static
	as_root unshare -m --propagation private bash -euc "$(declare -f machine_emulated)
		machine_emulated \"\$@\"" machine_emulated "$@"
}

machine_emulated() {
	local formats=/proc/sys/fs/binfmt_misc name=shield-lab-aarch64 rc=0
	mount -t binfmt_misc binfmt_misc $formats
	if ! grep -sq '^interpreter.*qemu-aarch64' $formats/*; then
		# ELF, 64 bits, little-endian, a program or a library, of machine 183.
		printf ':%s:M::%s:%s:%s:F' $name \
			'\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00\xb7\x00' \
			'\xff\xff\xff\xff\xff\xff\xff\x00\xff\xff\xff\xff\xff\xff\xff\xff\xfe\xff\xff\xff' \
			/usr/bin/qemu-aarch64-static >$formats/register
	fi
	"$@" || rc=$?
	[ ! -e $formats/$name ] || echo -1 >$formats/$name
	return $rc
}

# machine_amd64, machine_arm64: set
#	emulator	QEMU's program
#	words		for the kernel's command line
#	orderly		QEMU's status when guest/init.c has ended it
# and add to machine: the kind, the CPU, and ports for console, output, result.

machine_amd64() {
	emulator=qemu-system-x86_64
	# A machine that is busy elsewhere makes no clock of the VM a bad one, and no timer.
	words='console=ttyS0 tsc=reliable no_timer_check'
	# isa-debug-exit makes 1 of the 0 that the guest writes.
	orderly=1
	machine+=(-serial chardev:console -serial chardev:output -serial chardev:result
		-device 'isa-debug-exit,iobase=0xf4,iosize=4')
	if [ -n "$icount" ]; then
		words+=' nokaslr norandmaps init_on_alloc=0 clearcpuid=112,297,580 lab_seed=1'
		machine+=(-cpu 'max,-rdrand,-rdseed')
	else
		machine+=(-cpu max)
	fi
}

# There is no device to end QEMU by: the guest switches itself off.
machine_arm64() {
	[ -z "$icount$firmware" ] || die "neither --icount nor --firmware is for $arch"
	emulator=qemu-system-aarch64
	words='console=ttyAMA0 lab_output=ttyS0 lab_result=ttyS1'
	orderly=0
	machine+=(-machine 'virt,gic-version=3' -cpu 'max,pauth-impdef=on' -serial chardev:console
		-device 'pci-serial,chardev=output' -device 'pci-serial,chardev=result')
}

machine_set ''
