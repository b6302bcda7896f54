#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Reaching into a running trusted program, and rewriting what was opened to
# append. The trusted program is Debian's chpasswd, waiting for its input.
# shellcheck disable=SC2016 # the dollars in single quotes are perl's
# shellcheck source=selftests/lib.sh
. "$(dirname "$0")/lib.sh"

readonly attach=16 seize=16902

# start_trusted: sets $trusted to a chpasswd that waits.
start_trusted() {
	mkfifo input
	chpasswd <input &
	trusted=$!
	exec {input}>input
	await 5000 grep -q chpasswd "/proc/$trusted/comm" || wrong 'chpasswd does not start'
}

end_trusted() {
	exec {input}>&-
	wait "$trusted"
	rm input
}

# refused COMMAND…: some system calls make EPERM of our EACCES.
refused() {
	local said
	! said=$("$@" 2>&1) || wrong "this must fail: $*"
	[[ $said =~ 'ermission denied'|'not permitted' ]] || wrong "this must say why it fails: $*" "$said"
}

test_root_cannot_attach_to_a_trusted_program() {
	load
	start_trusted
	refused call $ptrace $attach "$trusted" 0 0
	refused call $ptrace $seize "$trusted" 0 0
	end_trusted
}

test_root_cannot_write_the_memory_of_a_trusted_program() {
	load
	start_trusted
	refused perl -e 'open(my $f, "+<", "/proc/$ARGV[0]/mem") or die $!' "$trusted"
	refused perl -e 'my ($n, $pid) = map { $_ + 0 } @ARGV; my $byte = "x";
		my $from = pack("QQ", unpack("Q", pack("p", $byte)), 1); my $to = pack("QQ", 4096, 1);
		syscall($n, $pid, $from, 1, $to, 1, 0) >= 0 or die $!' $process_vm_writev "$trusted"
	end_trusted
}

test_root_cannot_take_a_descriptor_of_a_trusted_program() {
	load
	start_trusted
	refused perl -e 'my ($open, $get, $pid) = map { $_ + 0 } @ARGV;
		my $fd = syscall($open, $pid, 0); $fd >= 0 or die "no pidfd";
		syscall($get, $fd, 0, 0) >= 0 or die $!' $pidfd_open $pidfd_getfd "$trusted"
	end_trusted
}

test_trusted_program_may_still_be_looked_at_and_does_its_work() {
	load
	start_trusted
	succeed "cat /proc/$trusted/status /proc/$trusted/maps && readlink /proc/$trusted/exe"
	printf 'root:after the attack\n' >&"$input"
	end_trusted || wrong 'chpasswd failed'
	attack /etc/shadow 'echo x >>/etc/shadow'
}

# Its view of mounts and its root are everybody's.
test_root_cannot_attach_to_process_1() {
	load
	refused call $ptrace $seize 1 0 0
	succeed 'cat /proc/1/maps'
}

test_without_a_rule_about_mounts_root_attaches_to_process_1() {
	load policy=none
	expect 'attach' call $ptrace $seize 1 0 0
	policy "protect $work/file deny write"
	expect 'attach' call $ptrace $seize 1 0 0
}

test_other_programs_may_be_traced() {
	load
	sleep 60 &
	expect 'attach' call $ptrace $attach $! 0 0
	expect 'memory' perl -e 'open(my $f, "+<", "/proc/$ARGV[0]/mem") or die $!' $!
	kill -9 $!
}

test_without_shield_root_attaches_to_the_same_program() {
	unload
	start_trusted
	expect 'memory' perl -e 'open(my $f, "+<", "/proc/$ARGV[0]/mem") or die $!' "$trusted"
	expect 'attach' call $ptrace $seize "$trusted" 0 0
	end_trusted
}

test_attempt_is_told_with_the_program() {
	load
	mark_log
	start_trusted
	refused call $ptrace $seize "$trusted" 0 0
	expect 'a line that names chpasswd' await 3000 eval \
		'log | grep -q "denied write /usr/sbin/chpasswd by perl.*security_ptrace_access_check"'
	end_trusted
}

# The directory that the path was waiting for comes with the file in it.
test_who_has_a_file_open_that_comes_with_its_directory_does_not_go_on_writing() {
	local fd
	load policy=none
	mkdir -p away/other
	echo text | tee away/file >away/other/file
	policy "protect $work/missing/file deny modify"
	exec {fd}>>away/file
	succeed 'mv away missing'
	expect 'he is a holder' await 20000 somebody_holds
	attack missing/file "echo more >&$fd"
	exec {fd}>&-
	expect 'and is none any more' await 20000 nobody_holds
	attack missing/file 'echo more >>missing/file'
	succeed 'echo more >>missing/other/file'
}

# perl that opened growing to append, then runs CODE on its descriptor F.
appender() {
	perl -e 'use Fcntl; sysopen(F, "growing", O_WRONLY | O_APPEND) or die $!;'"$1"
}

protect_growing() {
	load policy=none
	printf 'text\n' >growing
	policy "protect $work/growing deny modify allow append"
}

test_descriptor_to_append_stays_one() {
	protect_growing
	refused appender 'fcntl(F, F_SETFL, fcntl(F, F_GETFL, 0) & ~O_APPEND) or die $!'
	succeed "perl -e 'use Fcntl; sysopen(F, \"growing\", O_WRONLY | O_APPEND) or die; fcntl(F, F_SETFL, O_APPEND | O_NONBLOCK) or die; syswrite(F, \"more\n\") or die'"
	equal 'it has grown' $'text\nmore' "$(cat growing)"
}

test_descriptor_to_append_punches_no_hole() {
	protect_growing
	refused appender "syscall($fallocate, fileno(F), 3, 0, 4) >= 0 or die \$!"
	equal 'content' text "$(cat growing)"
	expect 'allocating at the end' appender "syscall($fallocate, fileno(F), 0, 0, 64) >= 0 or die \$!"
}

test_what_may_be_read_too_counts_as_written() {
	protect_growing
	refused perl -e 'use Fcntl; sysopen(F, "growing", O_RDWR | O_APPEND) or die $!'
}

test_without_a_rule_the_same_is_allowed() {
	load policy=none
	printf 'text\n' >growing
	expect 'O_APPEND off' appender 'fcntl(F, F_SETFL, 0) or die $!'
	expect 'a hole' appender "syscall($fallocate, fileno(F), 3, 0, 4) >= 0 or die \$!"
	expect 'O_RDWR' perl -e 'use Fcntl; sysopen(F, "growing", O_RDWR | O_APPEND) or die $!'
}

run_tests "$0"
