# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC2034 # shared with the programs that include this one
#
# What the programs share that run in a VM booted by UEFI. Modules, certificates
# and tools that Debian's root file system lacks lie beside them.

cd "$(dirname "${BASH_SOURCE[0]}")" || exit
PATH=$PATH:$PWD
export LD_LIBRARY_PATH=$PWD
number=0
failed=0
: >/tmp/log

result() {
	number=$((number + 1))
	echo "$1 $number - $2"
	[ "$1" != ok ] || return 0
	failed=$((failed + 1))
	sed 's/^/# /' out /tmp/log
}

# run COMMAND…: the outcome is in $status and the file out.
run() {
	status=0
	"$@" >out 2>&1 </dev/null || status=$?
}

expect_that() {
	local verdict=ok
	run "${@:2}"
	[ "$status" = 0 ] || verdict='not ok'
	result "$verdict" "$1"
}

expect_not() {
	local verdict=ok
	run "${@:2}"
	[ "$status" != 0 ] || verdict='not ok'
	result "$verdict" "$1"
}

# refused NAME FILE ANSWER TEXT: insmod says ANSWER, the kernel's log TEXT, or,
# with an empty TEXT, nothing; and nothing is loaded.
refused() {
	local verdict='not ok'
	dmesg -C
	run /sbin/insmod "$2"
	dmesg >/tmp/log
	if [ "$status" != 0 ] && grep -qF -- "$3" out && ! grep -q '^shield ' /proc/modules; then
		if [ -n "$4" ]; then
			! grep -qF -- "$4" /tmp/log || verdict=ok
		else
			grep -qE 'Loading of|shield|cause=' /tmp/log || verdict=ok
		fi
	fi
	result "$verdict" "$1"
	sed 's/^/# insmod: /' out
	grep -E 'Loading of|cause=' /tmp/log | sed 's/^/# kernel: /'
}

protects() {
	local before said
	before=$(sha256sum /etc/shadow)
	! said=$(bash -c 'echo eve::0:0::::: >>/etc/shadow' 2>&1) &&
		[[ $said == *'Permission denied'* ]] && [ "$(sha256sum /etc/shadow)" = "$before" ]
}

finish() {
	echo "1..$number"
	[ "$failed" = 0 ]
}
