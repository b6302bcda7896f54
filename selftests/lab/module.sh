# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # lib.sh and kernels.sh set what is shared
#
# Building what is under test.

# shellcheck source=selftests/lab/tools.sh
. "$lab_dir/tools.sh"

# Nothing of the make that called us (variables, job server) may leak into the
# builds, or `make check` and a bare selftests/lab/check would differ.
unset MAKEFLAGS MFLAGS MAKELEVEL MAKEOVERRIDES

# has_target TARGET [DIRECTORY]
has_target() {
	make -n -C "${2:-$top}" "$1" >/dev/null 2>&1
}

# module_sources DIRECTORY: what is there to build from, of the top or a copy;
# all but what a build leaves there, which a later one does not make again.
module_sources() {
	(cd "$1" && find Kbuild Makefile VERSION module -type f \
		! -name '.*' ! -name '*.o' ! -name '*.gcno' | sort)
}

# module_copy TREE: the sources of the module, and none of what a build left
# among them. Each kernel has a tree of its own, where make finds what it built
# for that kernel last time.
module_copy() {
	local tree=$1
	mkdir -p "$tree"
	(cd "$top" && module_sources . | xargs cp -p --update --parents -t "$tree")
	comm -13 <(module_sources "$top") <(module_sources "$tree") |
		(cd "$tree" && xargs -r rm)
}

# A limit for frames that is the default of 64 bits, and not too tight for KASAN.
# module_make TREE FILE [FLAG]: SHIELD_MODULE_MAKE is more for make.
module_make() {
	local tree=$1 file=$2 flag=${3-}
	module_copy "$tree"
	rm -f "$file"
	# shellcheck disable=SC2086 # as many words as there are
	tools_run make -C "$tree" -j "$(nproc)" module KDIR="$kernel_dir/headers" \
		CC="$compiler" W=1 KCFLAGS="-Werror -Wframe-larger-than=2048 $flag" \
		${SHIELD_MODULE_MAKE-}
	install -m 644 "$tree/shield.ko" "$file"
}

# module_fits FILE: is it built for the kernel that kernel_get made ready?
module_fits() {
	[ "$(modinfo -F vermagic "$1" 2>/dev/null | cut -d' ' -f1)" = "$kernel_release" ]
}

# module_get KERNEL: sets module, the path of shield.ko for that kernel.
module_get() {
	local suite wanted tools compiler
	kernel_get "$1"
	kernel_row "$1"
	tools_get "$tools" "$compiler"
	module=$build/modules/$1/shield.ko
	mkdir -p "$build/modules/$1"
	step "module for $kernel_release" \
		module_make "$build/modules/$1/$kernel_release" "$module"
}

# control_get KERNEL: builds $control, the module without its check of names.
# A test that shows no open slipping through must show some with that one.
control_get() {
	local suite wanted tools compiler
	kernel_get "$1"
	kernel_row "$1"
	tools_get "$tools" "$compiler"
	step "module without names for $kernel_release" \
		module_make "$build/modules/$1/$kernel_release-without-names" "$control" \
		-DCONFIG_SHIELD_CONTROL_WITHOUT_NAMES=1
}

# companion_make NAME TREE FILE
companion_make() {
	local name=$1 tree=$2 file=$3
	mkdir -p "$tree"
	cp -p --update "$top/selftests/$name"/* "$tree/"
	rm -f "$file"
	tools_run make -C "$kernel_dir/headers" M="$tree" CC="$compiler" KCFLAGS=-Werror modules
	install -m 644 "$tree/$name.ko" "$file"
}

# companion_get KERNEL NAME: builds NAME.ko of selftests/NAME/, a module that a
# test wants beside shield.
companion_get() {
	local suite wanted tools compiler
	kernel_get "$1"
	kernel_row "$1"
	tools_get "$tools" "$compiler"
	step "$2 for $kernel_release" companion_make "$2" \
		"$build/modules/$1/$kernel_release-$2" "$build/modules/$1/$2.ko"
}

# shieldctl_get: builds build/shieldctl, if its sources are there.
shieldctl_get() {
	[ ! -e "$top/shieldctl/shieldctl.mk" ] ||
		step 'shieldctl' make -C "$top" -j "$(nproc)" shieldctl
}
