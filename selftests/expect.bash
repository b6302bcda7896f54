# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # shared with the library that includes this one
#
# What a command in userspace has answered, as TAP. The library that includes
# this one runs the command: its outcome is in $status and, in the directory
# $scratch, in the files out and err.

number=0
failed=0
status=0

result() {
	number=$((number + 1))
	echo "$1 $number - $2"
	[ "$1" != ok ] || return 0
	failed=$((failed + 1))
	sed 's/^/# stdout: /' "$scratch/out"
	sed 's/^/# stderr: /' "$scratch/err"
	echo "# exit status: $status"
}

# expect NAME STATUS [FILE TEXT]…: the last run ended with STATUS and FILE (out,
# err or any other below the scratch directory) holds TEXT.
expect() {
	local name=$1 wanted=$2 verdict=ok
	shift 2
	[ "$status" = "$wanted" ] || verdict='not ok'
	while [ $# -gt 0 ]; do
		grep -qF -- "$2" "$scratch/$1" || verdict='not ok'
		shift 2
	done
	result "$verdict" "$name"
}
