#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# What others make of what shield tells: audit's own daemon and its readers,
# and the tools that read tracepoints, all as the distribution ships them.
# shellcheck source=selftests/lib.sh
. "$(dirname "$0")/lib.sh"

# An attacker whose names are not for the faint-hearted, and one who is plain.
readonly odd=$'a "b\tc'

# told WORD: a count of the file stats.
told() {
	sed -n "s/^v=1 $1 count=//p" "$securityfs/stats"
}

# tells WORD LEAST
tells() {
	[ "$(told "$1")" -ge "$2" ]
}

protect_victim() {
	load policy=none "$@"
	echo text >victim
	echo text >"$odd"
	printf '#!/bin/bash\n: >>"%s"\n: >>"%s"\n' "$work/victim" "$work/victim" >deny
	chmod 755 deny
	policy "protect $work/victim deny modify" \
		"protect \"$work/a \\\"b\\011c\" deny modify"
	expect 'the policy is told' await 5000 tells sink=events 1
}

start_auditd() {
	mkdir -p auditd
	sed "s|^log_file = .*|log_file = $work/audit.log|; s|^log_format = .*|log_format = RAW|" \
		/etc/audit/auditd.conf >auditd/auditd.conf
	rm -f audit.log
	auditd -c "$work/auditd" -s enable >said 2>&1 || wrong 'auditd does not start' "$(cat said)"
	expect 'audit is on' await 5000 audit_is 'enabled 1'
}

audit_is() {
	auditctl -s | grep -qx "$1"
}

stop_auditd() {
	auditctl -e 0 >/dev/null 2>&1
	! pidof auditd >/dev/null || kill "$(pidof auditd)"
	expect 'auditd ends' await 5000 bash -c '! pidof auditd'
}

# searched OPTION…: what ausearch finds.
searched() {
	ausearch -if "$work/audit.log" "$@" 2>/dev/null
}

# finds PATTERN OPTION…
finds() {
	searched "${@:2}" | grep -qE "$1"
}

reports() {
	aureport -if "$work/audit.log" "${@:2}" 2>/dev/null | grep -qE "$1"
}

test_ausearch_and_aureport_read_the_records() {
	protect_victim
	start_auditd
	./deny 2>/dev/null
	expect 'found by file' await 5000 finds 'op=denied .*rights=append .*res=0' \
		-m INTEGRITY_DATA -f "$work/victim"
	expect 'found by name of the thread' finds 'op=denied' -c deny
	expect 'found by result' finds 'op=denied' -sv no
	expect 'interpreted' finds "uid=root .* name=$work/victim .* exe=/usr/bin/bash res=no" \
		-f "$work/victim" -i
	expect 'reported as a file' reports " $work/victim .* no " --file -i
	expect 'reported as an integrity event' reports 'INTEGRITY_DATA no' --integrity -i
	cat "$work/policy" >"$securityfs/policy"
	expect 'a policy is found' await 5000 finds 'op=policy .*note=.* comm="cat".* res=1' \
		-m INTEGRITY_STATUS
	stop_auditd
}

# Whoever is denied chooses these names: they must not make fields of their own.
test_audit_encodes_what_a_stranger_chose() {
	protect_victim
	start_auditd
	cp /bin/dd './x" res=1'
	'./x" res=1' if=/dev/null of="$odd" 2>/dev/null
	expect 'encoded' await 5000 finds "name=$(printf '%s' "$work/$odd" | od -An -tx1 | tr -d ' \n' | tr a-f A-F) .* comm=7822207265733D31 exe=[0-9A-F]+ res=0$" -sv no
	expect 'decoded' finds 'comm=x" res=1 exe=.*/x" res=1 res=no' -i
	stop_auditd
}

test_audit_is_told_only_if_it_is_on_and_wanted() {
	protect_victim ratelimit_burst=1000
	start_auditd
	auditctl -e 0 >/dev/null
	./deny 2>/dev/null
	expect 'told elsewhere' await 5000 tells sink=events 3
	equal 'records while audit is off' 0 "$(told sink=audit)"
	auditctl -e 1 >/dev/null
	echo 0 >$parameters/audit
	./deny 2>/dev/null
	expect 'told elsewhere' await 5000 tells sink=events 5
	equal 'records while the parameter is 0' 0 "$(told sink=audit)"
	echo 1 >$parameters/audit
	./deny 2>/dev/null
	expect 'told audit, too' await 5000 tells sink=audit 2
	expect 'found' await 5000 finds op=denied -f "$work/victim"
	equal 'records' 2 "$(searched --raw -f "$work/victim" | wc -l)"
	stop_auditd
}

test_stuck_audit_daemon_holds_nothing_up() {
	protect_victim ratelimit_burst=10000
	start_auditd
	auditctl -f 0 -b 8 --backlog_wait_time 0 >/dev/null
	kill -STOP "$(pidof auditd)"
	for _ in {1..300}; do : >>victim; done 2>/dev/null
	expect 'all told elsewhere' await 20000 tells sink=events 301
	equal 'taken and not taken' 300 $(($(told sink=audit) + $(told sink=audit-failed)))
	kill -CONT "$(pidof auditd)"
	stop_auditd
}

# The tracepoint, by each tool as docs/events.md has it.

# perf writes a line in pieces, between which what the program itself says may
# stand, and of a program that changes the CPU it may not know the name yet.
test_perf_trace_tells_verdicts() {
	protect_victim
	perf trace --no-syscalls --sort-events -o said -e shield:verdict ./deny 2>/dev/null
	equal 'verdicts' 2 "$(grep -cE "deny/[0-9]+ shield:verdict\(kind: \"denied\", rights: 4, line: 3, .*hook: \"security_file_open\", path: \"$work/victim\"" said)"
}

test_trace_cmd_tells_verdicts() {
	protect_victim
	trace-cmd record -q -e shield:verdict -o trace.dat ./deny >said 2>&1 || wrong 'trace-cmd' "$(cat said)"
	trace-cmd report -i trace.dat >said 2>&1
	equal 'verdicts' 2 "$(grep -cE "deny-[0-9]+ .* verdict: +denied rights=\S+ path=$work/victim .*hook=security_file_open line=3 " said)"
}

# Where the kernel does not describe its types well enough, as 5.10, bpftrace
# looks for headers; these are the types that the tracepoint has.
test_bpftrace_tells_verdicts() {
	protect_victim
	mkdir -p include/linux
	printf 'typedef unsigned %s;\n' 'short u16' 'int u32' 'long long u64' 'int dev_t' \
		'int uid_t' >include/linux/types.h
	bpftrace -I include -e 'tracepoint:shield:verdict { @[comm, str(args->path)] = count(); }' \
		-c "/bin/bash $work/deny" >said 2>&1
	expect "$(cat said)" grep -qF "@[bash, $work/victim]: 2" said
}

cleanup() {
	unload
	! pidof auditd >/dev/null || kill -9 "$(pidof auditd)"
	auditctl -e 0 >/dev/null 2>&1
}

run_tests "$0"
