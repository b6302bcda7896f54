#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# What is peculiar to a file system: layers, case, long names, trees that are
# moved about while somebody stands in them. What cannot be protected is refused.
# shellcheck disable=SC2016 # the dollars in single quotes are for later
# shellcheck source=selftests/lib.sh
. "$(dirname "$0")/lib.sh"

readonly exchange=2 at_cwd=-100 wronly=1 creat=64
export openat mkdirat unlinkat linkat renameat2 o_tmpfile exchange at_cwd wronly creat

# 255 bytes, the most that a name can have.
long=$(printf '%0255d' 0)
readonly long
export long

# fresh [OPTION…]: an ext4 file system at here, as mkfs makes it.
fresh() {
	load policy=none
	umount -R here 2>/dev/null
	rm -f image
	mkdir -p here
	truncate -s 64M image
	mkfs.ext4 -q "$@" image
	mount -o loop image here
}

# folding: a fresh one that can fold case, where the kernel can (CONFIG_UNICODE).
folding() {
	modprobe ext4
	[ -e /sys/fs/ext4/features/casefold ] || skip 'ext4 of this kernel folds no case'
	fresh -O casefold
}

gone() {
	unload
	umount -R here 2>/dev/null
	rm -f image
}

# refused WORD RULE: with a reason that has the word in it.
refused() {
	local answer fd
	printf 'shield 1\n%s\n' "$2" >text
	exec {fd}<>"$securityfs/policy"
	# shellcheck disable=SC2261 # a descriptor, not two redirections of stderr
	! cat text >&"$fd" 2>/dev/null || wrong "this must be refused: $2"
	answer=$(cat <&"$fd")
	exec {fd}>&-
	[[ $answer == *$1* ]] || wrong "the reason must name $1: $2" "$answer"
}

test_rule_on_vfat_is_refused_with_the_reason() {
	load policy=none
	mkdir -p here
	truncate -s 16M image
	mkfs.vfat image >/dev/null
	mount -o loop image here
	echo text >here/file
	refused vfat "protect $work/here/file deny modify"
	refused vfat "protect $work/here recursive deny modify"
	refused vfat "protect $work/here/missing deny create"
	gone
}

test_rule_in_a_directory_that_folds_case_is_refused_with_the_reason() {
	folding
	mkdir here/folds
	chattr +F here/folds
	echo text >here/folds/file
	refused 'upper and lower case' "protect $work/here/folds/file deny modify"
	refused 'upper and lower case' "protect $work/here/folds/missing deny create"
	gone
}

test_directory_of_a_protected_name_does_not_come_to_fold_case() {
	folding
	mkdir here/empty here/other
	policy "protect $work/here/empty/wanted deny modify"
	attack here/empty 'chattr +F here/empty'
	attack here/empty 'chattr +i here/empty'
	attack here/empty 'touch here/empty/wanted'
	succeed 'chattr +F here/other'
	unload
	succeed 'chattr +F here/empty && touch here/empty/WANTED && test -e here/empty/wanted'
	gone
}

# encrypt DIRECTORY: with a key that nobody has.
encrypt() {
	perl -e 'sysopen(my $d, $ARGV[0], 0) or die "open: $!\n";
		my $policy = pack("C12", 0, 1, 4, 0, 1 .. 8);
		ioctl($d, 0x800c6613, $policy) or die "$!\n"' "$1"
}
export -f encrypt

test_directory_of_a_protected_name_does_not_come_to_be_encrypted() {
	fresh -O encrypt
	mkdir -p here/empty here/tree/empty here/other
	policy "protect $work/here/empty/wanted deny modify" "protect $work/here/tree recursive deny modify"
	attack here/empty 'encrypt here/empty'
	attack here/tree/empty 'encrypt here/tree/empty'
	succeed 'encrypt here/other'
	unload
	succeed 'encrypt here/empty && encrypt here/tree/empty'
	! touch here/empty/wanted 2>/dev/null || wrong 'it must need the key'
	gone
}

test_directory_that_folds_case_is_protected_as_part_of_a_tree() {
	folding
	mkdir -p here/tree/folds
	chattr +F here/tree/folds
	echo text >here/tree/folds/file
	succeed 'echo more >>here/tree/folds/FILE'
	policy "protect $work/here/tree recursive deny modify"
	attack here/tree/folds/file 'echo more >>here/tree/folds/FILE'
	attack here/tree/folds/file 'rm -f here/tree/folds/File'
	attack here/tree/folds/file 'mv here/tree/FOLDS/file here/gone || mv here/tree/folds/FILE here/gone'
	gone
}

test_names_of_255_bytes_are_protected() {
	fresh
	echo text >"here/$long"
	policy "protect $work/here/$long deny modify" "protect $work/here/${long%?}1 deny modify" \
		"protect $work/here/${long%??}2 prefix deny modify"
	attack "here/$long" 'echo more >>here/$long'
	attack "here/$long" 'touch here/other && mv here/other here/$long'
	attack "here/$long" 'touch here/${long%?}1'
	attack "here/$long" 'touch here/${long%??}23'
	succeed 'touch here/${long%?}4 && rm here/${long%?}4'
	unload
	succeed 'touch here/other && mv here/other here/$long && touch here/${long%?}1 here/${long%??}23'
	gone
}

# Below an overlay are real files, of which the overlay makes copies.
overlay() {
	mkdir -p here/lower here/upper here/scratch here/merged
	echo text >here/lower/file
	mount -t overlay none \
		-o lowerdir=here/lower,upperdir=here/upper,workdir=here/scratch here/merged
}

test_overlay_neither_reads_nor_changes_the_protected_file_of_its_lower_layer() {
	fresh
	overlay
	succeed 'cat here/merged/file'
	policy "protect $work/here/lower/file deny all"
	! cat here/merged/file 2>/dev/null || wrong 'it must not be read'
	! bash -c 'echo more >>here/merged/file' 2>/dev/null || wrong 'it must not be copied'
	policy "protect $work/here/lower/file deny modify"
	attack here/lower/file 'echo more >>here/lower/file'
	succeed 'echo more >>here/merged/file && rm here/merged/file'
	equal 'the file below' text "$(cat here/lower/file)"
	gone
}

test_overlay_cannot_be_put_over_a_protected_file() {
	fresh
	mkdir -p here/lower here/upper here/scratch here/way
	echo text >here/way/file
	policy "protect $work/here/way/file deny modify"
	attack here/way/file 'mount -t overlay none -o lowerdir=here/lower,upperdir=here/upper,workdir=here/scratch here/way'
	unload
	succeed 'mount -t overlay none -o lowerdir=here/lower,upperdir=here/upper,workdir=here/scratch here/way'
	gone
}

test_hard_link_from_before_leads_to_the_protected_file() {
	fresh
	mkdir here/way here/room
	echo text >here/way/file
	ln here/way/file here/room/older
	policy "protect $work/here/way/file deny modify"
	attack here/way/file 'echo more >>here/room/older'
	attack here/way/file 'truncate -s 0 here/room/older'
	attack here/way/file 'rm -f here/room/older'
	attack here/way/file 'ln here/room/older here/room/newer'
	unload
	succeed 'echo more >>here/room/older'
	gone
}

# with_tree: a tree, and the descriptor 5 of a directory in it from before.
with_tree() {
	fresh
	mkdir -p here/tree/cave here/tree/den here/room/moved
	echo text | tee here/tree/cave/file here/tree/other here/room/moved/file >here/room/file
	exec 5<here/tree/cave
}

# Each makes of the descriptor what a path would be.
from_before=(
	'call $openat 5 file $wronly 0'
	'call $openat 5 new $((wronly | creat)) 420'
	'call $mkdirat 5 new 493'
	'call $unlinkat 5 file 0'
	'call $renameat2 5 file $at_cwd here/room/gone 0'
	'call $renameat2 $at_cwd here/room/file 5 new 0'
	'echo more >>/proc/self/fd/5/file'
	'ln here/room/file /proc/self/fd/5/new'
)

test_directory_opened_before_leads_into_the_tree_all_the_same() {
	local attack
	with_tree
	policy "program mover /usr/bin/mv" "protect $work/here/tree recursive deny modify except mover"
	for attack in "${from_before[@]}"; do
		attack here/tree/cave/file "$attack"
	done
	# Wherever it is in the tree.
	succeed 'mv here/tree/cave here/tree/den/cave'
	for attack in "${from_before[@]}"; do
		attack here/tree/den/cave/file "$attack"
	done
	exec 5<&-
	gone
}

test_without_shield_a_directory_opened_before_is_open_to_all() {
	local attack
	for attack in "${from_before[@]}"; do
		with_tree
		unload
		succeed "$attack"
		exec 5<&-
	done
	gone
}

test_directory_is_protected_while_it_is_in_the_tree() {
	with_tree
	policy "program mover /usr/bin/mv" "protect $work/here/tree recursive deny modify except mover"
	succeed 'echo more >>here/room/moved/file && mv here/room/moved here/tree/moved'
	attack here/tree/moved/file 'echo more >>here/tree/moved/file'
	attack here/tree/moved/file 'rm -rf here/tree/moved'
	succeed 'mv here/tree/moved here/room/moved'
	succeed 'touch here/room/moved/new && rm here/room/moved/new'
	exec 5<&-
	gone
}

exchanges=(
	'call $renameat2 $at_cwd here/tree/other $at_cwd here/room/file $exchange'
	'call $renameat2 $at_cwd here/room/file $at_cwd here/tree/other $exchange'
	'call $renameat2 $at_cwd here/room $at_cwd here/tree/cave $exchange'
	'call $renameat2 $at_cwd here/tree/den $at_cwd here/tree/cave $exchange'
	'call $renameat2 $at_cwd here/tree/other $at_cwd here/tree/cave/file $exchange'
)

test_nothing_is_exchanged_into_out_of_or_within_a_tree() {
	local attack
	with_tree
	for attack in "${exchanges[@]}"; do
		succeed "$attack && $attack"
	done
	policy "protect $work/here/tree recursive deny modify"
	for attack in "${exchanges[@]}"; do
		attack here/tree/cave/file "$attack"
		attack here/tree/other "$attack"
	done
	exec 5<&-
	gone
}

test_default_acl_of_a_tree_stays() {
	with_tree
	succeed 'setfacl -d -m u:1:rwx here/tree && setfacl -k here/tree'
	policy "protect $work/here/tree recursive deny modify"
	attack here/tree 'setfacl -d -m u:1:rwx here/tree'
	attack here/tree/cave 'setfacl -d -m u:1:rwx here/tree/cave'
	exec 5<&-
	gone
}

# An unnamed file of another directory of the same file system.
unnamed_into_tree() {
	perl -MFcntl -e 'my ($room, $new) = ("here/room", "here/tree/new");
		sysopen(my $file, $room, $ENV{o_tmpfile} | O_WRONLY, 0644) or die "open: $!\n";
		my $empty = ""; syscall($ENV{linkat}, fileno $file, $empty, -100, $new, 0x1000) == 0 or die "$!\n"'
}
export -f unnamed_into_tree

test_unnamed_file_of_elsewhere_is_not_linked_into_a_tree() {
	with_tree
	succeed 'unnamed_into_tree && rm here/tree/new'
	policy "protect $work/here/tree recursive deny modify"
	attack here/tree unnamed_into_tree
	exec 5<&-
	gone
}

cleanup() {
	umount -R here 2>/dev/null
}

run_tests "$0"
