# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC2154 # check sets what is shared
#
# The whole matrix takes hours. Each program that passed on a row is kept, so that who
# was interrupted, or has mended one test, goes on where he was, as long as nothing that
# has a part in what the program says has changed. Included by selftests/lab/check.

# What was asked for, as rows set more of that kind for themselves.
asked=$(env | sed -n '/^SHIELD_\(LAB_BEGAN\|VM_LOCK\|CACHE\)=/d; /^SHIELD_/p' | sort)

# Of selftests/, what no program of a row uses. How a kernel is built is in the name
# of its key.
readonly of_no_row=(fuzz install sealed signing policy shieldctl demo lab/coverage lab/soak
	lab/resume.sh 'lab/*.config' 'lab/sanitizers*')

# tested_files PROGRAM: what has a part in what it says: all but what no row uses, and
# other programs that are scripts, of which none runs another.
tested_files() {
	local name without=()
	for name in "${of_no_row[@]}"; do
		without+=(! -path "selftests/$name" ! -path "selftests/$name/*")
	done
	for name in "${programs_known[@]}"; do
		[[ $name != *.sh || $name = "$1" ]] || without+=(! -path "selftests/$name")
	done
	module_sources .
	find shieldctl selftests scripts/shell -type f "${without[@]}" | sort
}

tested_digest() {
	(
		cd "$top" || exit
		tested_files "$1" | xargs sha256sum
		echo "$asked"
	) | sha256sum | cut -c1-16
}

# resume_begin PROGRAM…: before anything is built, or nothing is kept and resumed.
declare -A digests=()
resume_begin() {
	local program
	programs_known=("$@")
	for program in all "$@"; do
		digests[$program]=$(tested_digest "$program")
	done
}

# resume_mark PROGRAM: the tree and the kernel that it is run with. What is no program,
# a VM that ended in order, say, is of all that programs have in common.
resume_mark() {
	local dir=$cache/kernels/$kernel
	echo "${digests[$1]-${digests[all]}} $(cat "$dir/release") $(basename "$dir"/key-*)"
}

# resume_has PROGRAM: true if it has passed, and need not run again; then its counts
# are those of then.
resume_has() {
	local kept=$build/passed/$row/$1 mark p s seconds
	[ -n "$resume" ] && [ ${#digests[@]} != 0 ] && [ -e "$kept" ] || return
	{
		read -r mark
		read -r p s seconds
	} <"$kept"
	[ "$mark" = "$(resume_mark "$1")" ] || return
	passed=$((passed + p))
	skipped=$((skipped + s))
	row_began=$((row_began - seconds))
}

# resume_keep PROGRAM PASSED SKIPPED SECONDS: it has passed; it is kept if nobody
# edited meanwhile.
resume_keep() {
	local kept=$build/passed/$row
	[ ${#digests[@]} != 0 ] && [ "$(tested_digest "$1")" = "${digests[$1]-${digests[all]}}" ] || return 0
	mkdir -p "$kept"
	printf '%s\n' "$(resume_mark "$1")" "${*:2}" >"$kept/$1"
}

# resume_drop PROGRAM…: the machine that they passed in did not end in order.
resume_drop() {
	local program
	for program in "$@"; do
		[[ $program = */* ]] || rm -f "$build/passed/$row/$program"
	done
}
