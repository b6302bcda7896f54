# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC2154 # common.sh and archive.sh set what is shared
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
readonly base_packages=dkms,initramfs-tools,dracut-core,kmod,systemd-sysv,udev,dbus,login,passwd,rsyslog,logrotate,sudo,procps,e2fsprogs

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

# base_downloads FIRST SECOND: prints what makes mmdebstrap leave the packages of
# the second kernel and the headers of the first one where apt finds them.
base_downloads() {
	# shellcheck disable=SC2016 # a shell of mmdebstrap expands it
	local get='chroot "$1" apt-get -q -y --no-install-recommends --download-only'
	printf '%s\n' --skip=cleanup/apt \
		"--customize-hook=$get install linux-image-$2 linux-headers-$2" \
		"--customize-hook=$get --reinstall install linux-headers-$1"
}

base_build() {
	local suite=$1 dir=$2 kernels downloads
	[ ! -e "$2" ] || return 0
	step "package lists of $suite" suite_update "$suite"
	mapfile -t kernels < <(base_kernels "$suite")
	[ ${#kernels[@]} = 2 ] || die "Debian $suite has not the kernels of selftests/install/base.sh"
	mapfile -t downloads < <(base_downloads "${kernels[@]}")
	mkdir -p "$dir.new"
	printf '%s\n' "${kernels[@]}" >"$dir.new/kernels"
	suite_root "root directory of Debian $suite, with DKMS and a kernel (about two minutes)" \
		"$suite" "$base_packages,linux-image-${kernels[0]},linux-headers-${kernels[0]}" "$dir" \
		--dpkgopt='path-exclude=/usr/share/locale/*' "${downloads[@]}"
}

# base_get SUITE: sets base, the directory.
base_get() {
	base=$cache/install/$1-$(digest "$base_packages" "$(declare -f base_build base_downloads base_wanted)")
	mkdir -p "$cache/install"
	[ -e "$base" ] || with_lock "install-$1" base_build "$1" "$base"
}
