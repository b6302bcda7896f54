# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# Processes of a program like `code`, which are asked to do this and that while
# policies come and go. Each has a name.

# Their process ids, and the descriptors by which they are asked.
declare -A running ask

# start NAME COMMAND…: the program runs, which is known by its answer.
start() {
	local name=$1 end
	shift
	rm -f "$name.ask" "$name.answers"
	mkfifo "$name.ask"
	"$@" <"$name.ask" >>"$name.answers" 2>/dev/null &
	running[$name]=$!
	exec {end}>"$name.ask"
	ask[$name]=$end
	asked "$name" nothing >/dev/null
}

# asked NAME WAY: what it answers
asked() {
	: >"$1.answers"
	echo "$2" >&"${ask[$1]}"
	await 10000 test -s "$1.answers" || wrong "$1 does not answer $2"
	cat "$1.answers"
}

# stop NAME…: all of them. Who was started later has the descriptors, too.
stop() {
	local name end
	for name; do
		end=${ask[$name]}
		exec {end}>&-
	done
	for name; do
		wait "${running[$name]}"
	done
}
