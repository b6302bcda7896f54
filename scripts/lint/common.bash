# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# What the checks share. Each check runs from the top of the tree, prints what
# it finds as FILE:LINE: TEXT and fails when it found something.

set -euo pipefail
export LC_ALL=C.UTF-8

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$top"

# git refuses a tree that belongs to somebody else, as under sudo.
export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=safe.directory GIT_CONFIG_VALUE_0=$top

# For the checks.
# shellcheck disable=SC2034
readonly lint=scripts/lint
readonly work=build/lint
mkdir -p "$work"
readonly cache=${SHIELD_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/shield}
readonly source_package=linux-source-6.1

die() {
	printf '%s\n' "${0##*/}: $*" >&2
	exit 1
}

# Install what the checks named say they need.
need_packages() {
	local check packages

	mapfile -t packages < <(
		for check; do
			sed -n 's/^# Packages: //p' "$lint/check/$check"
		done | tr ' ' '\n' | sort -u
	)
	[ ${#packages[@]} = 0 ] || scripts/need "${packages[@]}"
}

# The files of the project that match the given pathspecs: those that git
# tracks and those that it would track next, so that new work is looked at too.
files() {
	local file

	git ls-files --cached --others --exclude-standard -- "$@" | sort -u |
		while IFS= read -r file; do
			if [ -f "$file" ] && [ ! -L "$file" ]; then
				printf '%s\n' "$file"
			fi
		done
}

c_files() {
	files 'module/*.[ch]' 'shieldctl/*.[ch]' 'selftests/*.[ch]'
}

module_files() {
	files 'module/*.[ch]'
}

# The files that build without a kernel: the command, the userspace tests and
# those policy files that take all they need from policy/pure.h.
userspace_files() {
	local file

	files 'shieldctl/*.c' 'selftests/policy/*.c'
	files 'module/policy/*.c' | while IFS= read -r file; do
		is_pure "$file" && printf '%s\n' "$file"
	done
	return 0
}

# A policy file is pure when neither it nor a header it includes, at any depth,
# names a kernel header; pure.h, the one place that may, is where this ends.
is_pure() {
	local file=$1 seen=" ${2:-} " header

	[ "${file##*/}" != pure.h ] || return 0
	! grep -Eq '^#include <(linux|asm|trace)/' "$file" || return 1
	while IFS= read -r header; do
		header=$(resolve "$file" "$header") || continue
		case $seen in *" $header "*) continue ;; esac
		seen+="$header "
		is_pure "$header" "$seen" || return 1
	done < <(included "$file")
}

# The headers that FILE includes in quotes, as written.
included() {
	sed -nE 's/^[[:blank:]]*#[[:blank:]]*include[[:blank:]]+"([^"]+)".*/\1/p' "$1"
}

# Where FILE's `#include "HEADER"` leads, as the compiler looks for it: beside
# the file, then below module/.
resolve() {
	local file=$1 header=$2 dir

	for dir in "$(dirname "$file")" module shieldctl .; do
		if [ -f "$dir/$header" ]; then
			realpath --relative-to=. "$dir/$header"
			return
		fi
	done
	return 1
}

# How files of userspace find their headers.
# shellcheck disable=SC2034
readonly userspace_flags=(-std=gnu11 -D_GNU_SOURCE -Imodule -Ishieldctl
	-Iselftests -I. -DSHIELD_VERSION='"lint"')

shell_files() {
	files | while IFS= read -r file; do
		case $file in
		*.sh | *.bash) printf '%s\n' "$file" ;;
		*)
			if head -n 1 "$file" | tr -d '\0' |
				grep -Eq '^#!.*[/ ](ba|da)?sh\b'; then
				printf '%s\n' "$file"
			fi
			;;
		esac
	done
}

# The kernel the module is checked against: the newest headers of Debian 12.
kernel_dir() {
	local dir

	if [ -n "${LINT_KDIR:-}" ]; then
		printf '%s\n' "$LINT_KDIR"
		return
	fi
	dir=$(compgen -G '/usr/src/linux-headers-6.1.*-amd64' | sort -V | tail -n 1)
	[ -n "$dir" ] || die "no kernel headers; run: scripts/need linux-headers-amd64"
	printf '%s\n' "$dir"
}

# The kernel's own checkers. Debian's header packages lack them, so they come
# from its source package, unpacked once for each version of it.
kernel_tools() {
	local version dir scratch

	version=$(dpkg-query -W -f '${Version}' "$source_package")
	dir=$cache/kernel-tools-$version
	if [ ! -d "$dir" ]; then
		mkdir -p "$cache"
		scratch=$(mktemp -d "$cache/kernel-tools.XXXXXX")
		tar -C "$scratch" --strip-components=2 -xJf \
			"/usr/src/$source_package.tar.xz" \
			"$source_package"/scripts/{checkpatch.pl,spelling.txt,const_structs.checkpatch,kernel-doc,coccinelle}
		mv -T "$scratch" "$dir" 2>/dev/null || rm -rf "$scratch"
	fi
	printf '%s\n' "$dir"
}

# A copy of the tree with the module built in it, W=1, once for each run of the
# checks: whoever builds in the tree itself meanwhile is not disturbed, and
# every file is compiled, so every warning is seen. Prints the path of the
# copy; what the compiler said is in the file warnings beside it.
module_build() {
	local tree=$work/tree

	if [ ! -e "$work/built.${LINT_RUN:-$$}" ]; then
		rm -rf "$tree" "$work"/built.*
		mkdir -p "$tree"
		files | tar -cf - -T - | tar -xf - -C "$tree"
		kbuild "$tree" W=1 >"$work/warnings" 2>&1 ||
			echo 'module: the build failed' >>"$work/warnings"
		sed -i "s,$top/$tree/,,g" "$work/warnings"
		touch "$work/built.${LINT_RUN:-$$}"
	fi
	printf '%s\n' "$tree"
}

# BTF needs the vmlinux that header packages lack, and says so on each build.
kbuild() {
	local tree=$1
	shift

	make -s -k -j"$(nproc)" -C "$(kernel_dir)" M="$top/$tree" \
		CONFIG_DEBUG_INFO_BTF_MODULES= "$@" modules
}
