# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC2034 # used by the scripts that include this one
#
# What of stress-ng works on files, for the scripts that run it.

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
sizes='--copy-file-bytes 128M --dentries 64 --fallocate-bytes 4M --hdd-bytes 4M
	--iomix-bytes 4M --seek-size 4M --sync-file-bytes 1M'

# stressor_run STRESSOR DIRECTORY SECONDS: prints what it says; 3 and 4 are what this
# kernel or file system does not have.
stressor_run() {
	# shellcheck disable=SC2086 # sizes are words
	stress-ng --temp-path "$2" --verify --no-rand-seed --timeout "$3" $sizes \
		"--${1%:*}" 1 "--${1%:*}-ops" "${1#*:}" 2>&1
}
