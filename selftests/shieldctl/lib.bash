# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# What the tests of shieldctl share: how the command is run, and what is
# expected of it. Sourced with the path of the test program in $0.

cd "$(dirname "$0")/../.." || exit
scripts/need jq

shieldctl=$(realpath "${SHIELDCTL:-build/policy/shieldctl}")
scratch=$(mktemp -d)
readonly shieldctl scratch
started=()
trap 'kill "${started[@]}" 2>/dev/null || true; rm -rf "$scratch"' EXIT
export SHIELDCTL_SECURITYFS=$scratch/securityfs
export SHIELDCTL_POLICY_D=$scratch/etc/policy.d
# Nothing of this machine shows: a directory that is not there is its root.
export SHIELDCTL_ROOT=$scratch/root
export LC_ALL=C.UTF-8

# shellcheck source=selftests/expect.bash
. selftests/expect.bash

# Runs shieldctl; the outcome is in $status and the files out and err.
run() {
	status=0
	"$shieldctl" "$@" >"$scratch/out" 2>"$scratch/err" </dev/null || status=$?
}

# expect_json NAME STATUS FILTER: the output is JSON for which FILTER is true.
expect_json() {
	local verdict=ok

	# jq repairs what is not UTF-8, so ask somebody who does not.
	[ "$status" = "$2" ] && iconv -f UTF-8 "$scratch/out" >/dev/null 2>&1 &&
		jq -e "$3" "$scratch/out" >/dev/null 2>&1 ||
		verdict='not ok'
	result "$verdict" "$1"
}

# expect_policy NAME TEXT: the policy in force is exactly TEXT.
expect_policy() {
	local verdict=ok

	printf '%s\n' "$2" | cmp -s - "$SHIELDCTL_SECURITYFS/policy" || verdict='not ok'
	result "$verdict" "$1"
	[ "$verdict" = ok ] || sed 's/^/# policy: /' "$SHIELDCTL_SECURITYFS/policy"
}

# in_force POLICY [KEY VALUE]...: make a kernel that has this policy in force.
in_force() {
	mkdir -p "$SHIELDCTL_SECURITYFS"
	printf '%s\n' "$1" >"$SHIELDCTL_SECURITYFS/policy"
	shift
	cat >"$SHIELDCTL_SECURITYFS/status" <<-'EOF'
		enforcing: yes
		enforce: 1
		policy: base
		generation: 7
		rules: 1
		hooks: 19/19
		sealed: no
	EOF
	while [ $# -gt 0 ]; do
		sed -i "s|^$1: .*|$1: $2|" "$SHIELDCTL_SECURITYFS/status"
		shift 2
	done
}

file() {
	printf '%b' "$2" >"$scratch/$1"
}
