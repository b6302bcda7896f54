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
	rm -f image forged
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

# forgery COMMAND: a copy of the image that COMMAND has changed where nobody guarded it,
# as it had another UUID, is mounted at there with the UUID of the first one.
forgery() {
	local uuid
	uuid=$(blkid -s UUID -o value image)
	tune2fs -U random forged >/dev/null
	mount -o loop forged there
	succeed "$1"
	umount there
	tune2fs -U "$uuid" forged >/dev/null
	mount -o loop forged there
}

# original: an image with a program at here, a copy of it, and a file that the
# program may write.
original() {
	load policy=none
	mkdir -p here there
	rm -f image forged
	truncate -s 64M image
	mkfs.ext4 -q -O ^metadata_csum image
	mount -o loop image here
	mkdir here/bin here/tree here/tree/deep
	cp /usr/bin/tee here/bin/writer
	cp /usr/bin/tee here/other
	echo text | tee victim here/tree/deep/file >here/bin/text
	umount here
	cp image forged
	mount -o loop image here
	policy "program writers $work/here/bin/writer" \
		"protect $work/victim deny modify except writers" \
		"protect $work/here/tree recursive deny modify"
}

test_program_of_a_file_system_forged_with_the_same_uuid_is_not_trusted() {
	original
	attack victim "echo more | $work/here/other -a victim"
	forgery "cat /usr/bin/tee >there/bin/writer"
	equal 'number of the program' "$(stat -c %i here/bin/writer)" "$(stat -c %i there/bin/writer)"
	attack victim "echo more | $work/there/bin/writer -a victim"
	succeed "echo more | $work/here/bin/writer -a victim"
	gone
}

test_name_on_a_forged_file_system_does_not_make_another_file_the_program() {
	original
	forgery 'mv -f there/other there/bin/writer'
	equal 'number of the other file' "$(stat -c %i here/other)" "$(stat -c %i there/bin/writer)"
	bash -c ': >>there/bin/writer' 2>/dev/null
	attack victim "echo more | $work/here/other -a victim"
	succeed "echo more | $work/here/bin/writer -a victim"
	gone
}

# On one CPU, so that what it has found out about the one directory is still there.
attack_after_the_like() {
	attack "$2" "taskset -c 0 bash -c 'echo more >>$1 && echo more >>$2'"
}

test_directory_of_a_forged_file_system_outside_a_tree_says_nothing_of_one_inside() {
	original
	forgery 'mv there/tree/deep there/deep'
	equal 'number of the directory' "$(stat -c %i here/tree/deep)" "$(stat -c %i there/deep)"
	attack_after_the_like there/deep/file here/tree/deep/file
	gone
}

test_snapshot_outside_a_tree_says_nothing_of_what_is_inside() {
	load policy=none
	mkdir -p here there
	rm -f image
	truncate -s 400M image
	mkfs.btrfs -q image >/dev/null 2>&1
	mount -o loop image here
	mkdir here/tree here/free
	btrfs -q subvolume create here/tree/volume 2>/dev/null ||
		btrfs subvolume create here/tree/volume >/dev/null
	mkdir here/tree/volume/deep
	echo text >here/tree/volume/deep/file
	policy "protect $work/here/tree recursive deny modify"
	succeed 'btrfs subvolume snapshot here/tree/volume here/free/copy'
	attack_after_the_like here/free/copy/deep/file here/tree/volume/deep/file
	gone
}

test_end_of_a_file_in_a_snapshot_leaves_the_file_in_its_origin_protected() {
	local fd
	load policy=none
	mkdir -p here
	rm -f image
	truncate -s 400M image
	mkfs.btrfs -q image >/dev/null 2>&1
	mount -o loop image here
	btrfs subvolume create here/volume >/dev/null
	echo text >here/volume/file
	ln here/volume/file here/volume/link
	btrfs subvolume snapshot here/volume here/copy >/dev/null
	exec {fd}<here/copy/file
	rm here/copy/file here/copy/link
	policy "protect $work/here/volume/file deny modify"
	attack here/volume/link 'echo more >>here/volume/link'
	exec {fd}<&-
	sleep 1
	attack here/volume/link 'echo more >>here/volume/link'
	gone
}

# Many rules behind it make that a long while, in which no policy is in force; or it
# comes again a little later, on a fast machine.
test_file_system_that_comes_again_while_the_first_policy_is_made_is_protected() {
	local loader
	fresh ext4
	load policy=none
	sync here && cp image copy
	{
		printf 'shield 1\nname long\n'
		echo "protect $work/here/file deny modify"
		echo "protect $work/here/tree recursive deny modify"
		printf "protect $work/%s deny modify\n" name-{1..8000}
	} >long
	dd if=long of=$securityfs/policy bs=1M 2>said &
	loader=$!
	sleep 0.2
	succeed 'mount -o loop copy there'
	umount here 2>/dev/null
	wait $loader || wrong 'the policy must be loaded' "$(cat said)"
	tampering_is_denied_at there
	succeed 'echo more >there/other'
	gone
	rm copy
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

# soon_protected PATH: by what the kernel is asked after the mount is done
soon_protected() {
	expect "$1 is protected a moment later" await 5000 bash -c "! echo more >>$1"
	attack "$1" "echo more >>$1"
}

test_every_rule_is_followed_again_when_the_file_system_of_several_is_mounted() {
	load policy=none
	mkdir -p here there
	echo text | tee there/first >there/second
	policy "$mounter" "protect $work/here/first deny modify allow mount to mounter" \
		"protect $work/here/second deny modify allow mount to mounter"
	succeed 'mount --bind there here'
	soon_protected here/first
	soon_protected here/second
	succeed 'echo more >here/third'
	gone
}

test_what_is_mounted_over_a_protected_path_itself_is_protected_a_moment_later() {
	load policy=none
	mkdir -p here there
	cp "$(command -v mount)" stranger
	echo text | tee file over here/file >there/file
	policy "$mounter" "protect $work/file deny modify allow mount to mounter" \
		"protect $work/here recursive deny modify allow mount to mounter"
	attack file './stranger --bind over file'
	attack here './stranger --bind there here'
	succeed 'mount --bind over file'
	soon_protected file
	succeed 'mount --bind there here'
	soon_protected here/file
	umount file
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
	attack upper/file 'chattr +a here/file'
	succeed 'echo other >here/other && rm here/other'
	gone
}

test_overlay_leads_to_the_protected_tree_and_names_of_its_layers() {
	load policy=none
	mkdir -p lower/hidden upper/tree scratch here
	echo text | tee lower/hidden/file upper/tree/file >upper/log.1
	mount -t overlay none -o lowerdir=lower,upperdir=upper,workdir=scratch here
	policy "protect $work/upper/tree recursive deny modify" "protect $work/upper/log. prefix deny modify" \
		"protect $work/lower/hidden recursive deny read"
	attack upper/tree/file 'echo more >>here/tree/file'
	attack upper/log.1 ': >here/log.1'
	attack upper/log.1 'fallocate -l 1M here/log.1'
	attack upper/tree/file 'cat here/hidden/file'
	succeed 'cat here/tree/file && echo other >here/other && echo more >>here/other && rm here/other'
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
