#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# stress-ng's stressors of file systems end as they do without shield. Not with
# the other tests, as it takes minutes: make check-stress.
# shellcheck source=selftests/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=selftests/stressors.sh
. "$(dirname "$0")/stressors.sh"

readonly seconds=10

# stress DIRECTORY: how each of them ends there.
stress() {
	local stressor name rc
	for stressor in "${stressors[@]}"; do
		name=${stressor%:*}
		rc=0
		stressor_run "$stressor" "$1" $seconds >said || rc=$?
		echo "$name $rc"
		# 3 and 4: what this kernel or file system does not have.
		case $rc in
		0 | 3 | 4) ! grep -q 'fail:' said || note "$name: $(grep -m 1 'fail:' said)" ;;
		*) note "$name ends with $rc: $(tail -n 3 said | tr '\n' ' ')" ;;
		esac
	done
}

# same DIRECTORY: the same with and without files of a policy beside them.
same() {
	unload
	stress "$1" >without
	load policy=none
	mkdir -p "$1/guarded/tree"
	echo text >"$1/guarded/file"
	policy "protect $work/$1/guarded/file deny all" "protect $work/$1/guarded/missing deny all" \
		"protect $work/$1/guarded/tree recursive deny modify"
	stress "$1" >with
	equal 'how each ended' "$(grep -v '^#' without)" "$(grep -v '^#' with)"
	expect 'none fails' eval "! grep -E '^# |^[a-z-]+ [^034]' without with"
	expect 'most are there' test "$(grep -c ' 0$' with)" -ge 25
	equal 'denied' 0 "$(status denied)"
	unload
}

test_stressors_on_ext4_end_as_without_shield() {
	mkdir -p place
	same place
}

test_stressors_on_xfs_end_as_without_shield() {
	truncate -s 512M image
	mkfs.xfs -q image
	mkdir -p place
	mount -o loop image place
	same place
	umount place
}

test_stressors_on_tmpfs_end_as_without_shield() {
	mkdir -p place
	mount -t tmpfs none place
	same place
	umount place
}

cleanup() {
	umount place 2>/dev/null
}

run_tests "$0"
