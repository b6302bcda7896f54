#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# stress-ng's stressors of file systems end as they do without shield. Not with
# the other tests, as it takes minutes: make check-stress.
# shellcheck source=selftests/lib.sh
. "$(dirname "$0")/lib.sh"

# The class "filesystem" of stress-ng, and what else works on files, each with a
# number of rounds and the same random numbers, or until its time is over. Left out
# are bind-mount, which stress-ng itself holds for dangerous, and binderfs, which
# Debian's kernels do not have.
readonly stressors=(
	access:10 chattr:20 chdir:2 chmod:20 chown:20 copy-file:10 dentry:200 dir:200 dirdeep:100
	dirmany:200 dnotify:20 dup:20 eventfd:100 fallocate:20 fanotify:20 fcntl:20 fiemap:20
	file-ioctl:50 filename:50 flock:200 fpunch:20 fsize:20 fstat:20 getdent:50 handle:100
	hdd:20 inode-flags:20 inotify:10 io:5 iomix:50 ioprio:20 lease:100 link:100 locka:50
	lockf:100 lockofd:50 mknod:100 open:200 procfs:1 rename:200 symlink:50 sync-file:10
	touch:100 utime:100 verity:10 xattr:20
	aio:50 io-uring:50 seek:200 sendfile:50
)
readonly seconds=10
readonly sizes='--copy-file-bytes 128M --dentries 64 --fallocate-bytes 4M --hdd-bytes 4M
	--iomix-bytes 4M --seek-size 4M --sync-file-bytes 1M'

# stress DIRECTORY: how each of them ends there.
stress() {
	local stressor name rc
	for stressor in "${stressors[@]}"; do
		name=${stressor%:*}
		rc=0
		# shellcheck disable=SC2086 # sizes are words
		stress-ng --temp-path "$1" --verify --no-rand-seed --timeout $seconds $sizes \
			"--$name" 1 "--$name-ops" "${stressor#*:}" >said 2>&1 || rc=$?
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
