#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Ioctls that change files, or file systems, behind the back of every other
# call. Each is tried without shield first, where it works.
# shellcheck disable=SC2016 # the dollars in single quotes are for later
# shellcheck source=selftests/lib.sh
. "$(dirname "$0")/lib.sh"

# request PATH NUMBER EXPRESSION: an ioctl on a descriptor for reading, with
# what perl makes of the expression. $path is PATH.
request() {
	perl -e 'our $path = $ARGV[0]; sysopen(my $file, $path, 0) or die "open: $!\n";
		my $argument = eval $ARGV[2]; die $@ if $@;
		syscall($ENV{ioctl_number}, fileno $file, hex $ARGV[1], $argument) >= 0 or die "$!\n"' "$@"
}
export -f request

# struct btrfs_ioctl_vol_args, and the second version with a number.
readonly vol_args='pack("qZ4088", 0, qq(%s))' by_name='pack("qQQQQQQZ4040", 0, 0, 0, 0, 0, 0, 0, qq(%s))'
subvol_create=0x5000940e
subvol_create_v2=0x50009418
snap_destroy=0x5000940f
snap_destroy_v2=0x5000943f
shutdown=0x8004587d
set_uuid=0x4008662c
path_to_handle=0xc0385869
attrmulti=0x4048587b

# An attribute of the file whose handle is found first: XFS_IOC_PATH_TO_HANDLE,
# then XFS_IOC_ATTRMULTI_BY_HANDLE with one operation, to set trusted.new.
set_by_handle() {
	perl -e 'my ($dir, $path, $first, $second) = @ARGV;
		sysopen(my $file, $dir, 0) or die "open: $!\n";
		my ($ioctl, $fd) = ($ENV{ioctl_number}, fileno $file);
		my ($handle, $size) = ("\0" x 64, pack("L", 64));
		my $ask = pack("Lx4PLx4QLx4PP", 0, $path, 0, 0, 0, $handle, $size);
		syscall($ioctl, $fd, hex $first, $ask) >= 0 or die "handle: $!\n";
		my ($name, $value) = ("new", "value");
		my $operation = pack("LlPPLL", 2, 0, $name, $value, 5, 2);
		my $set = pack("Lx4QLx4PLx4QQLx4P", 0, 0, 0, $handle, unpack("L", $size), 0, 0, 1, $operation);
		syscall($ioctl, $fd, hex $second, $set) >= 0 or die "$!\n"' "$1" "$2" $path_to_handle $attrmulti
}
export -f set_by_handle
export path_to_handle attrmulti ioctl_number

# fresh TYPE: a file system with a file, on btrfs in a subvolume, and a tree.
fresh() {
	unload
	umount here 2>/dev/null
	rm -f image
	mkdir -p here
	truncate -s 400M image
	case $1 in
	btrfs) mkfs.btrfs -q image >/dev/null 2>&1 ;;
	ext4) mkfs.ext4 -q -O ^metadata_csum image ;;
	xfs) mkfs.xfs -q image ;;
	esac
	mount -o loop image here
	if [ "$1" = btrfs ]; then
		btrfs -q subvolume create here/vol
		btrfs -q subvolume create here/beside
	else
		mkdir here/vol
	fi
	mkdir here/tree here/room
	echo text | tee here/vol/file >here/tree/file
	sync
}

protect() {
	load policy=none
	policy "protect $work/here/vol/file deny $1" \
		"protect $work/here/wanted deny $1" \
		"protect $work/here/tree recursive deny $1"
}

gone() {
	unload
	umount here
	rm -f image
}

# works_and_is_denied TYPE RIGHTS COMMAND…: each on a file system of its own
# without shield, then all of them with it.
works_and_is_denied() {
	local type=$1 rights=$2 command
	shift 2
	for command in "$@"; do
		fresh "$type"
		succeed "$command"
	done
	fresh "$type"
	protect "$rights"
	for command in "$@"; do
		attack here/vol/file "$command"
	done
	succeed 'echo more >here/room/other && rm here/room/other'
	gone
}

# shellcheck disable=SC2059 # formats
named() {
	printf "$1" "$2"
}

test_subvolumes_are_made_neither_at_protected_names_nor_in_trees() {
	works_and_is_denied btrfs create \
		'btrfs subvolume create here/wanted' \
		'btrfs subvolume snapshot here/vol here/wanted' \
		"request here $subvol_create '$(named "$vol_args" wanted)'" \
		"request here $subvol_create_v2 '$(named "$by_name" wanted)'" \
		'btrfs subvolume create here/tree/new' \
		'btrfs subvolume snapshot -r here/vol here/tree/new'
}

test_subvolume_with_a_protected_file_is_not_deleted() {
	works_and_is_denied btrfs remove,write \
		'btrfs subvolume delete here/vol' \
		"request here $snap_destroy '$(named "$vol_args" vol)'" \
		"request here $snap_destroy_v2 '$(named "$by_name" vol)'" \
		'btrfs subvolume delete -i $(btrfs inspect-internal rootid here/vol) here'
}

test_subvolume_on_the_way_is_neither_made_read_only_nor_replaced_at_the_next_mount() {
	works_and_is_denied btrfs modify \
		'btrfs property set here/vol ro true' \
		'btrfs subvolume set-default $(btrfs inspect-internal rootid here/beside) here'
}

test_mounted_subvolume_is_not_deleted_from_above() {
	fresh btrfs
	umount here
	mkdir -p top
	mount -o loop image top
	mount -o subvol=vol "$(findmnt -no SOURCE top)" here
	load policy=none
	policy "protect $work/here/file deny write"
	attack here/file 'btrfs subvolume delete top/vol'
	attack here/file 'mv top/vol top/other'
	unload
	umount top
	gone
}

test_other_subvolumes_come_and_go() {
	fresh btrfs
	protect modify
	succeed 'btrfs subvolume create here/room/new && btrfs subvolume snapshot here/room/new here/room/copy'
	succeed 'btrfs subvolume delete here/room/new here/room/copy'
	succeed 'btrfs subvolume list here'
	gone
}

test_trees_and_streams_tell_nothing_of_what_cannot_be_read() {
	works_and_is_denied btrfs read \
		'btrfs subvolume list here | grep -q vol' \
		'{ [ -e here/room/copy ] || btrfs subvolume snapshot -r here/vol here/room/copy; } && btrfs send -q -f here/room/stream here/room/copy'
}

test_attributes_are_not_set_by_handle() {
	works_and_is_denied xfs attr 'set_by_handle here here/vol/file'
	fresh xfs
	succeed 'set_by_handle here here/vol/file'
	equal 'the attribute' value "$(getfattr --only-values -n trusted.new here/vol/file)"
	gone
}

shutting_down_is_denied_on() {
	works_and_is_denied "$1" write "request here $shutdown 'pack(\"L\", 2)'"
}

test_file_system_is_not_shut_down_ext4() {
	shutting_down_is_denied_on ext4
}

test_file_system_is_not_shut_down_xfs() {
	shutting_down_is_denied_on xfs
}

test_uuid_of_a_guarded_file_system_is_not_changed() {
	local ask="request here $set_uuid 'pack(\"LLa16\", 16, 0, qq(0123456789abcdef))'"
	fresh ext4
	[[ $(eval "$ask" 2>&1) != 'Inappropriate ioctl for device' ]] || skip 'ext4 of this kernel has no such command'
	works_and_is_denied ext4 remove "$ask"
}

test_freezing_is_allowed_and_told() {
	fresh ext4
	protect modify
	mark_log
	succeed 'fsfreeze --freeze here && fsfreeze --unfreeze here'
	expect 'a line that tells it' await 3000 eval \
		"log | grep -q 'watched write .* by fsfreeze.*security_file_ioctl'"
	gone
}

test_denied_ioctl_is_told_with_the_rule() {
	fresh btrfs
	protect modify
	mark_log
	attack here/vol/file 'btrfs subvolume delete here/vol'
	expect 'a line that names the rule' await 3000 eval \
		"log | grep -q 'denied .*$work/here/.* by btrfs.*security_file_ioctl'"
	gone
}

cleanup() {
	umount here top 2>/dev/null
}

run_tests "$0"
