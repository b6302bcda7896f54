#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# The log that outlasts a restart: shield-record writes it, under the policy it
# is shipped with, and nobody else touches it.
# shellcheck source=selftests/lib.sh
. "$(dirname "$0")/lib.sh"

readonly recorder=/usr/lib/shield/shield-record rules=/usr/lib/shield/policy.d/20-record.policy
readonly logs=/var/log/shield log_file=/var/log/shield/events.json boot_id=/proc/sys/kernel/random/boot_id

# protect_log [LINE…]: the shipped rules are in force, and one about the victim.
protect_log() {
	[ -e victim ] || echo text >victim
	{ grep -v '^#' $rules && printf 'protect %s deny modify\n' "$work/victim"; } >record.policy
	cat record.policy >"$securityfs/policy" || wrong 'policy refused'
}

start_over() {
	stop_recorder
	unload
	rm -rf $logs
	mkdir -m 700 $logs
	modprobe shield policy=none
}

start_recorder() {
	$recorder "$@" 2>>said &
	echo $! >recorder.pid
}

stop_recorder() {
	[ -e recorder.pid ] || return 0
	kill -9 "$(cat recorder.pid)" 2>/dev/null
	wait "$(cat recorder.pid)" 2>/dev/null
	rm recorder.pid
	expect 'the recorder ends' await 5000 bash -c '! pidof shield-record'
}

deny() {
	bash -c ': >>victim' 2>/dev/null
}

# recorded: how many denials are in the log.
recorded() {
	cat $log_file* 2>/dev/null | grep -c '"kind": "denied".*"path": "'"$work/victim"'".*"boot": "[0-9a-f-]*","load": "[0-9.]*"}$'
}

has_recorded() {
	[ "$(recorded)" -ge "$1" ]
}

# repeated_or_missing: numbers of this load that are not there exactly once.
repeated_or_missing() {
	sed -n 's/.*"seq": \([0-9]*\),.*/\1/p' $log_file | awk 'NR > 1 && $1 != last + 1 { print } { last = $1 }'
}

test_without_shield_root_forges_the_log() {
	start_over
	unload
	echo '{"kind": "denied"}' >$log_file
	succeed "sed -i s/denied/watched/ $log_file && : >$log_file && rm $log_file"
}

test_log_grows_and_nobody_else_changes_it() {
	start_over
	protect_log
	start_recorder
	deny
	expect 'the denial is recorded' await 10000 has_recorded 1
	stop_recorder
	attack $log_file "echo x >>$log_file"
	attack $log_file ": >$log_file"
	attack $log_file "sed -i s/denied/watched/ $log_file"
	attack $log_file "rm -f $log_file"
	attack $log_file "mv $log_file $log_file.1"
	attack $log_file "mv $logs $logs.away"
	attack $log_file "truncate -s 0 $log_file"
	attack $log_file "chmod 666 $log_file"
	attack $log_file.1 "echo x >$log_file.1"
	attack $recorder "cp /bin/true $recorder"
	start_recorder
	deny
	expect 'it goes on' await 10000 has_recorded 2
	stop_recorder
}

test_recorder_goes_on_behind_what_it_wrote() {
	start_over
	protect_log
	start_recorder
	deny
	expect 'recorded' await 10000 has_recorded 1
	stop_recorder
	deny
	deny
	start_recorder
	expect 'what happened meanwhile, too' await 10000 has_recorded 3
	deny
	expect 'and what comes' await 10000 has_recorded 4
	equal 'repeated or missing' '' "$(repeated_or_missing)"
	equal 'denials' 4 "$(recorded)"
	stop_recorder
}

# As after a restart: another boot id, and shield begins with number 1.
test_recorder_goes_on_after_a_restart() {
	start_over
	protect_log
	start_recorder
	deny
	expect 'recorded' await 10000 has_recorded 1
	stop_recorder
	unload
	echo 11111111-2222-3333-4444-555555555555 >boot
	mount --bind boot $boot_id
	modprobe shield policy=none
	protect_log
	deny
	start_recorder
	expect 'recorded' await 10000 has_recorded 2
	stop_recorder
	umount $boot_id
	unload
	equal 'boots' 2 "$(sed 's/.*"boot": "\([^"]*\).*/\1/' $log_file | sort -u | wc -l)"
	equal 'beginnings' 2 "$(grep -c '"seq": 1,"kind": "policy"' $log_file)"
}

test_recorder_ends_with_shield_and_waits_for_it() {
	local rc=0
	start_over
	protect_log
	start_recorder
	deny
	expect 'recorded' await 10000 has_recorded 1
	unload
	wait "$(cat recorder.pid)" || rc=$?
	equal 'status at the end of shield' 0 $rc
	expect 'the end is recorded' grep -q '"kind": "unloaded".*"boot": ' $log_file
	start_recorder
	sleep 0.5
	kill -0 "$(cat recorder.pid)" || wrong 'it must wait for shield'
	modprobe shield policy=none
	rc=0
	wait "$(cat recorder.pid)" || rc=$?
	equal 'status when shield has come' 75 $rc
	rm recorder.pid
}

test_log_is_rotated_by_size_and_by_nobody_else() {
	start_over
	head -c 1048500 /dev/zero | tr '\0' x >$log_file
	printf 'older' >$log_file.1
	printf 'old' >$log_file.2
	printf 'oldest' >$log_file.3
	protect_log
	start_recorder --size 1048576 --keep 4
	deny
	expect 'recorded' await 10000 has_recorded 1
	equal 'bytes of the file before' 1048501 "$(stat -c %s $log_file.1)"
	equal 'the oldest now' old "$(cat $log_file.3)"
	expect 'no more than it is to keep' test ! -e $log_file.4
	attack $log_file.1 "echo x >>$log_file.1"
	attack $log_file.1 "rm -f $log_file.1"
	deny
	expect 'it goes on' await 10000 has_recorded 2
	stop_recorder
}

test_line_that_was_cut_by_a_loss_of_power_spoils_no_other() {
	start_over
	printf '{"v": 1,"seq": 5,"boot": "x","load": "y"}\n{"v": 1,"se' >$log_file
	protect_log
	start_recorder
	deny
	expect 'recorded' await 10000 has_recorded 1
	equal 'the line that was cut' '{"v": 1,"se' "$(sed -n 2p $log_file)"
	stop_recorder
}

test_only_one_recorder_and_no_small_log() {
	local rc=0
	start_over
	protect_log
	start_recorder
	deny
	expect 'recorded' await 10000 has_recorded 1
	$recorder 2>said
	expect 'the second says why' grep -q 'only recorder' said
	$recorder --size 1000 2>said || rc=$?
	equal 'status for a log that is too small' 2 $rc
	SHIELDCTL_SECURITYFS=/tmp $recorder 2>said
	expect 'it listens to nobody else' grep -q 'only recorder' said
	stop_recorder
}

cleanup() {
	[ ! -e "$work/recorder.pid" ] || kill -9 "$(cat "$work/recorder.pid")" 2>/dev/null
	! mountpoint -q $boot_id || umount $boot_id
	unload
	rm -rf $logs
}

run_tests "$0"
