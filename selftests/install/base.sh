# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC2154 # lib.sh and archive.sh set what is shared
#
# Debian roots that packages are installed into: one for each suite, with DKMS,
# one kernel and its headers, and what it takes to boot; a second kernel and its
# headers are downloaded and not installed, so that the tests need no network.
#
# base_get SUITE leaves in the cache, under install/SUITE-KEY:
#	root		the tree
#	kernels		the release of the first kernel, then that of the second

# shellcheck source=scripts/shell/archive.sh
. "$top/scripts/shell/archive.sh"

# shellcheck disable=SC2034 # check asks for it
readonly base_suites=(bookworm trixie)
readonly base_packages=dkms,initramfs-tools,kmod,systemd-sysv,udev,dbus,login,passwd,rsyslog,logrotate,sudo,procps,e2fsprogs

# The cloud kernels are small, and built from the same source.
base_wanted() {
	case $1 in
	bookworm) printf '%s\n' '6\.1\.0-[0-9]+-cloud-amd64' '6\.12\.[0-9]+\+deb12-cloud-amd64' ;;
	trixie) printf '%s\n' '6\.12\.[0-9]+\+deb13-cloud-amd64' '' ;;
	*) die "no kernels are chosen for Debian $1; see selftests/install/base.sh" ;;
	esac
}

# base_newest SUITE PATTERN: the newest kernels, the older ones first.
base_newest() {
	suite_apt "$1" apt-cache pkgnames linux-headers- | sed 's/^linux-headers-//' |
		grep -xE -- "$2" | sort -V
}

# base_kernels SUITE: the newest of each kind, or the last two of one.
base_kernels() {
	local wanted
	mapfile -t wanted < <(base_wanted "$1")
	if [ -n "${wanted[1]}" ]; then
		base_newest "$1" "${wanted[0]}" | tail -n 1
		base_newest "$1" "${wanted[1]}" | tail -n 1
	else
		base_newest "$1" "${wanted[0]}" | tail -n 2
	fi
}

# Runs as root, so it takes what it needs as arguments.
base_make() {
	local dir=$1 suite=$2 packages=$3 first=$4 second=$5
	rm -rf "$dir/root"
	mmdebstrap --variant=apt \
		--include="$packages,linux-image-$first,linux-headers-$first" \
		--dpkgopt='path-exclude=/usr/share/locale/*' \
		"$suite" "$dir/root" "$dir/sources.list"
	chroot "$dir/root" apt-get -q update
	chroot "$dir/root" apt-get -q -y --no-install-recommends --download-only \
		install "linux-image-$second" "linux-headers-$second"
	chroot "$dir/root" apt-get -q -y --reinstall --download-only \
		install "linux-headers-$first"
}

base_build() {
	local suite=$1 dir=$2.new kernels
	[ ! -e "$2" ] || return 0
	need mmdebstrap
	mkdir -p "$dir"
	suite_sources "$suite" >"$dir/sources.list"
	step "package lists of $suite" suite_update "$suite"
	mapfile -t kernels < <(base_kernels "$suite")
	[ ${#kernels[@]} = 2 ] || die "Debian $suite has not the kernels of selftests/install/base.sh"
	printf '%s\n' "${kernels[@]}" >"$dir/kernels"
	step "a root of Debian $suite with DKMS and a kernel (about two minutes)" \
		as_root bash -euc "$(declare -f base_make); base_make \"\$@\"" base_make \
		"$dir" "$suite" "$base_packages" "${kernels[@]}"
	mv "$dir" "$2"
}

# base_get SUITE: sets base, the directory.
base_get() {
	base=$cache/install/$1-$(digest "$base_packages" "$(declare -f base_make base_wanted)")
	mkdir -p "$cache/install"
	[ -e "$base" ] || with_lock "install-$1" base_build "$1" "$base"
}
