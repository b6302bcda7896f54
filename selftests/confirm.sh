#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Policies that come back out of force by themselves unless somebody confirms
# them: what a load that locks everybody out is undone by.
# shellcheck source=selftests/lib.sh
. "$(dirname "$0")/lib.sh"

# The policy NAME denies changes of the file NAME.
write_policy() {
	[ -e "$1" ] || echo text >"$1"
	printf 'shield 1\nname %s\nprotect %s/%s deny modify\n' "$1" "$work" "$1" >"$1.policy"
}

in_force() {
	[ "$(status policy)" = "$1" ]
}

# begin: the policy that will come back.
begin() {
	load policy=none
	write_policy first
	write_policy second
	write_policy third
	expect 'first is loaded' shieldctl load first.policy
}

# try SECONDS NAME
try() {
	expect "$2 is loaded" shieldctl load --confirm "$1" "$2.policy"
	equal 'policy' "$2" "$(status policy)"
}

# The policy of before is in force a moment before the one that waited is gone.
nothing_waits() {
	[ "$(status confirm-within)" = 0 ]
}

told() {
	log_all | grep -q "$1"
}

# refused REASON COMMAND…
refused() {
	local reason=$1 said
	shift
	said=$("$@" 2>&1) && wrong "this must be refused: $*"
	[[ $said == *"$reason"* ]] || wrong "the reason must be: $reason" "$said"
}

# Also when it locks out who loaded it.
test_policy_that_nobody_confirms_is_taken_back() {
	begin
	cp /bin/true tool
	printf 'protect %s/tool deny exec\n' "$work" >>second.policy
	mark_log
	try 6 second
	[ "$(status confirm-within)" -gt 0 ] || wrong 'status must say that it waits'
	[ "$(cat $securityfs/confirm)" -gt 0 ] || wrong 'the file must say that it waits'
	attack second 'echo x >>second'
	attack tool ./tool
	succeed 'echo x >>first'
	expect 'the one before comes back' await 12000 in_force first
	expect 'nothing waits' await 3000 nothing_waits
	attack first 'echo x >>first'
	succeed 'echo x >>second && ./tool'
	expect 'waiting is told' told 'policy: waits 6 s for its confirmation by shieldctl'
	expect 'taking back is told' await 3000 told 'policy: taken back: nobody confirmed it'
}

test_confirmed_policy_stays() {
	local generation
	begin
	mark_log
	try 60 second
	generation=$(status generation)
	expect 'it is confirmed' shieldctl confirm
	equal 'policy' second "$(status policy)"
	equal 'generation' "$generation" "$(status generation)"
	equal 'nothing waits' 0 "$(status confirm-within)"
	expect 'it is told' await 3000 told 'policy: confirmed by shieldctl'
	refused 'no policy waits' shieldctl confirm
	attack second 'echo x >>second'
}

# Its time is the newer one's, and what comes back is what nobody had to confirm.
test_newer_trial_goes_back_to_what_was_before_the_first() {
	begin
	try 60 second
	try 3 third
	expect 'the first comes back' await 12000 in_force first
	expect 'nothing waits' await 3000 nothing_waits
}

test_newer_policy_for_good_ends_the_waiting() {
	begin
	mark_log
	try 2 second
	expect 'third is loaded' shieldctl load third.policy
	equal 'nothing waits' 0 "$(status confirm-within)"
	# The time of the other is over when that of a third trial is.
	try 4 second
	expect 'it comes back' await 12000 in_force third
	expect 'it is told' told 'policy: not needed any more'
}

test_what_is_refused_leaves_the_policy_waiting() {
	begin
	try 60 second
	shieldctl status | grep -q 'warning: the policy before comes back in' ||
		wrong 'shieldctl status must say it'
	printf 'shield 1\nprotect nothing\n' >wrong.policy
	refused 'wrong.policy' shieldctl load wrong.policy
	refused 'wrong.policy' shieldctl load --confirm 60 wrong.policy
	refused 'Stale' bash -c "echo 4711 >$securityfs/confirm"
	refused 'Invalid' bash -c "echo yes >$securityfs/confirm"
	chmod 666 $securityfs/confirm
	refused 'not permitted' setpriv --bounding-set -mac_admin shieldctl confirm
	refused 'not permitted' unshare -m shieldctl confirm
	refused 'waits for its confirmation' shieldctl seal --yes --accept
	equal 'sealed' no "$(status sealed)"
	equal 'policy' second "$(status policy)"
	[ "$(status confirm-within)" -gt 0 ] || wrong 'it must wait as before'
}

test_empty_kernel_is_empty_again() {
	begin
	load policy=none
	try 3 second
	expect 'nothing is in force' await 12000 in_force none
	expect 'no hook is armed' await 5000 grep -q '^hooks: 0/0' $securityfs/status
	succeed 'echo x >>second'
}

test_unloading_ends_the_waiting() {
	begin
	try 1 second
	unload
	[ ! -e /sys/module/shield ] || wrong 'it must be unloaded'
	load policy=none
	equal 'policy' none "$(status policy)"
}

run_tests "$0"
