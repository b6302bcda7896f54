# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # common.sh and archive.sh set what is shared
#
# A server of Debian 12 as it is installed, with what an administrator's day
# takes, and without a kernel: each machine gets one of the lab.
#
# root_get leaves in $root, the cache, the tree, with the archives in
# /var/cache/debs that are upgraded in a window.

readonly root_suite=bookworm
readonly root_packages=systemd-sysv,udev,dbus,libpam-systemd,login,passwd,sudo,rsyslog,logrotate,cron,openssh-server,openssh-client,kmod,e2fsprogs,procps,ed,adduser
# Trusted programs, a module of PAM, and what has ldconfig run by its trigger.
readonly root_upgraded='passwd libpam-modules libzstd1 sudo'

root_build() {
	[ ! -e "$1" ] || return 0
	need e2fsprogs
	step "package lists of $root_suite" suite_update "$root_suite"
	suite_root "server of Debian $root_suite (about two minutes)" \
		"$root_suite" "$root_packages" "$1" "${without_texts[@]}" \
		--customize-hook="mkdir \"\$1/var/cache/debs\"" \
		--customize-hook="chroot \"\$1\" sh -c 'cd /var/cache/debs && apt-get -q download $root_upgraded'"
}

# root_get: sets root, the directory.
root_get() {
	local dir
	dir=$cache/sealed/$root_suite-$(digest "$root_packages $root_upgraded" "$(declare -f root_build)")
	mkdir -p "$cache/sealed"
	[ -e "$dir" ] || with_lock "sealed-$root_suite" root_build "$dir"
	root=$dir/root
}
