#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# What the kernel's own NFS server does to files: it sets ACLs past the calls of
# the security framework. The server, its one export and the mount of it are made
# here without any program of the package nfs-utils.
# shellcheck disable=SC2016 # the dollars in single quotes are for later
# shellcheck source=selftests/lib.sh
. "$(dirname "$0")/lib.sh"

readonly nfsd=/proc/fs/nfsd rpc=/proc/net/rpc never=2147483000
# Writable, from any port, asynchronous, no check of subtrees, with a number.
readonly flags=9234 fsid='\x07000000'

# answer_registrations: what rpcbind is to the kernel, which says yes to all.
answer_registrations() {
	rm -f /run/rpcbind.sock
	perl -MSocket -e 'my $s;
		socket($s, PF_UNIX, SOCK_STREAM, 0) && bind($s, pack_sockaddr_un($ARGV[0])) && listen($s, 9) or die "$!\n";
		while (accept(my $c, $s)) {
			next if fork;
			while (sysread($c, my $head, 4) == 4) {
				sysread($c, my $call, unpack("N", $head) & 0x7fffffff);
				syswrite($c, pack("N8", 0x80000000 | 28, unpack("N", $call), 1, 0, 0, 0, 0, 1));
			}
			exit;
		}' /run/rpcbind.sock >/dev/null 2>&1 &
	registrar=$!
	await 5000 test -S /run/rpcbind.sock
}

# tell CACHE LINE
tell() {
	echo "$2" >"$rpc/$1/channel"
}

# serve DIRECTORY: sets handle, of its export.
serve() {
	ip link set lo up
	mountpoint -q $nfsd || mount -t nfsd nfsd $nfsd
	tell auth.unix.ip "nfsd 127.0.0.1 $never client"
	tell nfsd.export "client $1 $never $flags 65534 65534 7"
	tell nfsd.fh "client 1 $fsid $never $1"
	echo '+3 -4' >$nfsd/versions
	echo 'tcp 2049' >$nfsd/portlist && echo 1 >$nfsd/threads || return
	exec 5<>$nfsd/filehandle
	echo "client $1 64" >&5
	read -r handle <&5
	exec 5>&-
}

# mount_served HANDLE DIRECTORY: with a struct nfs_mount_data of version 6.
mount_served() {
	perl -MSocket -e 'my ($number, $handle, $dir) = @ARGV;
		my $root = pack("H*", $handle =~ s/^\\x//r);
		my $data = pack("ll x32 l l8 a16 Z256 lL S a64 x2 l x257 x3", 6, -1, 0x2c0,
			(0) x 8, pack_sockaddr_in(2049, inet_aton("127.0.0.1")), "127.0.0.1",
			255, 0, length $root, $root, 0);
		syscall($number + 0, my $what = "127.0.0.1:/", $dir, my $type = "nfs", 0, $data) >= 0 or die "$!\n"' \
		"$mount" "$1" "$2"
}

# On a file system of its own, in here; what is served is in there.
served() {
	[ "$(grep -cwE 'nfsd?' /proc/filesystems)" = 2 ] || modprobe -qa nfsd nfsv3 ||
		skip 'this kernel has no NFS server'
	unload
	mkdir -p here there
	truncate -s 64M image
	mkfs.ext4 -q image && mount -o loop image here
	mkdir here/tree
	echo text | tee here/file here/other >here/tree/file
	answer_registrations
	trap gone EXIT
	serve "$work/here" || wrong 'the NFS server does not start'
	expect 'a mount of it' mount_served "$handle" "$work/there"
}

gone() {
	umount there
	echo 0 >$nfsd/threads
	for cache in nfsd.fh nfsd.export auth.unix.ip; do
		date +%s >$rpc/$cache/flush
	done
	kill "$registrar"
	unload
	umount here
}

test_acl_is_set_by_nfs_where_nothing_is_protected() {
	served
	succeed 'setfacl -m u:1:rw there/file'
	expect 'the ACL of the file itself' eval 'getfacl -nc here/file | grep -q "^user:1:rw-"'
}

test_acl_of_a_protected_file_is_not_set_by_nfs() {
	served
	load policy=none
	policy 'program owner /usr/bin/setfacl' "protect $work/here/file deny attr except owner" \
		"protect $work/here/tree recursive deny attr except owner"
	attack here/file 'setfacl -m u:1:rw there/file'
	attack here/tree/file 'setfacl -m u:1:rw there/tree/file'
	attack here/tree 'setfacl -d -m u:1:rwx there/tree'
	mark_log
	attack here/file 'setfacl -m o::rw there/file'
	expect 'a line that tells it' await 3000 eval "log | grep -q 'denied attr .* by nfsd.*set_posix_acl'"
	succeed 'setfacl -m u:1:rw here/file'
	succeed 'setfacl -m u:1:rw here/tree/file'
	succeed 'setfacl -m u:1:rw there/other'
}

test_acl_that_is_set_by_a_system_call_is_told_once() {
	echo text >file
	load policy=none
	policy "watch $work/file attr"
	mark_log
	succeed 'setfacl -m u:1:rw file'
	expect 'a line that tells it' await 3000 eval 'log | grep -q "watched attr"'
	equal 'the number of lines' 1 "$(log | grep -c 'watched attr')"
}

run_tests "$0"
