# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC2154 # check sets what is shared
#
# The whole matrix takes hours. What passed is kept, so that who was interrupted
# goes on where he was, as long as nothing that is tested has changed. Included by
# selftests/lab/check.

# What was asked for, as rows set more of that kind for themselves.
asked=$(env | sed -n '/^SHIELD_\(LAB_BEGAN\|VM_LOCK\|CACHE\)=/d; /^SHIELD_/p' | sort)

# tested_digest: a short name for all that has a part in what a row says.
tested_digest() {
	(
		cd "$top" || exit
		{
			module_sources .
			find shieldctl selftests scripts/shell -type f | sort
		} | xargs sha256sum
		echo "$asked"
	) | sha256sum | cut -c1-12
}

# resume_begin ROW…: these are run whole. What was kept of another tree is of no use
# any more.
whole=()
resume_begin() {
	whole=("$@")
	kept=$build/passed/$(tested_digest)
	mkdir -p "$kept"
	find "$build/passed" -mindepth 1 -maxdepth 1 ! -path "$kept" -exec rm -r {} +
}

is_whole() {
	[[ " ${whole[*]} " == *" $1 "* ]]
}

# resume_row ROW: true if it passed before; then its counts are those of then.
resume_row() {
	is_whole "$1" && [ -e "$kept/$1" ] || return
	cp "$kept/$1" "$work/$1.counts"
	say "$1: passed on $(date -r "$kept/$1" '+%F %R'), not run again"
}

# resume_keep JOB: if it was a whole row, and passed, and nobody edited meanwhile.
resume_keep() {
	is_whole "$1" && grep -q ' failed=0 ' "$work/$1.counts" &&
		[ "$(tested_digest)" = "${kept##*/}" ] || return 0
	cp "$work/$1.counts" "$kept/$1"
}
