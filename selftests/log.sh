#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# The built-in policy and the authentication log: it only grows, by rsyslogd,
# and logrotate rotates it; and logs of other policies.
# shellcheck disable=SC2016 # the dollars in single quotes are for later
# shellcheck source=selftests/lib.sh
. "$(dirname "$0")/lib.sh"

readonly log_file=/var/log/auth.log

start_logger() {
	mkdir -p /var/spool/rsyslog
	rsyslogd
	await 5000 test -S /dev/log || wrong 'rsyslogd does not start'
}

stop_logger() {
	[ ! -e /run/rsyslogd.pid ] || kill "$(cat /run/rsyslogd.pid)"
	await 10000 test ! -e /run/rsyslogd.pid || wrong 'rsyslogd does not end'
}

has() {
	grep -q "$1" "${2-$log_file}"
}

# logs TEXT: a message arrives in the log.
logs() {
	logger -p auth.info "$1"
	expect "the log has '$1'" await 5000 has "$1"
}

# start_over: the machine as it is after rsyslogd and then shield started.
start_over() {
	unload
	stop_logger
	rm -f $log_file*
	start_logger
	logs 'before shield'
	stop_logger
	load policy=default
	start_logger
}

test_without_shield_root_edits_the_log() {
	unload
	start_logger
	logs 'a login'
	stop_logger
	succeed "sed -i '/a login/d' $log_file && : >$log_file && rm $log_file"
}

test_logger_that_starts_later_makes_the_log() {
	rm -f $log_file*
	load policy=default
	attack $log_file ": >$log_file"
	start_logger
	logs 'first message'
	attack $log_file "echo x >>$log_file"
	attack $log_file "rm -f $log_file"
}

test_logger_appends_and_nobody_else_does_anything() {
	start_over
	logs 'a login'
	stop_logger
	attack $log_file "echo x >>$log_file"
	attack $log_file ": >$log_file"
	attack $log_file "truncate -s 0 $log_file"
	attack $log_file "sed -i '/a login/d' $log_file"
	attack $log_file "rm -f $log_file"
	attack $log_file "mv $log_file $log_file.1"
	attack $log_file "shred $log_file"
	attack $log_file "chmod 666 $log_file"
	attack $log_file "mount --bind /dev/null $log_file"
	attack $log_file "cp /dev/null $log_file"
	attack $log_file.1 ": >$log_file.1"
	start_logger
	logs 'another login'
}

# rotate OPTION [COMMAND]: what logrotate tells the logger, unless COMMAND.
rotate() {
	cat >rotate.conf <<-CONF
		$log_file {
			rotate 3
			create 640 root adm
			$1
			postrotate
				${2-kill -HUP \$(cat /run/rsyslogd.pid)}
			endscript
		}
	CONF
	succeed "logrotate -f -s $work/rotate.state $work/rotate.conf"
}

test_logrotate_creates_and_renames() {
	local inode
	start_over
	logs 'before the rotation'
	inode=$(stat -c %i $log_file)
	rotate nocompress
	equal 'the old log' "$inode" "$(stat -c %i $log_file.1)"
	[ "$inode" != "$(stat -c %i $log_file)" ] || wrong 'there is no new log'
	expect 'the old log has its text' has 'before the rotation' $log_file.1
	logs 'after the rotation'
	stop_logger
	attack $log_file ": >$log_file"
	attack $log_file "echo x >>$log_file"
	attack $log_file.1 "echo x >>$log_file.1"
	attack $log_file.1 "rm -f $log_file.1"
	attack $log_file.2 "touch $log_file.2"
	start_logger
}

# Until it is told, the logger has the old log open, and writes there. logrotate has the
# new one open when its name comes to be protected, and is a holder until the next look.
test_logger_goes_on_while_the_log_is_rotated() {
	start_over
	logs 'before the rotation'
	rotate nocompress true
	sleep 2
	logger -p auth.info 'during the rotation'
	expect 'the old log has it' await 5000 has 'during the rotation' $log_file.1
	expect 'the logger is no holder' await 20000 nobody_holds
	attack $log_file.1 "echo x >>$log_file.1"
	kill -HUP "$(cat /run/rsyslogd.pid)"
	sleep 1
	logs 'after the rotation'
}

test_logrotate_compresses() {
	start_over
	logs 'before the rotation'
	rotate compress
	expect 'the old log is compressed' bash -c "zcat $log_file.1.gz | grep -q 'before the rotation'"
	logs 'after the rotation'
	rotate compress
	expect 'the oldest log moved on' bash -c "zcat $log_file.2.gz | grep -q 'before the rotation'"
	stop_logger
	attack $log_file.2.gz "rm -f $log_file.2.gz"
	start_logger
}

# The rules for a log whose rotator may replace it and not shorten it.
keep_growing() {
	load policy=none
	echo 'first message' >app.log
	policy 'program rotate /usr/sbin/logrotate' \
		"protect $work/app.log deny modify allow append allow remove,create,attr to rotate" \
		"protect $work/app.log prefix deny modify except rotate"
}

# rotate_app OPTION
rotate_app() {
	rm -f app.state
	printf '%s/app.log {\n rotate 3\n nocompress\n su root root\n %s\n}\n' "$work" "$1" >app.conf
	logrotate -f -s "$work/app.state" "$work/app.conf"
}
export -f rotate_app
export work

test_rotator_replaces_a_log_that_it_cannot_shorten() {
	keep_growing
	attack app.log ': >app.log'
	succeed 'echo more >>app.log && rotate_app "create 600 root root"'
	equal 'the old log' $'first message\nmore' "$(cat app.log.1)"
	equal 'the new log' 0 "$(stat -c %s app.log)"
	attack app.log.1 'echo x >>app.log.1'
	attack app.log 'rm -f app.log'
	succeed 'echo again >>app.log && rotate_app "create 600 root root"'
	attack app.log.2 'rm -f app.log.2'
}

test_copytruncate_is_refused() {
	keep_growing
	rotate_app copytruncate >said 2>&1
	grep -q 'Permission denied' said || wrong 'logrotate must say why it fails' "$(cat said)"
	equal 'the log' 'first message' "$(cat app.log)"
	unload
	rm -f app.log.1
	succeed 'rotate_app copytruncate'
	equal 'the log without shield' 0 "$(stat -c %s app.log)"
}

test_other_logs_are_nobodys_business() {
	start_over
	succeed 'touch /var/log/other.log && : >/var/log/other.log && rm /var/log/other.log'
	equal 'denied' 0 "$(status denied)"
}

cleanup() {
	unload
	stop_logger
	rm -f $log_file*
}

run_tests "$0"
