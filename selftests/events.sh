#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# What shield tells: the kernel log, the tracepoint, the counts.
# shellcheck source=selftests/lib.sh
. "$(dirname "$0")/lib.sh"

# A policy whose line 3 protects the victim.
protect_victim() {
	load policy=none "$@"
	echo text >victim
	policy "protect $work/victim deny modify" \
		"watch $work/watched write"
}

told() {
	log | grep -qE "$1"
}

# A worker tells the log; give it time.
expect_told() {
	await 3000 told "$1" || wrong "expected in the log: $1" "$(log)"
}

trace_on() {
	: >"$tracing/trace"
	echo 1 >"$tracing/events/shield/verdict/enable"
}

trace_off() {
	echo 0 >"$tracing/events/shield/verdict/enable"
}

traced() {
	grep -qE "$1" "$tracing/trace"
}

test_log_line_says_what_who_why() {
	protect_victim
	mark_log
	bash -c 'echo $$ >pid; echo x >>victim' 2>/dev/null
	expect_told "^shield: denied append $work/victim by bash\[$(cat pid)\] uid=0 \(policy line 3, hook security_file_open\); shieldctl explain --event [0-9]+$"
	mark_log
	rm -f victim 2>/dev/null
	expect_told "^shield: denied remove $work/victim by rm\[[0-9]+\] uid=0 \(policy line 3, hook vfs_unlink\); shieldctl explain --event [0-9]+$"
	mark_log
	chmod 777 . && chmod 777 "$work"
	setpriv --reuid 65534 --clear-groups bash -c 'echo x >>victim' 2>/dev/null
	equal 'what permissions deny is no event' '' "$(log)"
}

test_log_line_of_enforce_0_says_would_deny() {
	protect_victim enforce=0
	mark_log
	succeed 'echo x >>victim'
	expect_told "^shield: would deny append $work/victim by bash"
}

test_watched_file_is_told_and_not_denied() {
	protect_victim
	mark_log
	succeed 'echo x >watched'
	expect_told "^shield: watched write $work/watched by bash\[[0-9]+\] uid=0 \(policy line 4, "
	equal 'watched' 1 "$(status watched)"
	equal 'denied' 0 "$(status denied)"
}

test_names_chosen_by_the_attacker_cannot_forge_a_line() {
	protect_victim
	mark_log
	local program=$'./x\nshield: y'
	cp /bin/dd "$program"
	"$program" if=/dev/null of=victim 2>/dev/null
	expect_told 'by x\\nshield: y\['
	equal 'lines' 1 "$(log | wc -l)"
}

test_flood_is_counted_and_does_not_hide_another_object() {
	protect_victim ratelimit_interval_ms=1000
	echo text >second
	policy "protect $work/victim deny modify" \
		"protect $work/second deny modify"
	mark_log
	for _ in {1..200}; do : >>victim; done 2>/dev/null
	: 2>/dev/null >>second
	for _ in {1..100}; do : >>victim; done 2>/dev/null
	expect_told "^shield: denied append $work/second "
	expect_told "^shield: denied append $work/victim: [0-9]+ more suppressed"
	sleep 1.5
	equal 'told and suppressed' 300 "$(
		log | awk '/victim: [0-9]+ more/ { for (i = 1; i < NF; i++) if ($(i + 1) == "more") n += $i; next }
			/append .*victim by/ { n++ } END { print n }'
	)"
	[ "$(log | grep -c 'victim by')" -le 30 ] || wrong 'the flood was not limited'
}

test_tracepoint_has_every_field() {
	local inode
	protect_victim
	trace_on
	: 2>/dev/null >>victim
	trace_off
	inode=$(stat -c %i victim)
	expect "$(grep verdict "$tracing/trace")" traced \
		"verdict: denied rights=append path=$work/victim file=$work/victim hook=security_file_open line=3 generation=1 dev=[0-9]+:[0-9]+ ino=$inode uid=0$"
}

test_tracepoint_can_be_filtered_by_field() {
	protect_victim
	echo "rights == 16" >"$tracing/events/shield/verdict/filter" ||
		wrong 'the filter is refused'
	trace_on
	: 2>/dev/null >>victim
	rm -f victim 2>/dev/null
	trace_off
	echo 0 >"$tracing/events/shield/verdict/filter"
	equal 'events' 1 "$(grep -c 'verdict: ' "$tracing/trace")"
	expect 'the right one' traced 'rights=remove'
}

# attack_often TIMES
attack_often() {
	local i
	for ((i = 0; i < $1; i++)); do
		: >>victim
	done 2>/dev/null
}

test_counts_are_exact_with_two_attackers() {
	local before
	protect_victim
	before=$(status denied)
	attack_often 500 &
	attack_often 500 &
	wait
	equal 'denied' $((before + 1000)) "$(status denied)"
	equal 'would-deny' 0 "$(status would-deny)"
}

test_what_is_told_and_what_is_lost_add_up() {
	local told lost
	protect_victim ratelimit_burst=10000 ratelimit_interval_ms=1000
	mark_log
	attack_often 200 &
	attack_often 200 &
	wait
	sleep 2
	told=$(log | grep -c 'denied append .*victim by')
	lost=$(status lost)
	equal "told ($told) and lost ($lost)" 400 $((told + lost))
}

told_at_all() {
	log_all | grep -qE "$1"
}

test_policy_that_comes_and_goes_is_told() {
	mark_log
	protect_victim
	expect 'it is told' await 5000 told_at_all \
		'^shield: policy: selftest in force, 2 rules by cat\[[0-9]+\] uid=0; shieldctl explain --event 1$'
	grep -q '^v=1 hook=policy kind=policy count=1$' "$securityfs/stats" || wrong 'it is not counted'
	echo nonsense >"$securityfs/policy"
	grep -q '^v=1 hook=policy kind=policy count=1$' "$securityfs/stats" || wrong 'one that is refused is told'
	unload
	expect 'its end is told' await 5000 told_at_all \
		'^shield: policy: no policy any more: shield is unloaded by rmmod\[[0-9]+\] uid=0; '
}

test_who_changes_whether_denials_are_carried_out_is_told() {
	protect_victim
	mark_log
	echo 1 >$parameters/enforce
	echo 0 >$parameters/enforce
	expect 'it is told' await 5000 told_at_all \
		'^shield: policy: denials are only told from now on by events\.sh\[[0-9]+\] uid=0; shieldctl explain --event 2$'
	echo 1 >$parameters/enforce
	expect 'and that they are again' await 5000 told_at_all \
		'^shield: policy: denials are carried out again by events\.sh\[[0-9]+\] uid=0; '
	equal 'changes' 2 "$(sed -n 's/^v=1 hook=enforce kind=policy count=//p' "$securityfs/stats")"
	load policy=none enforce=0 'reason="a test says so"'
	expect 'how it starts is told, and why' await 5000 told_at_all \
		'^shield: policy: denials are only told: a test says so by modprobe\[[0-9]+\] uid=0; '
}

test_debug_tells_what_is_permitted_and_not_more_than_its_share() {
	local i
	load policy=none
	echo text >victim
	echo text >plain
	policy "protect $work/victim deny remove"
	mark_log
	echo 'not told' >>victim
	echo 1 >$parameters/debug
	for ((i = 0; i < 2000; i++)); do : >>victim; done
	echo x >>plain
	expect_told "^shield: allowed append $work/victim by events\.sh\[[0-9]+\] uid=0 \(policy line 3, "
	echo 0 >$parameters/debug
	echo 'not told' >>victim
	equal 'counted' 2000 "$(sed -n 's/^v=1 right=append kind=allowed count=//p' "$securityfs/stats")"
	[ "$(log | grep -c 'allowed append .*victim by')" -le 60 ] || wrong 'debug floods the log'
	expect 'what no rule names is not told' bash -c "! dmesg | grep 'plain by'"
}

test_who_holds_a_file_from_before_it_was_protected_is_told() {
	load policy=none
	echo text >victim
	exec 9>>victim
	mark_log
	policy "protect $work/victim deny modify"
	expect_told "^shield: holder: $work/victim .*; shieldctl explain --event [0-9]+$"
	exec 9>&-
}

test_unloading_tells_what_is_still_to_be_told() {
	protect_victim ratelimit_burst=1 ratelimit_interval_ms=60000
	mark_log
	for _ in {1..5}; do : >>victim; done 2>/dev/null
	unload
	expect_told '4 more suppressed'
}

run_tests "$0"
