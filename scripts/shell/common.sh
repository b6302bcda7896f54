# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC2034 # used by the scripts that include this one
#
# What scripts share that take their time: where things are, how progress is
# told, what is built once and kept in the cache.

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cache=${SHIELD_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/shield}
mkdir -p "$top/build" "$cache"

# mke2fs, depmod and friends live in sbin, which a plain user's PATH lacks.
PATH=$PATH:/usr/sbin:/sbin

# Scripts call each other; all count seconds from the first one's start.
export SHIELD_LAB_BEGAN=${SHIELD_LAB_BEGAN:-$EPOCHSECONDS}
SECONDS=$((EPOCHSECONDS - SHIELD_LAB_BEGAN))

say() {
	printf '[%4d s] %s\n' "$SECONDS" "$*" >&2
}

die() {
	say "error: $*"
	exit 1
}

as_root() {
	if [ "$(id -u)" = 0 ]; then
		"$@"
	else
		sudo -- "$@"
	fi
}

need() {
	"$top/scripts/need" "$@"
}

# pause SECONDS: sleep, but not by a process of its own: there are machines on which
# who waits for others would take a tenth of a CPU for it.
exec {silent}<> <(:)
pause() {
	read -rt "$1" -u "$silent" || :
}

# await_logged WHAT LOG COMMAND…: run a long command with its output in LOG and
# say every 15 seconds what is awaited. Its status is left in awaited, so that
# no caller needs an "if", in which a failing function would run on.
await_logged() {
	local what=$1 log=$2 began=$SECONDS told=0 waited pid
	shift 2
	say "$what …"
	"$@" >"$log" 2>&1 </dev/null &
	pid=$!
	while kill -0 "$pid" 2>/dev/null; do
		pause 0.2
		waited=$((SECONDS - began))
		if [ $((waited - told)) -ge 15 ]; then
			told=$waited
			say "$what: waiting for $waited s"
		fi
	done
	awaited=0
	wait "$pid" || awaited=$?
	[ $((SECONDS - began)) -lt 2 ] || say "$what: $((SECONDS - began)) s"
}

# step WHAT COMMAND…: the same, where failure is the end of the script.
step() {
	local what=$1 log
	shift
	log=$(mktemp "$top/build/step.XXXXXX")
	await_logged "$what" "$log" "$@"
	if [ "$awaited" != 0 ]; then
		tail -n 25 "$log" >&2
		die "$what failed; the whole log is $log"
	fi
	rm -f "$log"
}

# with_lock NAME COMMAND…: one builder at a time for each thing in the cache.
with_lock() {
	local lock=$cache/$1.lock
	shift
	(
		if ! flock -n 8; then
			say "waiting for another build that holds $lock"
			flock 8
		fi
		"$@"
	) 8>"$lock"
}

# digest FILE-OR-STRING…: a short name for content, for keys of the cache.
digest() {
	local item
	for item in "$@"; do
		if [ -f "$item" ]; then cat "$item"; else printf '%s\n' "$item"; fi
	done | sha256sum | cut -c1-12
}
