# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# Reading TAP: the counts of several programs, and why each failure failed.
#
# The caller feeds lines to tap_line between tap_begin PROGRAM and tap_end RC.
# A program that dies, prints no plan, or runs other than what it planned is
# itself a failure, whatever it said before. What failed stands in tap_failures
# for who prints the end of a long run.

passed=0
failed=0
skipped=0
tap_failures=()

tap_begin() {
	tap_program=$1
	tap_plan=
	tap_seen=0
	tap_bad=0
	tap_notes=()
	tap_after=
}

# tap_fail WHAT
tap_fail() {
	failed=$((failed + 1))
	tap_failures+=("$1")
	printf 'not ok - %s\n' "$1"
}

tap_result() {
	local line=$1
	tap_seen=$((tap_seen + 1))
	tap_after=
	case $line in
	'not ok'*)
		tap_bad=$((tap_bad + 1))
		tap_fail "$tap_program: ${line#not ok }"
		[ ${#tap_notes[@]} = 0 ] || printf '    %s\n' "${tap_notes[@]}"
		tap_after=1
		;;
	# Only what is ok can be a skip: a failure is one, whatever stands behind it.
	*'# SKIP'* | *'# skip'*) skipped=$((skipped + 1)) ;;
	*) passed=$((passed + 1)) ;;
	esac
	tap_notes=()
}

tap_line() {
	case $1 in
	'ok '* | 'not ok '*) tap_result "$1" ;;
	1..*)
		tap_plan=${1#1..}
		if [[ $tap_plan == 0* ]]; then
			skipped=$((skipped + 1))
		fi
		tap_plan=${tap_plan%%[!0-9]*}
		;;
	'TAP version'* | '# Totals:'* | '') ;;
	'#  RUN '* | '# Starting '*) tap_notes=("$1") tap_after= ;;
	*)
		# Diagnostics come before the result in kselftest programs,
		# after it in most others.
		if [ -n "$tap_after" ]; then
			printf '    %s\n' "$1"
		else
			tap_notes+=("$1")
		fi
		;;
	esac
}

tap_end() {
	local rc=$1
	if [ -z "$tap_plan" ]; then
		tap_fail "$tap_program: printed no plan (exit status $rc)"
	elif [ "$tap_seen" != "$tap_plan" ]; then
		tap_fail "$tap_program: planned $tap_plan tests, reported $tap_seen (exit status $rc)"
	elif [ "$rc" = 124 ]; then
		tap_fail "$tap_program: did not end in time"
	elif [ "$rc" != 0 ] && [ "$rc" != 4 ] && [ "$tap_bad" = 0 ]; then
		tap_fail "$tap_program: exit status $rc although no test failed"
	else
		return 0
	fi
	[ ${#tap_notes[@]} = 0 ] || printf '    %s\n' "${tap_notes[@]}" | tail -n 20
}
