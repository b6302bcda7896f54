#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Hooks that are kprobes: they deny and let pass as others do; who switches them
# off does not do so unseen.
# shellcheck source=selftests/lib.sh
. "$(dirname "$0")/lib.sh"

here=$(cd "$(dirname "$0")" && pwd)
readonly here owner=$here/../owner.ko switch=/sys/kernel/debug/kprobes/enabled
readonly ftrace=/proc/sys/kernel/ftrace_enabled
# Seconds between two looks. How soon it is told is the matter of health.sh.
readonly interval=1

# arm64 has no kprobes on ftrace, whatever its version.
are_calls() {
	[ "$(uname -m)" != aarch64 ]
}

by_kprobes() {
	are_calls || skip 'on this architecture a kprobe is no call of ftrace: shield refuses it'
	load backend=kprobe health_interval_s=$interval "$@"
}

is_healthy() {
	[ "$(status health)" = ok ]
}

is_sick() {
	! is_healthy
}

holds() {
	attack /etc/shadow 'echo x >>/etc/shadow'
	attack /etc/shadow 'mv /etc/shadow /etc/shadow.gone'
	attack /etc/passwd 'rm -f /etc/passwd'
	attack /etc/group 'truncate -s 0 /etc/group'
	succeed "echo 'root:by kprobes' | chpasswd"
	attack /etc/shadow 'echo x >>/etc/shadow'
}

test_kprobes_that_are_no_calls_are_refused() {
	! are_calls || skip 'here they are calls'
	unload
	mark_log
	! modprobe shield backend=kprobe 2>/dev/null || wrong 'the module must refuse'
	equal 'the module' absent "$([ -e /sys/module/shield ] || echo absent)"
	log | grep -q 'cannot be armed (-95): a kprobe is no call of ftrace on this kernel' ||
		wrong 'the log must give the reason' "$(log)"
	load
	equal 'backend' ftrace "$(status backend)"
	holds
}

test_kprobes_deny_and_let_pass_as_ftrace_does() {
	by_kprobes
	equal 'backend' kprobe "$(status backend)"
	equal 'parameter' kprobe "$(cat "$parameters/backend")"
	equal 'health' ok "$(status health)"
	holds
	expect 'shieldctl status succeeds' shieldctl status
	shieldctl doctor >doctor.out || :
	grep -q 'by kprobes, which root can switch off' doctor.out ||
		wrong 'doctor must say so' "$(cat doctor.out)"
	load backend=ftrace
	equal 'backend' ftrace "$(status backend)"
	holds
}

test_backend_stays_what_it_was_when_loaded() {
	by_kprobes
	! { echo ftrace >"$parameters/backend"; } 2>/dev/null || wrong 'it must refuse'
	equal 'backend' kprobe "$(status backend)"
}

# blinded SWITCH: what root can do to kprobes and not to ftrace. It is told, and so
# is its end.
blinded() {
	by_kprobes
	mark_log
	echo 0 >"$1"
	expect 'it is found' await 10000 is_sick
	succeed 'cp -a /etc/group group.before && echo "# unseen" >>/etc/group && cat group.before >/etc/group'
	equal 'enforcing' no "$(status enforcing)"
	[[ $(shieldctl status) == 'not protected: '* ]] || wrong 'status' "$(shieldctl status)"
	log | grep -q 'hook health' || wrong 'it is an event' "$(log)"
	echo 1 >"$1"
	expect 'the end is found' await 10000 is_healthy
	holds
}

test_kprobes_that_are_switched_off_are_told() {
	blinded $switch
}

test_kprobes_without_ftrace_are_told() {
	are_calls || skip 'on this architecture a kprobe is no call of ftrace: shield refuses it'
	unload
	if ! { echo 0 >$ftrace; } 2>/dev/null; then
		equal 'the switch of ftrace' 1 "$(cat $ftrace)"
		skip 'this kernel itself keeps ftrace on'
	fi
	echo 1 >$ftrace
	blinded $ftrace
}

test_policy_is_refused_while_kprobes_are_switched_off() {
	by_kprobes policy=none
	echo text >victim
	printf 'shield 1\nprotect %s/victim deny modify\n' "$work" >rules
	echo 0 >$switch
	said=$(shieldctl load rules 2>&1) && wrong 'the policy must be refused'
	[[ $said == *'kprobes are switched off'*"$switch"* ]] || wrong 'the reason' "$said"
	equal 'hooks' 0/0 "$(status hooks)"
	succeed 'echo more >>victim'
	echo 1 >$switch
	expect 'the policy is taken' shieldctl load rules
	attack victim 'echo more >>victim'
}

test_kprobe_that_was_first_keeps_its_function_and_shield_says_so() {
	local said
	unload
	echo 'p:first vfs_unlink' >"$tracing/kprobe_events"
	echo 1 >"$tracing/events/kprobes/first/enable"
	by_kprobes policy=none
	echo text >victim
	printf 'shield 1\nprotect %s/victim deny modify\n' "$work" >rules
	said=$(shieldctl load rules 2>&1) && wrong 'the policy must be refused'
	[[ $said == *'vfs_unlink'*'another kprobe was first'* ]] || wrong 'the reason' "$said"
	equal 'hooks' 0/0 "$(status hooks)"
	succeed 'echo more >>victim'
	echo 0 >"$tracing/events/kprobes/first/enable"
	echo >"$tracing/kprobe_events"
	expect 'the policy is taken' shieldctl load rules
	attack victim 'echo more >>victim'
}

test_kprobes_are_not_sealed() {
	by_kprobes
	! { echo seal >"$securityfs/seal"; } 2>/dev/null || wrong 'it must refuse'
	equal 'sealed' no "$(status sealed)"
	said=$(shieldctl seal --yes --accept 2>&1) && wrong 'shieldctl seal must fail'
	[[ $said == *'backend=ftrace'* ]] || wrong 'it must say what to do' "$said"
}

test_one_function_is_not_changed_by_a_livepatch_and_by_a_kprobe() {
	unload
	insmod "$owner" || wrong 'the owner of a function cannot be loaded'
	! by_kprobes 2>/dev/null || wrong 'the module must refuse'
	rmmod owner
	by_kprobes
	! insmod "$owner" 2>/dev/null || wrong 'two own one function'
	succeed "insmod $owner function=security_inode_free"
	holds
	rmmod owner
	holds
}

test_programs_and_probes_at_the_same_function_change_nothing() {
	by_kprobes
	echo 'p:beside security_file_open' >>"$tracing/kprobe_events"
	echo 1 >"$tracing/events/kprobes/beside/enable"
	holds
	echo 0 >"$tracing/events/kprobes/beside/enable"
	echo >"$tracing/kprobe_events"
	echo security_inode_rename >"$tracing/set_ftrace_filter"
	echo function >"$tracing/current_tracer"
	holds
	echo nop >"$tracing/current_tracer"
	echo >"$tracing/set_ftrace_filter"
	holds
}

cleanup() {
	echo 1 >$switch
	echo nop >"$tracing/current_tracer"
	echo >"$tracing/set_ftrace_filter"
	[ ! -e "$tracing/events/kprobes/enable" ] || echo 0 >"$tracing/events/kprobes/enable"
	echo >"$tracing/kprobe_events"
	! grep -q '^owner ' /proc/modules || rmmod owner
}

run_tests "$0"
