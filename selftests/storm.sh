#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Whoever is denied tries again without end: all is counted, little is told,
# nothing is hidden, nothing grows. STORM is how often, a million unless set; a tenth
# of that where KASAN makes each take ten times as long.
# shellcheck source=selftests/lib.sh
. "$(dirname "$0")/lib.sh"

has_kasan() {
	grep -q ' kasan_quarantine_put$' /proc/kallsyms
}

readonly storm=$PWD/storm times=${STORM:-$(has_kasan && echo 100000 || echo 1000000)}

# stat_of WORD…: the count of lines of stats that have all of these words.
stat_of() {
	awk -v words="$*" '{ n = split(words, w, " ")
		for (i = 1; i <= n; i++) if (!index($0 " ", w[i] " ")) next
		sub(/.*count=/, ""); sum += $0 }
		END { print sum + 0 }' "$securityfs/stats"
}

protect_victims() {
	load policy=none "$@"
	echo text >victim
	echo text >second
	policy "protect $work/victim deny modify" "protect $work/second deny modify"
	mark_log
}

told_of() {
	log | grep -q "$1"
}

# kernel_memory: kB that the kernel has allocated for itself.
kernel_memory() {
	awk '/^(Slab|VmallocUsed|Percpu|KernelStack):/ { sum += $2 } END { print sum }' /proc/meminfo
}

# may_grow: kB that the machine may take meanwhile. KASAN keeps for a time what was
# freed, as much as a 32nd of all memory.
may_grow() {
	if has_kasan; then
		awk '/^MemTotal:/ { print int($2 / 32) }' /proc/meminfo
	else
		echo 2048
	fi
}

test_million_denials_are_all_counted() {
	local began seconds windows before after
	protect_victims
	"$storm" 1000 "$work/victim"
	before=$(kernel_memory)
	began=$EPOCHREALTIME
	"$storm" "$times" "$work/victim" || wrong 'not every open was denied'
	seconds=$((${EPOCHREALTIME%.*} - ${began%.*} + 1))
	after=$(kernel_memory)
	equal 'denied' $((times + 1000)) "$(status denied)"
	equal 'of the hook' $((times + 1000)) "$(stat_of hook=security_file_open kind=denied)"
	equal 'of the right' $((times + 1000)) "$(stat_of right=write kind=denied)"
	expect 'the flood is told' await 8000 told_of 'more suppressed'
	sleep 6
	windows=$((seconds / 5 + 3))
	[ "$(log | grep -c 'victim by')" -le $((windows * 10)) ] ||
		wrong "more than 10 lines in 5 s: $(log | grep -c 'victim by') in $seconds s"
	equal 'told and suppressed and lost' $((times + 1000)) $((\
	$(log | grep -c 'victim by') + $(stat_of total=suppressed) + $(stat_of total=lost)))
	equal 'suppressed, as told' "$(stat_of total=suppressed)" \
		"$(log | sed -n 's/.*victim: \([0-9]*\) more.*/\1/p' | awk "{ sum += \$1 } END { print sum + 0 }")"
	[ $((after - before)) -lt "$(may_grow)" ] || wrong "the kernel's memory grew by $((after - before)) kB"
	note "$times denied opens in $seconds s; kernel memory changed by $((after - before)) kB"
}

denied_at_least() {
	[ "$(status denied)" -ge "$1" ]
}

test_second_object_is_told_at_once_in_a_storm() {
	local pid before
	protect_victims
	"$storm" ever "$work/victim" &
	pid=$!
	expect 'the storm rages' await 30000 denied_at_least 10000
	: 2>/dev/null >>second
	expect 'the other object is told' await 5000 told_of "denied append $work/second "
	before=$(status denied)
	expect 'the storm goes on' await 30000 denied_at_least $((before + 10000))
	kill $pid
	wait $pid
	equal 'the storm ended by' $((128 + 15)) $?
}

# shared_memory: the module's own data as the kernel shows it, by their sizes in
# whole pages; what each CPU has of its own lies elsewhere.
shared_memory() {
	perl -e 'open(my $core, "<:raw", "/proc/kcore") or die "kcore: $!";
		sysread($core, my $head, 64) == 64 or die;
		my ($at, $size, $nr) = (unpack("Q", substr($head, 32, 8)), unpack("SS", substr($head, 54, 4)));
		sysseek($core, $at, 0);
		sysread($core, my $table, $size * $nr);
		my %bytes = (".data" => 4096, ".bss" => 73728);
		for my $section (sort keys %bytes) {
			open(my $file, "<", "/sys/module/shield/sections/$section") or die "$section: $!";
			my $from = hex(<$file>);
			for (0 .. $nr - 1) {
				my ($offset, $begin, $unused, $len) = unpack("QQQQ", substr($table, $_ * $size + 8, 32));
				next if $from < $begin || $from >= $begin + $len;
				for (my $done = 0; $done < $bytes{$section}; $done += 4096) {
					sysseek($core, $offset + $from - $begin + $done, 0);
					sysread($core, my $page, 4096) == 4096 or die "kcore: $!";
					print $page;
				}
			}
		}'
}

# bytes_written COMMAND…: of the module that changed meanwhile.
bytes_written() {
	shared_memory >before
	"$@"
	shared_memory >after
	[ "$(tr -d '\0' <before | wc -c)" -gt 1000 ] || wrong 'the memory of the module cannot be read'
	cmp -l before after | wc -l
}

# The window is open and full, and nothing that has a clock comes by.
test_suppressed_denial_writes_nothing_that_cpus_share() {
	local try told changed=1
	[ -z "$(find /sys/kernel/debug/gcov -name '*.gcda' -print -quit 2>/dev/null)" ] || skip 'this module counts its lines'
	protect_victims ratelimit_interval_ms=3600000 health_interval_s=60
	"$storm" 1000 "$work/victim"
	sleep 1
	for try in 1 2 3; do
		changed=$(bytes_written "$storm" 20000 "$work/victim")
		[ "$changed" != 0 ] || break
		note "try $try: $changed bytes changed"
	done
	equal 'bytes of the module that changed' 0 "$changed"
	equal 'denied' $((1000 + 20000 * try)) "$(status denied)"
	told=$(bytes_written bash -c ': 2>/dev/null >>second')
	[ "$told" -gt 0 ] || wrong 'an event that is told must show in the memory'
}

# More objects than there are windows.
test_many_objects_do_not_hide_another_rule() {
	local i
	load policy=none
	mkdir tree
	for i in {1..400}; do : >"tree/$i"; done
	echo text >second
	policy "protect $work/tree recursive deny modify" "protect $work/second deny modify"
	mark_log
	for i in {1..400}; do : 2>/dev/null >>"tree/$i"; done
	: 2>/dev/null >>second
	expect 'the other object is told' await 5000 told_of "denied append $work/second "
	equal 'denied' 401 "$(status denied)"
	sleep 6
	equal 'told and suppressed and lost' 401 $((\
	$(log | grep -c ' by ') + $(stat_of total=suppressed) + $(stat_of total=lost)))
}

told_and_lost() {
	[ $(($(stat_of sink=events) - $(stat_of hook=policy) + $(stat_of total=lost))) = "$1" ]
}

test_full_ring_is_told_exactly() {
	local lost told
	protect_victims ratelimit_burst=10000 ratelimit_interval_ms=60000
	"$storm" 9000 "$work/victim"
	expect 'all is told or lost' await 30000 told_and_lost 9000
	lost=$(stat_of total=lost)
	told=$(($(stat_of sink=events) - $(stat_of hook=policy)))
	equal "told ($told) and lost ($lost)" 9000 $((told + lost))
	equal 'lost, as status has it' "$lost" "$(status lost)"
}

# What the daemon logs of its denial makes it write, and be denied again.
test_denying_the_log_daemon_does_not_loop() {
	protect_victims
	cat >rsyslog.conf <<-CONF
		module(load="imklog")
		*.* action(type="omfile" file="$work/victim")
	CONF
	rsyslogd -f "$work/rsyslog.conf" -i "$work/rsyslog.pid"
	: 2>/dev/null >>second
	sleep 11
	[ ! -e rsyslog.pid ] || kill "$(cat rsyslog.pid)"
	[ "$(log | wc -l)" -le 60 ] || wrong "$(log | wc -l) lines in 11 s"
	[ "$(status denied)" -ge 2 ] || wrong 'rsyslogd was not denied'
	note "$(status denied) denials, $(log | wc -l) lines in 11 s"
}

run_tests "$0"
