#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# The parameters in /sys/module/shield/parameters.
# shellcheck source=selftests/lib.sh
. "$(dirname "$0")/lib.sh"

readonly knobs=(audit debug enforce health_interval_s panic ratelimit_burst ratelimit_interval_ms)

# knob NAME [VALUE]
knob() {
	if [ $# = 1 ]; then
		cat "$parameters/$1"
	else
		echo "$2" >"$parameters/$1"
	fi
}

protect_victim() {
	load policy=none
	echo text >victim
	policy "protect $work/victim deny modify"
}

test_parameters_have_their_defaults() {
	load policy=none
	equal 'audit' 1 "$(knob audit)"
	equal 'debug' 0 "$(knob debug)"
	equal 'enforce' 1 "$(knob enforce)"
	equal 'ratelimit_interval_ms' 5000 "$(knob ratelimit_interval_ms)"
	equal 'ratelimit_burst' 10 "$(knob ratelimit_burst)"
	equal 'health_interval_s' 15 "$(knob health_interval_s)"
	equal 'panic' 0 "$(knob panic)"
	equal 'policy' none "$(knob policy)"
	equal 'modes' '644 644 644 644 644 644 644 444' \
		"$(cd "$parameters" && stat -c %a "${knobs[@]}" policy | xargs)"
}

test_parameters_can_be_given_when_loading() {
	load policy=none enforce=0 debug=1 health_interval_s=9 panic=1 ratelimit_burst=3 \
		ratelimit_interval_ms=77
	equal 'values' '1 1 0 9 1 3 77' "$(cd "$parameters" && cat "${knobs[@]}" | xargs)"
	load debug
	equal 'debug without a value' 1 "$(knob debug)"
	equal 'policy' default "$(knob policy)"
	equal 'the built-in policy is in force' default "$(status policy)"
}

# refuses NAME VALUE…
refuses() {
	local name=$1 value before said
	shift
	for value; do
		before=$(knob "$name")
		said=$(bash -c 'printf %s "$2" >"$1"' - "$parameters/$name" "$value" 2>&1) &&
			wrong "$name must not take '$value'"
		[[ $said == *'Invalid argument'* ]] || wrong "$name=$value: $said"
		equal "$name after '$value'" "$before" "$(knob "$name")"
	done
}

test_wrong_values_are_EINVAL_and_change_nothing() {
	load policy=none
	refuses debug 2 maybe -1
	refuses enforce 2 x -1
	refuses panic 2 x -1
	refuses health_interval_s 0 -1 61 x
	refuses audit 2 x -1
	refuses ratelimit_interval_ms 0 -1 3600001 abc 1.5 99999999999999999999
	refuses ratelimit_burst 0 -1 10001 abc '1 2'
}

test_right_values_at_the_limits_are_taken() {
	local name value
	load policy=none
	for name in ratelimit_interval_ms=1 ratelimit_interval_ms=3600000 \
		ratelimit_burst=1 ratelimit_burst=10000 \
		health_interval_s=1 health_interval_s=60 panic=1 panic=0 \
		audit=0 audit=1 enforce=0 enforce=1 debug=1 debug=0; do
		value=${name#*=}
		name=${name%%=*}
		expect "$name=$value" knob "$name" "$value"
		equal "$name" "$value" "$(knob "$name")"
	done
}

test_module_does_not_load_with_wrong_values() {
	local argument
	unload
	for argument in enforce=maybe debug=2 ratelimit_burst=0 \
		ratelimit_interval_ms=x policy=strict backend=none; do
		modprobe shield "$argument" 2>/dev/null &&
			wrong "modprobe shield $argument must fail"
		[ ! -e /sys/module/shield ] || wrong "shield is loaded after $argument"
	done
	expect 'nothing of it is left in the way' modprobe shield
}

test_only_root_turns_knobs() {
	local name before
	load policy=none
	before=$(cd "$parameters" && cat "${knobs[@]}")
	for name in "${knobs[@]}"; do
		setpriv --reuid 65534 --clear-groups \
			sh -c "echo 7 >$parameters/$name" 2>/dev/null &&
			wrong "anybody may set $name"
	done
	equal 'values' "$before" "$(cd "$parameters" && cat "${knobs[@]}")"
}

test_enforce_is_live() {
	protect_victim
	attack victim 'echo x >>victim'
	equal 'denied' 1 "$(status denied)"
	knob enforce 0
	equal 'enforcing' no "$(status enforcing)"
	succeed 'echo x >>victim && chmod 600 victim'
	equal 'would deny' 2 "$(status would-deny)"
	equal 'denied' 1 "$(status denied)"
	knob enforce 1
	equal 'enforcing' yes "$(status enforcing)"
	attack victim 'echo x >>victim'
	equal 'would deny' 2 "$(status would-deny)"
}

told() {
	log | grep -q "$1"
}

test_debug_is_live() {
	protect_victim
	cp /bin/cp "$work/copier"
	policy "program copiers $work/copier" \
		"protect $work/victim deny modify except copiers"
	echo new >new
	mark_log
	succeed './copier new victim'
	sleep 0.5
	told allowed && wrong 'debug is off, and what is allowed is told' "$(log)"
	knob debug 1
	succeed './copier new victim'
	expect 'what is allowed is told' await 2000 told 'allowed write .*victim by copier'
	knob debug 0
	mark_log
	succeed './copier new victim'
	sleep 0.5
	told allowed && wrong 'debug is off again' "$(log)"
}

attack_six_times() {
	for _ in 1 2 3 4 5 6; do : >>victim; done 2>/dev/null
}

lines_told() {
	[ "$(log | grep -c 'denied append .*(policy line')" = "$1" ]
}

test_ratelimit_is_live() {
	protect_victim
	knob ratelimit_burst 2
	knob ratelimit_interval_ms 2000
	mark_log
	attack_six_times
	expect 'the rest is suppressed and told' await 10000 told '4 more suppressed'
	equal 'lines told' 2 "$(log | grep -c 'denied append .*(policy line')"
	knob ratelimit_burst 100
	mark_log
	attack_six_times
	await 3000 lines_told 6
	equal 'lines told' 6 "$(log | grep -c 'denied append .*(policy line')"
}

run_tests "$0"
