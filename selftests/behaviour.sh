#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Thousands of calls on files that no rule concerns are answered as they are
# without shield, on every file system, also beside what is protected.
# shellcheck source=selftests/lib.sh
. "$(dirname "$0")/lib.sh"

readonly seeds=2 calls=2000
behaviour=$(cd "$(dirname "$0")" && pwd)/behaviour
readonly behaviour

# fresh TYPE: an empty directory place of that type, and beside it in the same
# directory a file and a tree that rules may concern.
fresh() {
	gone
	rm -f image
	mkdir -p here layers/{lower,upper,scratch}
	truncate -s 400M image
	case $1 in
	ext4) mkfs.ext4 -q image ;;
	xfs) mkfs.xfs -q image ;;
	btrfs) mkfs.btrfs -q image >/dev/null 2>&1 ;;
	vfat) mkfs.vfat image >/dev/null ;;
	esac
	case $1 in
	tmpfs) mount -t tmpfs none here ;;
	overlay)
		mount -t tmpfs none layers
		mkdir layers/{lower,upper,scratch}
		mount -t overlay none \
			-o lowerdir=layers/lower,upperdir=layers/upper,workdir=layers/scratch here
		;;
	*) mount -o loop image here ;;
	esac
	mkdir here/place here/tree
	echo text | tee here/place/guarded >here/tree/file
	chmod 777 here/place
}

gone() {
	umount here 2>/dev/null
	umount layers 2>/dev/null
}

# answers TYPE SEED [POLICY LINE…]: what is answered there under the policy.
answers() {
	local type=$1 seed=$2
	shift 2
	fresh "$type" >&2
	[ $# = 0 ] || policy "$@" >&2
	"$behaviour" here/place "$seed" $calls
	find here/place -printf '%P %y %m %U:%G\n' | sort
}

beside() {
	printf '%s\n' "protect $work/$1/place/guarded deny read,modify" \
		"protect $work/$1/place/guarded prefix deny read,modify" \
		"protect $work/$1/tree recursive deny read,modify"
}

# same TYPE POLICY LINE…
same() {
	local type=$1 seed without
	shift
	for seed in $(seq $seeds); do
		unload
		without=$(answers "$type" "$seed")
		[ "$(wc -l <<<"$without")" -gt $calls ] || wrong 'there were no answers'
		load policy=none
		diff <(echo "$without") <(answers "$type" "$seed" "$@") >difference ||
			wrong "answers on $type with seed $seed" "$(head -n 20 difference)"
		equal 'denied' 0 "$(status denied)"
		gone
	done
}

same_beside() {
	local rules
	mapfile -t rules < <(beside here)
	same "$1" "${rules[@]}"
}

test_ext4_answers_as_without_shield() {
	same_beside ext4
}

test_xfs_answers_as_without_shield() {
	same_beside xfs
}

test_btrfs_answers_as_without_shield() {
	same_beside btrfs
}

test_tmpfs_answers_as_without_shield() {
	same_beside tmpfs
}

test_vfat_answers_as_without_shield() {
	same vfat "protect $work/guarded deny read,modify"
}

test_overlay_answers_as_without_shield() {
	local rules
	mapfile -t rules < <(beside layers/upper)
	same overlay "${rules[@]}"
}

test_debug_changes_no_answer() {
	local rules without
	mapfile -t rules < <(beside here)
	unload
	without=$(answers ext4 1)
	load policy=none debug=1
	equal 'answers' "$without" "$(answers ext4 1 "${rules[@]}")"
	gone
}

test_comparison_shows_what_a_rule_denies() {
	local without
	unload
	without=$(answers ext4 1)
	load policy=none
	[ "$without" != "$(answers ext4 1 "protect $work/here/place/a deny modify")" ] ||
		wrong 'the answers must differ'
	expect 'denials' test "$(status denied)" -gt 0
	gone
}

cleanup() {
	unload
	gone
}

run_tests "$0"
