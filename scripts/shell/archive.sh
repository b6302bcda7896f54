# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC2154 # common.sh sets what is shared
#
# Debian's archive, whichever suite is asked for, through the mirror that apt on
# this machine is configured for.

# apt_uri LABEL: the base address of the archive so labelled that this
# machine's apt already uses.
apt_uri() {
	# shellcheck disable=SC2016 # the dollars are apt's
	apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' \
		'Origin: Debian' "Label: $1" | sort | head -n 1
}

# suite_sources SUITE: sources of one suite and its updates, whichever suite
# this machine itself runs. An architecture may follow, here and below: SUITE:arm64.
suite_sources() {
	local suite=${1%:*} main security
	main=$(apt_uri Debian)
	security=$(apt_uri Debian-Security)
	[ -n "$main" ] || die "apt knows no Debian archive here; check 'apt-get indextargets', then run apt-get update"
	printf 'deb %s %s main\n' "$main" "$suite"
	case $suite in
	# The lab makes headers from sources of backports.
	*-backports) printf 'deb-src %s %s main\n' "$main" "$suite" && return 0 ;;
	sid | experimental) return 0 ;;
	esac
	printf 'deb %s %s main\n' "$main" "$suite-updates"
	if [ -n "$security" ]; then
		printf 'deb %s %s-security main\n' "$security" "$suite"
	fi
}

# suite_apt SUITE TOOL ARGUMENT…: apt with lists of its own for that suite. With
# an architecture it knows amd64, too: what runs here has that one's name behind.
suite_apt() {
	local root=$cache/apt/${1/:/-} tool=$2 architectures=amd64
	[[ $1 != *:* ]] || architectures=${1#*:},amd64
	shift 2
	"$tool" -q -o Dir::Etc::SourceList="$root/sources.list" \
		-o Dir::Etc::SourceParts=/dev/null -o Dir::State="$root/state" \
		-o Dir::State::status=/dev/null -o Dir::Cache="$root/cache" \
		-o APT::Architecture="${architectures%,*}" -o APT::Architectures="$architectures" \
		-o APT::Sandbox::User=root "$@"
}

# One at a time, because apt changes its lists in place; who comes second finds
# them fresh.
suite_update_now() {
	local suite=$1 root=$cache/apt/${1/:/-}
	mkdir -p "$root/state/lists/partial" "$root/cache/archives/partial"
	suite_sources "$suite" >"$root/sources.new"
	if [ -n "$(find "$root/updated" -mmin -30 2>/dev/null)" ] &&
		cmp -s "$root/sources.new" "$root/sources.list"; then
		return 0
	fi
	mv "$root/sources.new" "$root/sources.list"
	suite_apt "$suite" apt-get update && touch "$root/updated"
}

suite_update() {
	with_lock "suite-${1/:/-}" suite_update_now "$1"
}

# What nobody reads in a root directory that only runs programs.
# shellcheck disable=SC2034 # for those who include this
without_texts=(--dpkgopt='path-exclude=/usr/share/doc/*'
	--dpkgopt='path-exclude=/usr/share/man/*'
	--dpkgopt='path-exclude=/usr/share/locale/*')

# Runs as root, so it takes what it needs as arguments.
suite_root_make() {
	local dir=$1 suite=$2 packages=$3
	rm -rf "$dir/root"
	# mmdebstrap starts a filter in Python for every package: not by a wrapper.
	PATH=/usr/sbin:/usr/bin:/sbin:/bin mmdebstrap --variant=apt --include="$packages" "${@:4}" \
		"$suite" "$dir/root" "$dir/sources.list"
}

# suite_root WHAT SUITE PACKAGES DIRECTORY [OPTION…]: a root directory of that
# suite, in DIRECTORY/root. DIRECTORY appears when it is whole. Each OPTION is
# one of mmdebstrap; $through runs it instead of as_root.
suite_root() {
	local what=$1 suite=$2 packages=$3 dir=$4
	need mmdebstrap
	mkdir -p "$dir.new"
	suite_sources "$suite" >"$dir.new/sources.list"
	step "$what" \
		"${through:-as_root}" bash -euc "$(declare -f suite_root_make); suite_root_make \"\$@\"" suite_root_make \
		"$dir.new" "$suite" "$packages" "${@:5}"
	mv "$dir.new" "$dir"
}
