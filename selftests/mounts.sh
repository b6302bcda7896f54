#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# File systems come and go; what is protected on them stays so.
# shellcheck source=selftests/lib.sh
. "$(dirname "$0")/lib.sh"

# Nobody else takes away a file system that something is protected on.
readonly mounter='program mounter /usr/bin/mount /usr/bin/umount'

# fresh TYPE: a file system of a loop device, mounted at here, with a file and
# a tree that are protected.
fresh() {
	load policy=none
	mkdir -p here there
	rm -f image
	truncate -s 400M image
	case $1 in
	ext4) mkfs.ext4 -q image ;;
	xfs) mkfs.xfs -q image ;;
	btrfs) mkfs.btrfs -q image >/dev/null 2>&1 ;;
	esac
	mount -o loop image here
	mkdir here/tree
	echo text | tee here/file >here/tree/file
	policy "$mounter" "protect $work/here/file deny modify allow mount to mounter" \
		"protect $work/here/tree recursive deny modify allow mount to mounter"
}

gone() {
	unload
	umount here there 2>/dev/null
	rm -f image
}

tampering_is_denied_at() {
	attack "$1/file" "echo more >>$1/file"
	attack "$1/file" "rm -f $1/file"
	attack "$1/tree/file" "echo more >>$1/tree/file"
	attack "$1/tree/file" "mv $1/tree $1/tree-gone"
}

file_system_mounted_elsewhere_stays_protected() {
	fresh "$1"
	tampering_is_denied_at here
	succeed 'umount here && mount -o loop image there'
	tampering_is_denied_at there
	succeed 'echo more >there/other'
	gone
}

test_ext4_mounted_elsewhere_stays_protected() {
	file_system_mounted_elsewhere_stays_protected ext4
}

test_xfs_mounted_elsewhere_stays_protected() {
	file_system_mounted_elsewhere_stays_protected xfs
}

test_btrfs_mounted_elsewhere_stays_protected() {
	file_system_mounted_elsewhere_stays_protected btrfs
}

test_file_system_may_be_mounted_at_its_place_again_and_is_protected_there() {
	fresh ext4
	succeed 'umount here && mount -o loop image here'
	tampering_is_denied_at here
	gone
}

test_second_super_block_of_a_file_system_is_protected() {
	fresh ext4
	succeed 'mount -o loop image there'
	tampering_is_denied_at there
	gone
}

test_mount_point_of_a_protected_file_system_cannot_be_renamed_once_unmounted() {
	fresh ext4
	succeed 'umount here'
	attack . 'mv here elsewhere'
	attack . 'rmdir here'
	gone
}

test_file_system_that_takes_the_place_of_a_protected_one_is_protected_a_moment_later() {
	load policy=none
	mkdir -p here
	mount -t tmpfs first here
	echo text >here/file
	policy "$mounter" "protect $work/here/file deny modify allow mount to mounter"
	attack here/file 'echo more >>here/file'
	succeed 'umount here && mount -t tmpfs second here && echo text >here/file'
	expect 'the new file is protected' await 5000 bash -c '! echo more >>here/file'
	attack here/file 'rm -f here/file'
	gone
}

test_overlay_leads_to_the_protected_file_of_its_upper_layer() {
	load policy=none
	mkdir -p lower upper scratch here
	mount -t overlay none -o lowerdir=lower,upperdir=upper,workdir=scratch here
	echo text >here/file
	policy "protect $work/upper/file deny modify"
	attack upper/file 'echo more >>here/file'
	attack upper/file 'rm -f here/file'
	attack upper/file 'mv here/file here/gone'
	attack upper/file 'chmod 777 here/file'
	succeed 'echo other >here/other && rm here/other'
	gone
}

test_rule_on_an_overlay_is_refused_with_the_reason() {
	local answer fd
	load policy=none
	mkdir -p lower upper scratch here
	mount -t overlay none -o lowerdir=lower,upperdir=upper,workdir=scratch here
	printf 'shield 1\nprotect %s/here/file deny modify\n' "$work" >text
	exec {fd}<>"$securityfs/policy"
	# shellcheck disable=SC2261 # a descriptor, not two redirections of stderr
	! cat text >&"$fd" 2>/dev/null || wrong 'the rule must be refused'
	answer=$(cat <&"$fd")
	exec {fd}>&-
	equal 'the reason names overlayfs' yes "$([[ $answer == *overlayfs* ]] && echo yes)"
	gone
}

test_without_shield_the_same_tampering_succeeds() {
	fresh ext4
	unload
	succeed 'umount here && mount -o loop image there'
	succeed 'echo more >>there/file && mv there/tree there/tree-gone && rm there/file'
	gone
}

run_tests "$0"
