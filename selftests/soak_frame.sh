# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # soak.sh and lib.sh share variables
#
# How the workers of soak.sh live together: who may rely on the policy, who counts
# what, who says what went wrong.

# held: a policy that denies is in force, and stays so until let_go. Fails at the end
# of the time. Who comes first waits at the gate, or shared holders would keep
# whoever wants to change it out for ever.
held() {
	until flock "$gate" && flock -s "$force" && flock -u "$gate" && [ -e in-force ]; do
		let_go
		[ ! -e stop ] || return 1
		pause
	done
}

let_go() {
	flock -u "$force"
}

# turn COMMAND…: change whether one is in force, while nobody holds it.
turn() {
	flock "$gate" && flock "$force" && "$@"
	flock -u "$force"
	flock -u "$gate"
}

# pause: for a second, without a program for it.
pause() {
	read -rt 1 -u "$quiet" || :
}

# nap SECONDS: but not beyond the end.
nap() {
	local left=$1
	while [ ! -e stop ] && [ "$left" -gt 0 ]; do
		pause
		left=$((left - 1))
	done
}

# wrong: as in lib.sh, but a failure says of which worker it is, and when.
wrong() {
	local what=$*
	failed=1
	printf '%s %s: %s\n' "$(date +%T)" "${worker-soak}" "${what//$'\n'/; }" |
		tee -a "wrong.${worker-soak}" | sed 's/^/# /'
}

# count WHAT: counted, for the progress and the end.
count() {
	counts[$1]=$((${counts[$1]-0} + 1))
	local what
	for what in "${!counts[@]}"; do
		printf '%s %d\n' "$what" "${counts[$what]}"
	done >"new.$worker"
	mv "new.$worker" "count.$worker"
}

# one_of WORD…: sets one. Not to be called in a subshell, where RANDOM starts anew.
one_of() {
	shift $((RANDOM % $#))
	one=$1
}

# be NAME NUMBER: a worker, until the time is over.
be() {
	local -A counts=()
	local gate force quiet one
	worker=$1
	RANDOM=$((seed * 100 + $2))
	exec {gate}>>gate {force}>>force {quiet}<>quiet
	# Who would burn all that there is comes last.
	[[ " stress memory plain " != *" $worker "* ]] || renice -n 10 -p $BASHPID >/dev/null
	while [ ! -e stop ]; do
		"do_$worker"
	done
}
