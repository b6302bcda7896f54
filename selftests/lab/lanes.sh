# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC2154 # check sets what is shared
#
# Several rows of the matrix at once: a lane is a process of its own, which leaves
# its counts in a file. Included by selftests/lab/check.

busy=()

# job_run NAME LANE COMMAND…
job_run() {
	local name=$1 lane=$2
	set +m
	trap - EXIT
	passed=0 failed=0 skipped=0 tap_failures=() matrix=()
	[ "$lane" = 1 ] || SHIELD_VM_LOCK=${SHIELD_VM_LOCK:-${TMPDIR:-/tmp}/shield-vm.lock}-$lane
	export SHIELD_VM_LOCK
	"${@:3}"
	printf 'passed=%s failed=%s skipped=%s tap_failures=(%s) matrix=(%s)\n' "$passed" \
		"$failed" "$skipped" "${tap_failures[*]@Q}" "${matrix[*]@Q}" >"$work/$name.counts"
}

# job_begin NAME COMMAND…: in the first free lane, which is waited for. A lane is
# a process group, so that it can be stopped with all that runs in it.
job_begin() {
	local lane=1
	[ ${#busy[@]} -lt "$lanes" ] || job_end
	while [ -n "${busy[lane]-}" ]; do lane=$((lane + 1)); done
	set -m
	job_run "$1" "$lane" "${@:2}" &
	set +m
	busy[lane]=$!
}

# job_end: wait until a lane is free.
job_end() {
	local lane before=${#busy[@]}
	while [ ${#busy[@]} = "$before" ]; do
		pause 0.5
		for lane in "${!busy[@]}"; do
			kill -0 "${busy[lane]}" 2>/dev/null || unset "busy[$lane]"
		done
	done
}

# shellcheck disable=SC2317 # called by the trap
jobs_stop() {
	local lane
	for lane in "${!busy[@]}"; do
		kill -- "-${busy[lane]}" 2>/dev/null || :
	done
	rm -rf "$work"
}

# job_counts NAME: those of a job that has ended are added to ours.
job_counts() {
	local p=$passed f=$failed s=$skipped failures=("${tap_failures[@]}") rows=("${matrix[@]}")
	if [ ! -e "$work/$1.counts" ]; then
		tap_fail "$1: ended before its time"
		return
	fi
	# shellcheck source=/dev/null
	. "$work/$1.counts"
	passed=$((p + passed))
	failed=$((f + failed))
	skipped=$((s + skipped))
	tap_failures=("${failures[@]}" "${tap_failures[@]}")
	matrix=("${rows[@]}" "${matrix[@]}")
}

# lanes_usual: how many VMs at once this machine bears.
lanes_usual() {
	local kilobytes
	kilobytes=$(awk '/^MemAvailable:/ { print $2 }' /proc/meminfo)
	if [ "$(nproc)" -ge 2 ] && [ "$kilobytes" -ge 4000000 ]; then
		echo 2
	else
		echo 1
	fi
}
