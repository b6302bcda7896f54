#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# What is protected cannot be put out of reach by taking away the file system
# that it is on, and who has to do that can be named.
# shellcheck disable=SC2016 # the dollars in single quotes are perl's
# shellcheck source=selftests/lib.sh
. "$(dirname "$0")/lib.sh"

readonly detach=2 force=1 expire=4 nofollow=8 beneath=512 at_cwd=-100
export pivot_root umount2 move_mount detach force expire nofollow beneath at_cwd

# fresh TYPE: a file system at here, with a file, and another on the way to a
# second file. Shared, as systemd makes them.
fresh() {
	unload
	clear
	mkdir -p here there
	if [ "$1" = tmpfs ]; then
		mount -t tmpfs tmpfs here
	else
		truncate -s 32M image
		mkfs.ext4 -q image
		mount -o loop image here
	fi
	mkdir here/way here/bound
	mount -t tmpfs tmpfs here/way
	echo text | tee here/file >here/way/file
	mount --make-rshared /
}

protect() {
	load policy=none
	policy "program mounter /usr/bin/mount /usr/bin/umount" \
		"protect $work/here/file deny write,append,mount$1" \
		"protect $work/here/way/file deny write,append,mount$1"
}

clear() {
	while umount -l here/way here there 2>/dev/null; do :; done
	rm -f image
	# As it was: what is shared cannot be moved.
	mount --make-rprivate /
}

gone() {
	unload
	clear
}

# mounted: what tells that nothing has gone.
mounted() {
	grep -c " $work/here" /proc/self/mountinfo
}

# With perl, which nobody trusts.
attacks=(
	'call $umount2 here/way 0'
	'call $umount2 here/way $detach'
	'call $umount2 here $detach'
	'call $umount2 here/way $force'
	'call $umount2 here/way $nofollow'
	'call $move_mount $at_cwd here $at_cwd there 0'
)

unmounting_is_denied_on() {
	local attack
	fresh "$1"
	protect ''
	for attack in "${attacks[@]}" 'call $umount2 here/way $expire'; do
		attack here/way/file "$attack"
		equal "all is mounted after: $attack" 2 "$(mounted)"
	done
	gone
}

# The kernel gives the memory of one of them, sooner or later, to one of these.
test_bound_directories_are_unmounted_by_anybody_though_others_came_and_went() {
	fresh ext4
	mkdir -p copies/{1..100}
	load policy=none
	policy "program mounter /usr/bin/mount /usr/bin/umount" \
		"protect $work/here/file deny write,append,mount" \
		"protect $work/here/way/file deny write,append,mount allow mount to mounter"
	succeed 'umount here/way && mount -t tmpfs tmpfs here/way'
	succeed 'for copy in copies/*; do mount --bind here $copy || exit; done'
	succeed 'umount copies/*'
	attack here/file 'call $umount2 here $detach'
	unload
	umount copies/* 2>/dev/null
	gone
}

test_unmounting_what_a_protected_file_is_on_is_denied_on_ext4() {
	unmounting_is_denied_on ext4
}

test_unmounting_what_a_protected_file_is_on_is_denied_on_tmpfs() {
	unmounting_is_denied_on tmpfs
}

test_without_shield_each_of_these_succeeds() {
	local attack
	for attack in "${attacks[@]}"; do
		fresh tmpfs
		# Nothing can be moved from where others share it.
		mount --make-private /
		[ "$(findmnt -no TARGET -T .)" = / ] || mount --make-private "$(findmnt -no TARGET -T .)"
		succeed "$attack"
		[ "$(mounted)" != 2 ] || wrong "nothing happened: $attack"
	done
	fresh tmpfs
	call $umount2 here/way $expire
	succeed 'call $umount2 here/way $expire'
	gone
}

test_moving_the_mount_of_a_protected_file_by_mount_is_denied() {
	fresh tmpfs
	mount --make-private "$(findmnt -no TARGET -T .)"
	protect ''
	attack here/file 'mount --move here there'
	attack here/file 'mount --move here/../here there'
	unload
	succeed 'mount --move here there'
	gone
}

# Only Linux 6.5 and later know it.
test_mounting_beneath_a_protected_file_system_is_denied() {
	fresh tmpfs
	mount -t tmpfs tmpfs there
	mount --make-private "$(findmnt -no TARGET -T .)"
	if ! call $move_mount $at_cwd "$work/there" $at_cwd "$work/here" $beneath; then
		note 'this kernel cannot'
		return 0
	fi
	fresh tmpfs
	mount -t tmpfs tmpfs there
	mount --make-private "$(findmnt -no TARGET -T .)"
	protect ''
	attack here/file 'call $move_mount $at_cwd there $at_cwd here $beneath'
	gone
}

# turn: pivot_root and back, in one process, because nothing else is where it was.
turn() {
	perl -e 'my ($call, $dir, $old) = ($ARGV[0] + 0, $ARGV[1], "bound"); my $new = ".";
		chdir $dir or die $!;
		syscall($call, $new, $old) == 0 or die "$!\n";
		chdir "/bound" or die $!; $old = "/bound$dir";
		syscall($call, $new, $old) == 0 or die "$!\n"; chdir "/"' $pivot_root "$work/here"
}

# leave: as containers do, for good.
leave() {
	perl -e 'my ($pivot, $umount, $here) = ($ARGV[0] + 0, $ARGV[1] + 0, ".");
		chdir $ARGV[2] or die $!;
		syscall($pivot, $here, $here) == 0 or die "pivot_root: $!\n";
		syscall($umount, $here, 2) == 0 or die "umount: $!\n"' $pivot_root $umount2 "$1"
}
export -f turn leave

test_pivot_root_of_the_whole_machine_is_denied() {
	export work
	fresh tmpfs
	mount --make-private /
	mount --make-private here
	mount --make-private "$(findmnt -no TARGET -T .)"
	protect ''
	attack here/file turn
	unload
	succeed turn
	gone
}

test_named_programs_unmount_and_mount_again_and_that_is_guarded_anew() {
	fresh ext4
	protect ' allow mount to mounter'
	attack here/file 'call $umount2 here/way $detach'
	succeed 'umount here/way && umount here && mount -o loop image here'
	attack here/file 'echo more >>here/file'
	sleep 2
	attack here/file 'call $umount2 here $detach'
	gone
}

test_program_behind_except_unmounts() {
	fresh tmpfs
	protect ' except mounter'
	succeed 'umount -l here/way'
	gone
}

test_own_namespace_of_a_service_is_its_own() {
	fresh tmpfs
	protect ''
	succeed 'unshare --mount bash -c "umount -l here/way && umount -l here && ! test -e here/file"'
	succeed 'unshare --mount bash -c "mount --bind here there && leave there"'
	succeed 'unshare --user --map-root-user --mount bash -c "mount -t tmpfs tmpfs here/way"'
	equal 'what is mounted at home' 2 "$(mounted)"
	gone
}

# What systemd does for ProtectSystem=, ProtectHome= and PrivateTmp=.
test_service_arranges_what_it_sees_under_the_built_in_policy() {
	fresh tmpfs
	load policy=default
	succeed 'unshare --mount --propagation slave bash -ec "mount --rbind /etc /etc
		mount -o remount,bind,ro /etc; ! touch /etc/passwd; mount -t tmpfs tmpfs /home
		mount -t tmpfs tmpfs /tmp; umount -l /etc; touch /etc/new"'
	rm -f /etc/new
	equal 'denied' 0 "$(status denied)"
	attack /etc/passwd 'unshare --mount --propagation unchanged mount --bind /usr /etc'
	gone
}

test_unmounting_in_a_namespace_that_passes_it_on_is_denied() {
	fresh tmpfs
	protect ''
	attack here/way/file 'unshare --mount --propagation unchanged bash -c "call $umount2 here/way $detach"'
	equal 'what is mounted at home' 2 "$(mounted)"
	unload
	succeed 'unshare --mount --propagation unchanged umount -l here/way'
	equal 'what is mounted at home' 1 "$(mounted)"
	gone
}

test_other_mounts_of_a_guarded_directory_come_and_go() {
	fresh ext4
	protect ''
	# Not below the directory that is removed at the end.
	succeed 'mount --bind here /mnt && umount /mnt'
	succeed 'mount --bind / /mnt && umount /mnt'
	succeed 'mount -o loop image /mnt && umount /mnt'
	succeed 'mount -t tmpfs tmpfs /mnt && umount -l /mnt'
	succeed 'mount --rbind / /mnt && mount --make-rslave /mnt && umount -R -l /mnt'
	equal 'what is mounted' 2 "$(mounted)"
	gone
}

test_remounting_read_only_and_back_is_allowed() {
	fresh ext4
	protect ''
	succeed 'mount -o remount,ro here && mount -o remount,rw here'
	attack here/file 'echo more >>here/file'
	gone
}

test_denied_unmount_is_told_with_the_rule() {
	fresh tmpfs
	load policy=none
	policy "protect $work/here/way/file deny read"
	mark_log
	call $umount2 here/way $detach
	expect 'a line that names the rule' await 3000 eval \
		"log | grep -q 'denied mount $work/here/way/.* by perl.*policy line 3.*security_sb_umount'"
	gone
}

cleanup() {
	clear
}

run_tests "$0"
