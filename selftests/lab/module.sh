# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC2154 # lib.sh and kernels.sh set what is shared
#
# Building what is under test.

# Nothing of the make that called us (variables, job server) may leak into the
# builds, or `make check` and a bare selftests/lab/check would differ.
unset MAKEFLAGS MFLAGS MAKELEVEL MAKEOVERRIDES

# has_target TARGET [DIRECTORY]
has_target() {
	make -n -C "${2:-$top}" "$1" >/dev/null 2>&1
}

module_make() {
	make -C "$top" -j "$(nproc)" module KDIR="$kernel_dir/headers" &&
		install -D -m 644 "$top/shield.ko" "$module"
}

# module_get KERNEL: sets module, the path of shield.ko for that kernel.
module_get() {
	kernel_get "$1"
	kernel_row "$1"
	need make libc6-dev libelf1 "$compiler"
	module=$build/modules/$1/shield.ko
	step "module for $kernel_release" module_make
}

# shieldctl_get: builds build/shieldctl, if its sources are there.
shieldctl_get() {
	[ ! -e "$top/shieldctl/shieldctl.mk" ] ||
		step 'shieldctl' make -C "$top" -j "$(nproc)" shieldctl
}
