#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Others at the same functions of the kernel: tracers, probes, BPF programs see
# what they would see, and denials hold; who changes where a function continues
# excludes shield, or shield him.
# shellcheck source=selftests/lib.sh
. "$(dirname "$0")/lib.sh"

here=$(cd "$(dirname "$0")" && pwd)
readonly here owner=$here/../owner.ko
readonly functions='security_file_open security_inode_rename vfs_unlink
	security_bprm_committed_creds security_task_alloc security_task_free'

# One of the untrusted and one of the trusted for each of the hooked functions.
holds() {
	attack /etc/shadow 'echo x >>/etc/shadow'
	attack /etc/shadow 'mv /etc/shadow /etc/shadow.gone'
	attack /etc/passwd 'rm -f /etc/passwd'
	succeed "echo 'root:beside others' | chpasswd"
	# On 5.10 the graph tracer knows a call that was denied by another name.
	succeed 'echo x >passing && rm passing'
}

trace_with() {
	# shellcheck disable=SC2086 # a word each
	printf '%s\n' $functions >"$tracing/set_ftrace_filter"
	echo "$1" >"$tracing/current_tracer"
}

trace_no_more() {
	echo nop >"$tracing/current_tracer"
	echo >"$tracing/set_ftrace_filter"
	echo >"$tracing/trace"
}

# hears TRACER: shield after the tracer, the tracer after shield.
hears() {
	local order
	for order in tracer shield; do
		unload
		[ $order != tracer ] || trace_with "$1"
		load
		[ $order != shield ] || trace_with "$1"
		echo >"$tracing/trace"
		holds
		for function in $functions; do
			grep -q "$function" "$tracing/trace" ||
				wrong "the $1 tracer did not hear $function, $order first"
		done
		trace_no_more
		holds
	done
}

test_denials_hold_beside_the_function_tracer() {
	hears function
}

test_denials_hold_beside_the_function_graph_tracer() {
	hears function_graph
}

# Everything but one function: that one must not be blind for it.
test_denials_hold_while_everything_is_traced() {
	load
	echo security_file_open >"$tracing/set_ftrace_notrace"
	echo function >"$tracing/current_tracer"
	holds
	trace_no_more
	echo >"$tracing/set_ftrace_notrace"
	holds
}

# Hooks that are kprobes themselves want to be first (kprobe.sh).
test_denials_hold_beside_probes() {
	local order orders=(probes shield) function
	load policy=none
	[ "$(status backend)" != kprobe ] || orders=(shield)
	for order in "${orders[@]}"; do
		unload
		[ "$order" != shield ] || load
		for function in $functions; do
			echo "p:beside/$function $function" >>"$tracing/kprobe_events"
			echo "r:beside/${function}_end $function" >>"$tracing/kprobe_events"
		done
		echo 1 >"$tracing/events/beside/enable"
		[ "$order" != probes ] || load
		holds
		awk '$1 == "security_file_open" && $2 { hit = 1 } END { exit !hit }' \
			"$tracing/kprobe_profile" ||
			wrong "no probe was hit, $order first" "$(cat "$tracing/kprobe_profile")"
		echo 0 >"$tracing/events/beside/enable"
		echo >"$tracing/kprobe_events"
		holds
	done
}

# Until 6.0 the kernel counts a BPF program among those who change where a function
# continues: who is second is refused.
share_with_bpf() {
	grep -q ' bpf_tramp_ftrace_ops_func$' /proc/kallsyms
}

# attach_bpf KIND FUNCTION: sets pid; what it says is in bpf.log.
attach_bpf() {
	# Not what the one before said.
	: >bpf.log
	"$here/bpf" "$1" "$2" >bpf.log 2>&1 &
	pid=$!
	await 20000 grep -qE 'attached|attaching:' bpf.log
}

# excludes_bpf KIND FUNCTION
excludes_bpf() {
	local pid
	unload
	attach_bpf "$1" "$2"
	grep -q attached bpf.log || wrong 'the program, which is first, is not attached' "$(cat bpf.log)"
	mark_log
	! modprobe shield 2>/dev/null || wrong 'the module must refuse'
	log | grep -q "$2, which cannot be armed (-16)" ||
		wrong 'the log must name the function' "$(log)"
	kill "$pid"
	wait "$pid" || wrong 'the program failed'
	load
	holds
	attach_bpf "$1" "$2"
	wait "$pid" && wrong 'the program, which is second, must be refused'
	grep -q 'Device or resource busy' bpf.log || wrong 'it must hear why' "$(cat bpf.log)"
	holds
}

# with_bpf KIND FUNCTION
with_bpf() {
	local order pid
	for order in bpf shield; do
		unload
		[ $order != shield ] || load
		attach_bpf "$1" "$2"
		# ENOTSUPP; arm64, for one, came to know it after 6.1.
		! grep -q 'Unknown error 524' bpf.log || skip 'this kernel attaches no BPF program to a function'
		grep -q attached bpf.log ||
			wrong "the program is not attached, $order first" "$(cat bpf.log)"
		[ $order != bpf ] || load
		holds
		kill "$pid"
		wait "$pid" || wrong 'the program failed'
		[ "$(tail -n 1 bpf.log)" -gt 0 ] || wrong "the program did not run, $order first"
		holds
	done
}

test_denials_hold_beside_a_bpf_program_at_the_same_function() {
	[ -e /sys/kernel/btf/vmlinux ] || skip 'this kernel has no BTF'
	local with=with_bpf
	share_with_bpf || [ "$(uname -m)" != x86_64 ] || with=excludes_bpf
	$with fentry security_file_open
	$with fentry security_inode_rename
}

test_livepatch_that_was_first_keeps_its_function_and_shield_says_so() {
	local said
	unload
	insmod "$owner" || wrong 'the owner of a function cannot be loaded'
	mark_log
	! modprobe shield 2>/dev/null || wrong 'the module must refuse'
	equal 'the module' absent "$([ -e /sys/module/shield ] || echo absent)"
	log | grep -q 'security_inode_rename, which cannot be armed (-16): a livepatch holds it' ||
		wrong 'the log must name the function and the reason' "$(log)"
	load policy=none
	printf 'shield 1\nprotect /etc/shadow deny modify\n' >rules
	said=$(shieldctl load rules 2>&1) && wrong 'the policy must be refused'
	[[ $said == *'a livepatch holds it'* ]] || wrong 'the reason' "$said"
	equal 'hooks' 0/0 "$(status hooks)"
	rmmod owner
	load
	holds
}

test_livepatch_that_comes_second_is_refused() {
	local said
	load
	said=$(insmod "$owner" 2>&1) && wrong 'two own one function'
	[[ $said == *[Bb]usy* ]] || wrong 'the second must hear that it is busy' "$said"
	holds
	succeed "insmod $owner function=security_path_chroot"
	holds
	rmmod owner
}

test_livepatch_of_a_function_that_is_only_seen_lives_beside() {
	load
	succeed "insmod $owner function=security_inode_free"
	holds
	rmmod owner
	unload
	succeed "insmod $owner function=security_inode_free"
	load
	holds
	rmmod owner
}

cleanup() {
	trace_no_more
	[ ! -e "$tracing/events/beside/enable" ] || echo 0 >"$tracing/events/beside/enable"
	echo >"$tracing/kprobe_events"
	! grep -q '^owner ' /proc/modules || rmmod owner
}

run_tests "$0"
