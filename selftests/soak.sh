#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Everything at once, for MINUTES: policies and the module come and go, trusted and
# untrusted programs work, file systems, memory and a CPU are taken away and given
# back. Nothing is denied or permitted that should not be, and in the end nothing is
# left. SEED chooses another order. Not with the other tests, as it takes long: make
# soak.
# shellcheck disable=SC2016,SC2034 # dollars for later; used by soak_works.sh
# shellcheck source=selftests/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=selftests/stressors.sh
. "$(dirname "$0")/stressors.sh"
# shellcheck source=selftests/soak_frame.sh
. "$(dirname "$0")/soak_frame.sh"
# shellcheck source=selftests/soak_works.sh
. "$(dirname "$0")/soak_works.sh"

here=$(cd "$(dirname "$0")" && pwd)
readonly here minutes=${MINUTES:-60} seed=${SEED:-1}

# What works without shield, for as long as the kernel takes to have what it keeps.
readonly early=(free stress memory hotplug plain) warm_seconds=60
readonly workers=(strangers trusted accounts logger policies module reader events mounts
	signals "${early[@]}")

# What is tried as root by who is not trusted with it; the acts of selftests/act_*.c.
readonly hostile=(
	open_write open_read_write open_write_truncate open_append open_append_truncate
	creat_existing openat2_write open_by_symlink_write truncate_shorter truncate_longer
	open_by_handle_write uring_open_write uring_worker_open_write send_into splice_into
	copy_range_into write_asynchronously unlink unlink_by_descriptor rename_away
	rename_over exchange_with_other link link_by_proc chmod chown times_now setxattr
	set_acl set_file_capability bind_mount_over
)
readonly attacks=('echo x >>$F' ': >$F' 'rm -f $F' 'mv $F $F.gone' 'sed -i s/t/u/ $F'
	'truncate -s 0 $F' 'chmod 666 $F' 'ln $F $F.link')
# What changes the file and leaves it in its place.
readonly useful=(open_write open_append open_write_truncate truncate_longer chmod times_now setxattr)

# A worker that does not end by itself in so many seconds hangs.
readonly patience=300

readonly account_files=(/etc/passwd /etc/shadow /etc/group /etc/gshadow /etc/subuid /etc/subgid)

# How much more the kernel may have in the end, when all was given back: in kB, in
# objects of a size of kmalloc(), and of those that all the world uses; docs/soak.md
# says what it has.
readonly most_kb=4096 most_objects=$((150 + 2 * minutes)) most_tiny=600

# site DIRECTORY: as the acts want it, see act.h
site() {
	mkdir -p "$1/room"
	printf '#!/bin/true\nthe victim'\''s text\n' >"$1/victim"
	chmod 755 "$1/victim"
	setfattr -n trusted.shield -v old "$1/victim"
	echo 'other text' >"$1/other"
	ln -s victim "$1/symlink"
}

make_places() {
	local place
	mkdir -p ext4 tmpfs xfs loop bound /var/spool/rsyslog
	truncate -s 400M xfs.image
	truncate -s 64M loop.image
	mkfs.xfs -q xfs.image
	mkfs.ext4 -q loop.image
	mount -o loop xfs.image xfs
	mount -t tmpfs -o size=200M none tmpfs
	# One device for all its mounts: each that mount(8) makes stays for good.
	losetup --find --show loop.image >loop.device
	mount "$(cat loop.device)" loop
	echo text >loop/file
	for place in ext4 tmpfs xfs; do
		site $place/site
		site $place/own
		site $place/swap
		mkdir -p $place/place/guarded
		echo text >$place/place/guarded/file
	done
	site free
	mkfifo quiet
	echo text >strict
	: >/var/log/auth.log
}

# always: what each of the policies denies.
always() {
	cat <<-POLICY
		program trusted $work/trusted
		program careful $work/careful strict
		program mounter /usr/bin/mount /usr/bin/umount
		program accounts /usr/sbin/useradd /usr/sbin/userdel /usr/sbin/usermod
		program accounts /usr/sbin/groupadd /usr/sbin/groupdel /usr/sbin/chpasswd /usr/bin/passwd
		program logger /usr/sbin/rsyslogd namespace any
		protect $work/strict deny modify except careful
		protect $work/loop/file deny modify allow mount to mounter
		protect /var/log/auth.log deny modify allow append,create,attr to logger
	POLICY
	printf 'protect %s deny modify except accounts\n' "${account_files[@]}"
	printf "protect $work/%s/site/victim deny modify\n" ext4 tmpfs xfs
	printf "protect $work/%s/own/victim deny modify except trusted\n" ext4 tmpfs xfs
	printf "protect $work/%s/swap/victim deny modify except trusted\n" ext4 tmpfs xfs
}

make_policies() {
	local i more=('' "watch $work/free recursive modify"
		"protect $work/ext4/pre prefix deny create,remove"
		"protect $work/ext4/place/guarded recursive deny modify"
		"watch /etc recursive read,exec"
		"protect /usr/lib recursive deny modify"
		"$(printf "protect $work/missing/%d deny modify\n" {1..200})")
	local bad=('protect nonsense' 'protect /etc/sudoers deny modify except nobody'
		'protect /a//b deny modify' 'protect /etc/sudoers deny write allow read'
		'protect /proc/self/status deny modify')
	for i in "${!more[@]}"; do
		printf 'shield 1\nname soak%d\n%s\n%s\n' "$i" "$(always)" "${more[i]}" >good."$i"
	done
	# By one write(), which printf of bash is not.
	printf 'shield 1\nname empty\n' >empty
	for i in "${!bad[@]}"; do
		printf 'shield 1\nname bad\n%s\n%s\n' "$(always)" "${bad[i]}" >bad."$i"
	done
}

# victims: every byte and attribute of what nobody may change.
victims() {
	local place
	for place in ext4 tmpfs xfs; do
		look "$work/$place/site/victim"
		getfattr -d -m - --absolute-names "$work/$place/site/victim"
		look "$work/$place/place/guarded/file"
	done
	look "$work/loop/file"
	sha256sum "${account_files[@]}"
}

test_places_are_made_and_policies_are_what_they_should_be() {
	local file
	unload
	make_places
	cp "$here"/{race,storm,work,code} .
	cp race trusted
	cp code careful
	make_policies
	load policy=none
	for file in good.*; do
		expect "$file is accepted" eval "cat $file >$securityfs/policy"
	done
	for file in bad.*; do
		expect "$file is refused" eval "! cat $file >$securityfs/policy"
	done
	unload
	victims >victims.before
}

# alive: how many of the workers are.
alive() {
	local pid nr=0
	for pid in "${pids[@]}"; do
		! kill -0 "$pid" 2>/dev/null || nr=$((nr + 1))
	done
	echo $nr
}

progress() {
	note "$(date +%T) minute $((SECONDS / 60)) of $(($1 / 60)), $(cat wrong.* 2>/dev/null | wc -l) wrong: $(
		cat count.* 2>/dev/null | sed 's/\(.*\) \([0-9]*\)$/\2 \1/' | paste -sd, | sed 's/,/, /g'
	)"
}

# all_for SECONDS WORKER…: at once; fails if something was wrong.
all_for() {
	local end=$((SECONDS + $1)) told=$SECONDS pids=() name number=0
	local length=$1
	shift
	rm -f stop in-force count.*
	for name; do
		number=$((number + 1))
		be "$name" $number &
		pids+=($!)
	done
	while [ $SECONDS -lt $end ] && [ "$(alive)" = $# ] && [ "$(cat wrong.* 2>/dev/null | wc -l)" -lt 20 ]; do
		sleep 2
		if [ $((SECONDS - told)) -ge 60 ]; then
			told=$SECONDS
			progress "$length"
		fi
	done
	[ "$(alive)" = $# ] || wrong 'a worker died'
	touch stop
	end=$((SECONDS + patience))
	while [ "$(alive)" -gt 0 ] && [ $SECONDS -lt $end ]; do sleep 0.5; done
	for number in "${!pids[@]}"; do
		! kill -KILL "${pids[number]}" 2>/dev/null || wrong "does not end: ${*:number+1:1}"
	done
	progress "$length"
	failed=$(cat wrong.* 2>/dev/null | wc -l)
	[ "$failed" = 0 ] || failed=1
}

# census FILE: what the kernel has, when nobody works and all that it keeps only
# because there is room was given back.
census() {
	local cache
	sync
	for cache in 1 2 3; do
		echo 3 >/proc/sys/vm/drop_caches
		sleep 2
	done
	for cache in /sys/kernel/slab/*/shrink; do
		echo 1 2>/dev/null >"$cache"
	done
	{
		awk '/^(SUnreclaim|VmallocUsed|Percpu):/ { sub(":", "", $1); print $1, $2 }' /proc/meminfo
		awk '$1 ~ /^kmalloc-[0-9]+k?$/ { print $1, $2 }' /proc/slabinfo
	} >"$1"
}

test_load_without_shield_ends_in_order() {
	all_for $warm_seconds "${early[@]}"
	unload
	census before
}

test_everything_at_once_goes_as_it_should() {
	[ ! -e wrong.soak ] || rm wrong.soak
	all_for $((minutes * 60)) "${workers[@]}"
}

# at_least NUMBER WHAT…: each was done so often.
at_least() {
	local wanted=$1 what times
	shift
	for what; do
		times=$(cat count.* | sed -n "s/^$what //p")
		[ "${times:-0}" -ge "$wanted" ] || wrong "done ${times:-0} times, not $wanted: $what"
	done
}

# A soak in which somebody did nothing proves nothing.
test_each_did_its_part() {
	at_least $((1 + minutes / 4)) 'acts denied' 'acts by trusted programs' 'policies loaded' \
		'files read' 'mounts' 'stressors' 'times of memory pressure' 'CPU 1 gone and come' \
		'programs killed' 'account commands' 'streams of events'
	at_least $((1 + minutes / 10)) 'attacks by commands' 'lines logged' 'modules loaded' 'modules removed'
	at_least $((minutes / 10)) 'wrong policies refused' 'loaders killed' 'policies emptied'
	at_least 1 'programs at work that ended well'
	equal 'CPU 1 is there' 1 "$(cat $cpu1)"
}

test_victims_are_byte_for_byte_what_they_were() {
	unload
	! grep -q ^soak: /etc/passwd || userdel -r soak 2>/dev/null
	! grep -q ^soakers: /etc/group || groupdel soakers
	victims >victims.after
	equal 'victims' '' "$(diff victims.before victims.after)"
}

test_nobody_was_killed_for_memory() {
	# Not every kernel counts.
	equal 'killed' '' "$(sed -n 's/^oom_kill \([1-9]\)/\1/p' /proc/vmstat)"
	equal 'killed, by the log' '' "$(dmesg | grep -iE 'oom-kill|out of memory')"
}

test_module_is_gone_with_all_that_it_had() {
	unload
	equal 'modules' '' "$(grep '^shield ' /proc/modules)"
	[ ! -e "$securityfs" ] || wrong "$securityfs is still there"
	equal 'functions that ftrace redirects' '' "$(grep -E ' I .*shield|shield_' "$tracing/enabled_functions")"
	equal 'kprobes' '' "$(grep shield /sys/kernel/debug/kprobes/list)"
	equal 'caches' '' "$(grep -i shield /proc/slabinfo || compgen -G '/sys/kernel/slab/*shield*')"
	equal 'vmalloc' '' "$(grep -i shield /proc/vmallocinfo)"
}

test_memory_of_the_kernel_is_what_it_was() {
	local name before after most
	unload
	census after
	note "$(printf '%-14s %10s %10s %8s %8s' what before after change most)"
	while read -r name before after; do
		case $name in
		kmalloc-8 | kmalloc-16 | kmalloc-32) most=$most_tiny ;;
		kmalloc-*) most=$most_objects ;;
		*) most=$most_kb ;;
		esac
		note "$(printf '%-14s %10d %10d %+8d %8d' "$name" "$before" "$after" $((after - before)) "$most")"
		[ $((after - before)) -le "$most" ] || wrong "$name grew by $((after - before))"
	done < <(join before after)
	note 'kmalloc in objects, the others in kB'
}

readonly reports='BUG:|WARNING:|Oops|KASAN|UBSAN|ODEBUG|INFO: |suspicious RCU|possible (recursive|circular|irq)|sleeping function|Invalid wait context|Call Trace|kmemleak: [0-9]'

test_kernel_has_nothing_to_report() {
	equal 'reports' '' "$(dmesg | grep -E -A 20 "$reports")"
}

# What failed in the middle may have left workers.
cleanup() {
	touch "$work/stop" 2>/dev/null
	umount "$work"/{bound,loop,tmpfs,xfs} 2>/dev/null
	losetup --detach "$(cat "$work/loop.device")" 2>/dev/null
}

run_tests "$0"
