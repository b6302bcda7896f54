#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# The seal. What comes before it is refused while something is amiss; then it is
# set, and nobody gets it off: this program runs in a VM of its own.
# shellcheck source=selftests/lib.sh
. "$(dirname "$0")/lib.sh"

readonly saboteur=/usr/lib/shield-lab/saboteur.ko delete32=$PWD/delete32
readonly forced=$((01000 | 04000))

enforceable() {
	load policy=none
	echo text >victim
	policy "protect $work/victim deny modify"
}

# refuses REASON COMMAND…: the answer names the reason, and nothing is sealed.
refuses() {
	local reason=$1 said
	shift
	said=$("$@" 2>&1) && wrong "this must be refused: $*"
	[[ $said == *"$reason"* ]] || wrong "the reason must be: $reason" "$said"
	equal 'sealed' no "$(status sealed)"
	equal 'the file says so' no "$(cat $securityfs/seal)"
}

told() {
	log | grep -q "$1"
}

# fails REASON COMMAND…
fails() {
	local reason=$1 said
	shift
	said=$("$@" 2>&1) && wrong "this must fail: $*"
	[[ $said =~ $reason ]] || wrong "it must say '$reason': $*" "$said"
}

# write WORDS FILE
write() {
	bash -c 'echo "$1" >"$2"' - "$1" "$2"
}

still_sealed() {
	equal 'shield is loaded' live "$(cat /sys/module/shield/initstate)"
	equal 'sealed' yes "$(status sealed)"
	attack victim 'echo x >>victim'
}

test_empty_policy_is_not_sealed() {
	load policy=none
	refuses 'the policy is empty' shieldctl seal --yes
}

test_policy_that_only_watches_is_not_sealed() {
	load policy=none
	echo text >victim
	policy "watch $work/victim modify"
	refuses 'it only watches' shieldctl seal --yes
}

# kernel_has KINDS NAME: a weak system call is what stands in for one that is left out.
kernel_has() {
	grep -qE " [$1] $2\$" /proc/kallsyms
}

# What it takes so could undo the seal.
test_kernel_that_takes_code_without_looking_at_signatures_is_not_sealed() {
	local missing=
	kernel_has Tt '.*sys_kexec_file_load' && ! kernel_has TtWw '(arch_)?kexec_.*verify.*_sig' && missing=CONFIG_KEXEC_SIG
	[ -e /sys/module/module/parameters/sig_enforce ] || missing=CONFIG_MODULE_SIG
	[ -n "$missing" ] || skip 'this kernel looks at them'
	enforceable
	refuses $missing shieldctl seal --yes
}

test_permissive_shield_is_not_sealed() {
	enforceable
	echo 0 >$parameters/enforce
	refuses 'write 1 to the parameter enforce' shieldctl seal --yes
}

test_sick_shield_is_not_sealed() {
	enforceable
	insmod $saboteur cut=security_file_open
	refuses 'a hook is dead: security_file_open' shieldctl seal --yes --accept
	rmmod saboteur
}

test_unsigned_module_is_listed_and_refused() {
	enforceable
	insmod $saboteur
	refuses 'saboteur (unsigned)' shieldctl seal --yes
	rmmod saboteur
}

test_kprobe_is_listed_and_refused() {
	enforceable
	echo 'p:selftest vfs_statx' >$tracing/kprobe_events
	echo 1 >$tracing/events/kprobes/selftest/enable
	refuses 'a kprobe on vfs_statx' shieldctl seal --yes
	echo 0 >$tracing/events/kprobes/selftest/enable
	echo >$tracing/kprobe_events
}

test_open_memory_device_is_listed_and_refused() {
	enforceable
	exec 7</dev/mem
	refuses 'kernel'"'"'s memory (1:1)' shieldctl seal --yes
	exec 7<&-
}

test_sealing_wants_a_confirmation() {
	enforceable
	refuses '--yes' shieldctl seal </dev/null
	refuses 'Invalid argument' write yes $securityfs/seal
}

test_not_everybody_may_seal() {
	enforceable
	chmod 666 $securityfs/seal
	refuses 'not permitted' setpriv --bounding-set -mac_admin shieldctl seal --yes
	refuses 'not permitted' unshare -m shieldctl seal --yes
}

# The control: before the seal all of what is refused below works.
test_before_the_seal_root_can_do_it_all() {
	enforceable
	succeed "insmod $saboteur && rmmod saboteur"
	succeed ': </dev/mem'
	succeed "echo 0 >$parameters/enforce && echo 1 >$parameters/enforce"
	succeed 'rmmod shield'
}

test_seal_is_set_and_status_says_so() {
	enforceable
	kernel_is_signed || refuses 'nobody has signed' shieldctl seal --yes
	skip_unless_it_seals
	: >/run/shield-stays
	mark_log
	expect 'it seals' shieldctl seal --yes
	equal 'first line of the kernel' 'sealed: yes' "$(head -n 1 $securityfs/status)"
	[[ $(shieldctl status | head -n 1) == 'protected by policy'*', sealed until the machine restarts' ]] ||
		wrong 'first line of shieldctl' "$(shieldctl status | head -n 1)"
	equal 'the file' yes "$(cat $securityfs/seal)"
	expect 'it is told' await 3000 told 'seal: .*sealed until the machine restarts'
	expect 'sealing twice does no harm' shieldctl seal --yes
	still_sealed
}

test_sealed_shield_is_not_unloaded() {
	skip_unless_it_seals
	mark_log
	fails 'denied|in use|resource' rmmod shield
	fails 'denied|in use|resource' rmmod -f shield
	fails 'denied' call $delete_module shield $forced
	fails 'denied' call $delete_module shield 0
	expect 'it is told' await 3000 told 'seal: .*unload'
	still_sealed
}

test_sealed_shield_is_not_unloaded_by_a_32_bit_call() {
	skip_unless_it_seals
	equal 'unloading' '# delete_module of 32 bits: -13' "$("$delete32" 0)"
	equal 'unloading by force' '# delete_module of 32 bits: -13' "$("$delete32" $forced)"
	still_sealed
}

overlay_is_a_module() {
	! grep -q '/overlay\.ko$' "/lib/modules/$(uname -r)/modules.builtin"
}

# Who changes the name behind the hook's back meets the use count.
test_other_modules_are_unloaded_as_ever() {
	skip_unless_it_seals
	overlay_is_a_module || skip 'this kernel has no modules of its own'
	succeed 'modprobe overlay && rmmod overlay'
	still_sealed
}

test_sealed_parameters_stay() {
	skip_unless_it_seals
	local name before
	for name in enforce debug panic health_interval_s ratelimit_burst ratelimit_interval_ms; do
		before=$(cat $parameters/$name)
		fails 'not permitted' write 1 $parameters/$name
		fails 'not permitted' write 0 $parameters/$name
		equal "$name" "$before" "$(cat $parameters/$name)"
	done
	still_sealed
}

test_sealed_policy_stays() {
	skip_unless_it_seals
	local generation
	generation=$(status generation)
	printf 'shield 1\nname none\n' >none.policy
	fails 'sealed' shieldctl load none.policy
	fails 'not permitted' cp none.policy $securityfs/policy
	equal 'generation' "$generation" "$(status generation)"
	still_sealed
}

test_tracing_switches_blind_nothing() {
	skip_unless_it_seals
	fails 'busy|not supported' write 0 /proc/sys/kernel/ftrace_enabled
	fails 'denied|not permitted' write 0 /sys/kernel/debug/kprobes/enabled
	write 0 $tracing/tracing_on
	still_sealed
	write 1 $tracing/tracing_on
	write security_file_open $tracing/set_ftrace_notrace
	still_sealed
	write '' $tracing/set_ftrace_notrace
}

test_sealed_kernel_takes_no_unsigned_module() {
	skip_unless_it_seals
	mark_log
	fails 'denied' insmod $saboteur
	expect 'it is told' await 3000 told 'seal: .*unsigned module'
	! overlay_is_a_module || succeed 'modprobe overlay && rmmod overlay'
}

test_sealed_kernel_memory_is_closed() {
	skip_unless_it_seals
	fails 'denied' bash -c ': </dev/mem'
	# What else a kernel has been built with. kexec_load() itself, with no segments.
	! kernel_has Tt read_port || fails 'denied' bash -c ': </dev/port'
	! kernel_has Tt '.*sys_kexec_load' || fails 'denied' call "$kexec_load" 0 0 0 0
}

test_sealed_kernel_opens_no_registers() {
	skip_unless_it_seals
	[ "$(uname -m)" = x86_64 ] || skip 'only x86 has model specific registers, and iopl()'
	modprobe msr
	fails 'denied' bash -c 'echo x >/dev/cpu/0/msr'
	fails 'denied|not permitted' perl -e 'syscall(172, 3) == 0 or die $!'
}

test_trusted_programs_still_work() {
	skip_unless_it_seals
	succeed "echo 'root:works when sealed' | chpasswd"
	succeed 'useradd selftest && userdel selftest'
	still_sealed
}

# What a shutdown does: nothing that is sealed is in its way, and no journal is
# left to be replayed.
test_sealed_file_systems_unmount_cleanly() {
	skip_unless_it_seals
	mkdir other
	truncate -s 16M disk
	mke2fs -q -t ext4 disk
	mount -o loop disk other
	echo text >other/file
	umount other
	dumpe2fs -h disk 2>/dev/null | grep -q needs_recovery && wrong 'disk has a journal to replay'
	sync
	expect 'the root is remounted read-only' mount -o remount,ro /
	dumpe2fs -h /dev/vda 2>/dev/null | grep -q needs_recovery && wrong 'the root has a journal to replay'
	equal 'sealed' yes "$(status sealed)"
	mount -o remount,rw /
}

unload() {
	[ ! -e /sys/module/shield ] || [ -e /run/shield-stays ] || rmmod shield
}

run_tests "$0"
