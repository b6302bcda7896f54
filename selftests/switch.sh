#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Switching off what the hooks are made of.
# shellcheck source=selftests/lib.sh
. "$(dirname "$0")/lib.sh"

readonly switch=/proc/sys/kernel/ftrace_enabled

# Newer kernels refuse to switch ftrace off, whether shield is there or not.
need_switch() {
	unload
	if ! { echo 0 >$switch; } 2>/dev/null; then
		equal 'the switch' 1 "$(cat $switch)"
		skip 'this kernel itself keeps ftrace on'
	fi
	echo 1 >$switch
}

test_ftrace_cannot_be_switched_off_while_hooks_are_armed() {
	load
	! { echo 0 >$switch; } 2>/dev/null || wrong 'the switch must refuse'
	equal 'the switch' 1 "$(cat $switch)"
	attack /etc/shadow 'echo x >>/etc/shadow'
	succeed "echo 'root:still works' | chpasswd"
}

test_ftrace_can_be_switched_off_when_nothing_is_armed() {
	need_switch
	load policy=none
	succeed "echo 0 >$switch && echo 1 >$switch"
}

# modprobe says only that it failed; the log says why.
test_module_refuses_to_load_without_ftrace_and_leaves_nothing() {
	need_switch
	echo 0 >$switch
	mark_log
	! modprobe shield 2>/dev/null || wrong 'the module must refuse'
	echo 1 >$switch
	equal 'the module' absent "$([ -e /sys/module/shield ] || echo absent)"
	log | grep -q 'cannot be armed (-16).*ftrace_enabled is 0' ||
		wrong 'the log must name the reason' "$(log)"
	load
	attack /etc/shadow 'echo x >>/etc/shadow'
}

test_policy_is_refused_without_ftrace_and_works_afterwards() {
	need_switch
	load policy=none
	echo text >victim
	printf 'shield 1\nprotect %s/victim deny modify\n' "$work" >rules
	echo 0 >$switch
	! { cat rules >"$securityfs/policy"; } 2>/dev/null || wrong 'the policy must be refused'
	equal 'policy in force' none "$(status policy)"
	equal 'hooks' 0/0 "$(status hooks)"
	succeed 'echo more >>victim'
	echo 1 >$switch
	policy "protect $work/victim deny modify"
	attack victim 'echo more >>victim'
}

run_tests "$0"
