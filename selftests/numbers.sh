# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC2034 # used by the scripts that include this one
#
# What differs between architectures: the numbers of system calls, for perl, as
# there is no other tool that makes these; O_TMPFILE, which the Fcntl of perl-base
# lacks; and where the libraries are.

case $(uname -m) in
x86_64)
	ioctl_number=16 ptrace=101 pivot_root=155 mount=165 umount2=166 delete_module=176
	kexec_load=246 openat=257 mkdirat=258 unlinkat=263 linkat=265 fallocate=285
	process_vm_writev=311 renameat2=316
	o_tmpfile=$((020200000))
	libraries_dir=/lib/x86_64-linux-gnu loader=/lib64/ld-linux-x86-64.so.2
	;;
aarch64)
	ioctl_number=29 ptrace=117 mount=40 pivot_root=41 umount2=39 delete_module=106
	kexec_load=104 openat=56 mkdirat=34 unlinkat=35 linkat=37 fallocate=47
	process_vm_writev=271 renameat2=276
	o_tmpfile=$((020040000))
	libraries_dir=/lib/aarch64-linux-gnu loader=/lib/ld-linux-aarch64.so.1
	;;
*)
	echo "Bail out! no numbers of system calls for $(uname -m); add them to numbers.sh"
	exit 1
	;;
esac
# The same everywhere.
pidfd_open=434 pidfd_getfd=438 move_mount=429
