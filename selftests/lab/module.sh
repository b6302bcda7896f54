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

# btf_types ARGUMENT…: a line for each type that pahole finds a definition of.
btf_types() {
	tools_run pahole -F btf "$@" |
		sed -nE 's/^(struct|union|enum) ([[:alnum:]_]+) .*\{.*/\1 \2/p' | sort
}

# module_compare TREE: for a kernel whose headers were made here, whether the module
# was compiled with that kernel's types. Its BTF has those alone that the kernel has
# not, so one that bears the name of another is something else than the kernel
# thinks, unless the module itself so names it.
module_compare() {
	local tree=$1 btf=$kernel_dir/btf kind name rc=0
	[ -e "$btf" ] || return 0
	tools_run pahole --btf_encode_detached="$tree/shield.btf" --btf_base="$btf" "$tree/shield.ko"
	btf_types "$btf" >"$tree/types.kernel"
	btf_types --btf_base="$btf" "$tree/shield.btf" |
		comm -13 "$tree/types.kernel" - | sort -u >"$tree/types.module"
	grep -qx 'struct shield_.*' "$tree/types.module" || {
		echo "the module has no types of its own; was it compiled with -g?"
		return 1
	}
	while read -r kind name; do
		grep -rqE "^[[:space:]]*$kind $name \{" "$tree/module" || {
			echo "$kind $name of the headers is not that of $kernel_release"
			rc=1
		}
	done < <(uniq "$tree/types.kernel" | comm -12 - "$tree/types.module")
	return $rc
}

# A limit for frames that is the default of 64 bits, and not too tight for KASAN.
# module_make TREE FILE [ARGUMENT]: the argument, and SHIELD_MODULE_MAKE, are more
# for make. Rows of one kernel share the tree, each in its turn.
module_make() {
	local tree=$1 file=$2
	exec 8>"$tree.lock"
	flock 8
	module_copy "$tree"
	rm -f "$file"
	# shellcheck disable=SC2086 # as many words as there are
	machine_kbuild tools_run make -C "$tree" -j "$(nproc)" module KDIR="$kernel_dir/headers" \
		CC="$compiler" W=1 KCFLAGS='-Werror -Wframe-larger-than=2048' "${@:3}" \
		${SHIELD_MODULE_MAKE-}
	module_compare "$tree"
	install -m 644 "$tree/shield.ko" "$file"
}

# module_fits FILE: is it built for the kernel that kernel_get made ready?
module_fits() {
	[ "$(modinfo -F vermagic "$1" 2>/dev/null | cut -d' ' -f1)" = "$kernel_release" ]
}

# module_tree KERNEL: where it is built for that one.
module_tree() {
	mkdir -p "$build/modules/$1"
	echo "$build/modules/$1/$kernel_release"
}

# module_get KERNEL [DIRECTORY]: sets module, the path of shield.ko for that kernel.
module_get() {
	local suite wanted tools compiler dir=$build/modules/${2:-$1}
	kernel_get "$1"
	kernel_row "$1"
	tools_get "$tools" "$compiler"
	module=$dir/shield.ko
	mkdir -p "$dir"
	step "module for $kernel_release" module_make "$(module_tree "$1")" "$module"
}

# control_get KERNEL: builds $control, the module without its check of names.
# A test that shows no open slipping through must show some with that one. In the
# same tree, as only one file is another; but apart where coverage is counted, which
# is read by the compiler's notes of that file.
control_get() {
	local suite wanted tools compiler
	kernel_get "$1"
	kernel_row "$1"
	tools_get "$tools" "$compiler"
	step "module without names for $kernel_release" \
		module_make "$(module_tree "$1")${SHIELD_MODULE_MAKE:+-control}" "$control" \
		CFLAGS_module/decide.o=-DCONFIG_SHIELD_CONTROL_WITHOUT_NAMES=1
}

# companion_make NAME TREE FILE
companion_make() {
	local name=$1 tree=$2 file=$3
	mkdir -p "$tree"
	cp -p --update "$top/selftests/$name"/* "$tree/"
	rm -f "$file"
	machine_kbuild tools_run make -C "$kernel_dir/headers" M="$tree" CC="$compiler" \
		KCFLAGS=-Werror modules
	install -m 644 "$tree/$name.ko" "$file"
}

# companion_get NAME KERNEL DIRECTORY: builds NAME.ko of selftests/NAME/, a module
# that a test wants beside shield.
companion_get() {
	local suite wanted tools compiler dir=$build/modules/$3
	kernel_get "$2"
	kernel_row "$2"
	tools_get "$tools" "$compiler"
	step "$1 for $kernel_release" companion_make "$1" "$dir/$kernel_release-$1" "$dir/$1.ko"
}

# shieldctl_get: builds $products/shieldctl, if its sources are there.
shieldctl_get() {
	[ ! -e "$top/shieldctl/shieldctl.mk" ] ||
		step "shieldctl${foreign:+ for $arch}" machine_programs \
			make -C "$top" -j "$(nproc)" BUILD="$products" shieldctl
}

# programs_get: builds $products/selftests, the test programs.
programs_get() {
	step "test programs${foreign:+ for $arch}" machine_programs \
		make -C "$top/selftests" -j "$(nproc)" OUTPUT="$products/selftests"
}
