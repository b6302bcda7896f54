# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# TAP of what is done on this machine.

tap_number=0
tap_failures=0
tap_said=$(mktemp)

# check NAME COMMAND…: what it says is told if it fails.
check() {
	local verdict=ok
	"${@:2}" >"$tap_said" 2>&1 || verdict='not ok'
	tap_number=$((tap_number + 1))
	echo "$verdict $tap_number - $1"
	[ "$verdict" != ok ] || return 0
	tap_failures=$((tap_failures + 1))
	sed 's/^/# /' "$tap_said"
}

# check_end: the plan, and whether all went well.
check_end() {
	rm -f "$tap_said"
	echo "1..$tap_number"
	[ "$tap_failures" = 0 ]
}
