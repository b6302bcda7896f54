#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Hooks that are switched off behind shield's back. A module of the lab does
# that, as no one but code in the kernel can. The last test kills ftrace for
# good, and the machine with it: this program runs in a VM of its own.
# shellcheck source=selftests/lib.sh
. "$(dirname "$0")/lib.sh"

readonly here=$PWD
readonly saboteur=/usr/lib/shield-lab/saboteur.ko
# Seconds between two looks, and one for telling.
readonly interval=2
# And until it is told that nobody can look.
readonly late=30

sabotage() {
	insmod "$saboteur" "$@"
}

repair() {
	rmmod saboteur
}

is_healthy() {
	[ "$(status health)" = ok ]
}

is_sick() {
	! is_healthy
}

told() {
	log | grep -q "$1"
}

watchful() {
	load policy=none health_interval_s=$interval
	echo text >victim
	policy "protect $work/victim deny modify"
}

test_hooks_that_are_armed_act() {
	watchful
	equal 'health' ok "$(status health)"
	sleep $interval
	sleep 1
	equal 'health' ok "$(status health)"
	[[ $(status checked) =~ ^[0-3]' s ago' ]] || wrong 'it looks again' "$(status checked)"
	equal 'nothing is denied by looking' 0 "$(status denied)"
	attack victim 'echo x >>victim'
	expect 'shieldctl status succeeds' shieldctl status
}

# cut_off FUNCTION: is told within the interval and a second, and so is its end.
cut_off() {
	local function=$1 said
	mark_log
	sabotage "cut=$function" || wrong "saboteur cannot cut off $function"
	expect "$function is found dead" await $(((interval + 1) * 1000)) told "hook health.*$function"
	equal 'health' "$function:" "$(status health | cut -d' ' -f1)"
	equal 'enforcing' no "$(status enforcing)"
	said=$(shieldctl status) && wrong 'shieldctl status must fail'
	[[ $said == 'not protected: '*"$function"* ]] || wrong 'its first line' "$said"
	repair
	expect "$function is found alive" await $(((interval + 1) * 1000)) is_healthy
	equal 'enforcing' yes "$(status enforcing)"
	attack victim 'echo x >>victim'
}

test_dead_open_hook_is_told_and_its_repair_too() {
	watchful
	cut_off security_file_open
}

test_dead_hook_that_denies_is_told() {
	watchful
	cut_off vfs_unlink
	cut_off security_path_truncate
}

test_dead_hook_that_only_sees_is_told() {
	watchful
	cut_off security_task_alloc
}

# What the tests above find: the attack would have succeeded.
test_hook_that_was_cut_off_lets_the_attack_pass() {
	watchful
	sabotage cut=security_file_open
	succeed 'echo x >>victim'
	repair
	attack victim 'echo x >>victim'
}

test_other_tracers_are_no_sickness() {
	watchful
	echo security_file_open >$tracing/set_ftrace_filter
	echo function >$tracing/current_tracer
	echo "p:selftest security_file_open" >$tracing/kprobe_events
	echo 1 >$tracing/events/kprobes/selftest/enable
	sleep $((interval + 1))
	equal 'health' ok "$(status health)"
	attack victim 'echo x >>victim'
	echo 0 >$tracing/events/kprobes/selftest/enable
	echo >$tracing/kprobe_events
	echo nop >$tracing/current_tracer
	echo >$tracing/set_ftrace_filter
	sleep $((interval + 1))
	equal 'health' ok "$(status health)"
}

test_without_a_policy_there_is_nothing_to_be_sick() {
	load policy=none health_interval_s=1
	sleep 2
	equal 'health' ok "$(status health)"
}

waits_in_shield() {
	grep -q '\[shield\]' "/proc/$1/stack" && grep -q '^State:.D' "/proc/$1/status"
}

# linger_load: a load that follows a path through a directory whose lock somebody keeps
# holds the lock of the policy for as long, until let_go. The directory is new, as who
# knows that a name is not there needs no lock.
linger_load() {
	rm -rf kept linger.log
	mkdir kept
	timeout 100 "$here/linger" kept >linger.log &
	holder=$!
	expect 'the directory is locked' await 10000 grep -q kept linger.log
	{ echo 'shield 1' && printf 'protect %s deny modify\n' "$work/victim" "$work/kept/file"; } >next
	cat next >"$securityfs/policy" &
	loader=$!
	expect 'the load waits' await 10000 waits_in_shield "$loader"
}

let_go() {
	kill "$holder"
	wait "$loader" || wrong 'the load that had to wait fails'
}

is_gone() {
	! kill -0 "$1" 2>/dev/null
}

test_who_reads_what_a_load_keeps_can_be_killed() {
	local loader holder reader file
	watchful
	linger_load
	for file in policy certificate; do
		cat "$securityfs/$file" >read.log &
		reader=$!
		sleep 2
		equal "nothing is read of $file" '' "$(cat read.log)"
		kill $reader || wrong "who reads $file did not wait"
		expect "who reads $file ends" await 5000 is_gone $reader
		wait $reader
		equal "who reads $file ended by" $((128 + 15)) $?
	done
	! is_gone "$loader" || wrong 'the load did not go on waiting'
	let_go
}

test_that_nobody_can_look_is_told_and_its_end_too() {
	local said loader holder
	watchful
	mark_log
	linger_load
	sleep $((late / 2))
	equal 'health of a load that takes long' ok "$(status health)"
	expect 'it is told' await 40000 told 'hook health: hooks not checked for'
	[[ $(status health) == 'not checked for '*' s: the policy lock is held' ]] ||
		wrong 'health' "$(status health)"
	equal 'enforcing' no "$(status enforcing)"
	said=$(timeout 10 shieldctl status) && wrong 'shieldctl status must fail'
	[[ $said == 'not protected: not checked for '* ]] || wrong 'its first line' "$said"
	said=$(timeout 20 shieldctl doctor)
	[[ $said == *'wrong   hooks: not checked for '* ]] || wrong 'doctor' "$said"
	attack victim 'echo x >>victim'
	let_go
	expect 'its end is told' await 5000 told 'hook health: hooks checked again'
	equal 'health' ok "$(status health)"
	equal 'enforcing' yes "$(status enforcing)"
	expect 'shieldctl status succeeds' shieldctl status
}

# From here on no hook can be disarmed: shield stays, which says so.
test_death_of_ftrace_is_told() {
	watchful
	mark_log
	: >/run/shield-stays
	sabotage kill=1
	expect 'it is told' await $(((interval + 1) * 1000)) told 'hook health.*ftrace'
	[[ $(shieldctl status) == 'not protected: '*ftrace* ]] || wrong 'status' "$(shieldctl status)"
}

# There is no way back from the last test.
unload() {
	[ ! -e /sys/module/shield ] || [ -e /run/shield-stays ] || rmmod shield
}

run_tests "$0"
