#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Loading and unloading, again and again, on a machine that is at work.
# shellcheck source=selftests/lib.sh
. "$(dirname "$0")/lib.sh"

here=$(cd "$(dirname "$0")" && pwd)
readonly here reloads=${SHIELD_RELOADS:-200}
readonly splat='BUG:|WARNING:|Oops|Call Trace|INFO: rcu|INFO: task .* blocked|possible recursive locking|kmemleak:|general protection'

test_reloads_under_work_leave_nothing_in_the_log() {
	local first second began=$EPOCHSECONDS i knob module options
	# The first time, the kernel complains of modules that are not its own.
	load policy=default
	unload
	module=$(modinfo -n shield)
	# Not modprobe, which takes longer; but what it would add.
	read -ra options < <(modprobe -c | sed -n 's/^options shield //p' | xargs)
	mark_log
	"$here/work" first >rounds.1 &
	first=$!
	"$here/work" second >rounds.2 &
	second=$!
	for ((i = 1; i <= reloads; i++)); do
		insmod "$module" "${options[@]}" || break
		for knob in debug enforce ratelimit_burst ratelimit_interval_ms; do
			[ -s "$parameters/$knob" ] || wrong "no $knob after load $i"
		done
		if [ $((i % 20)) = 0 ]; then
			attack /etc/shadow 'echo x >>/etc/shadow'
		fi
		rmmod shield || break
	done
	equal 'loads' $((reloads + 1)) $i
	touch stop
	wait $first || wrong 'the work of one process failed'
	wait $second || wrong 'the work of the other process failed'
	note "$reloads reloads, $(cat rounds.* | paste -sd +) rounds of work in $((EPOCHSECONDS - began)) s"
	dmesg --notime | sed "1,/^selftest mark $mark\$/d" >messages
	equal 'complaints of the kernel' '' "$(grep -E "$splat" messages)"
	# An emulator that is not scheduled for a while makes interrupts long.
	equal 'messages but of denials and policies' '' \
		"$(grep -vE '^shield: (denied append /etc/shadow|policy:) |^hrtimer: interrupt took ' messages)"
}

test_unloading_gives_everything_back() {
	load policy=default
	attack /etc/shadow 'echo x >>/etc/shadow'
	unload
	[ ! -e "$securityfs" ] || wrong "$securityfs is still there"
	[ ! -e "$parameters" ] || wrong "$parameters is still there"
	equal 'functions that ftrace redirects' '' \
		"$(grep -E ' I .*shield|shield_' "$tracing/enabled_functions")"
	cp -a /etc/shadow shadow.before
	succeed 'echo x >>/etc/shadow'
	cat shadow.before >/etc/shadow
}

# The path alone holds neither the module nor its operations.
test_path_that_was_kept_over_unloading_leads_nowhere() {
	load policy=none
	succeed 'grep -q ^health: '"$securityfs/status"
	equal 'what is read' 'again: Input/output error' "$(perl -e '
		sysopen(my $kept, $ARGV[0], 010000000) or die "path: $!";
		system("rmmod", "shield") == 0 or die;
		open(my $again, "<", "/proc/self/fd/" . fileno($kept)) or die "again: $!\n";
		print "opened: ", <$again>' "$securityfs/status" 2>&1)"
}

test_second_load_fails_and_harms_nothing() {
	local module
	load policy=default
	module=$(modinfo -n shield)
	insmod "$module" 2>/dev/null && wrong 'a second shield was loaded'
	attack /etc/shadow 'echo x >>/etc/shadow'
}

run_tests "$0"
