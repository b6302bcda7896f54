# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# shellcheck disable=SC2016,SC2034,SC2154 # dollars for later; soak.sh and lib.sh share variables
#
# The workers of soak.sh. Each is a function do_NAME, called again and again in a
# process of its own. What one expects depends on whether a policy that denies is
# in force, so whoever expects something holds that as it is meanwhile (soak_frame.sh).

# act PROGRAM NAME DIRECTORY: sets rc, 13 if it was denied.
act() {
	rc=0
	"$1" --act "$2" "$3" 2>/dev/null || rc=$?
}

do_strangers() {
	local file dir
	held || return 0
	one_of ext4 tmpfs xfs
	dir=$work/$one/site
	if [ $((RANDOM % 4)) = 0 ]; then
		file=$dir/victim
		one_of "${attacks[@]}"
		attack "$file" "${one//\$F/$file}"
		count 'attacks by commands'
	else
		one_of "${hostile[@]}"
		act ./race "$one" "$dir"
		[ $rc = 13 ] || wrong "$one in $dir by a stranger must be denied, and ended with $rc"
		count 'acts denied'
	fi
	let_go
	nap 1
}

# Nobody expects anything of these: they also happen while the module comes and goes.
do_free() {
	one_of "${hostile[@]}"
	act ./race "$one" "$work/free"
	umount free/victim 2>/dev/null
	rm -rf free
	site free
	count 'acts that nobody judges'
	nap 1
}

do_trusted() {
	one_of ext4 tmpfs xfs
	local dir=$work/$one/own
	held || return 0
	one_of "${useful[@]}"
	act ./trusted "$one" "$dir"
	[ $rc = 0 ] || wrong "$one in $dir by the trusted program must succeed, and ended with $rc"
	act ./race "$one" "$dir"
	[ $rc = 13 ] || wrong "$one in $dir by a stranger must be denied, and ended with $rc"
	equal 'a strict program' $'anonymous: Permission denied\nwrite: ok' \
		"$(./careful anonymous "write=$work/strict" </dev/null)"
	equal 'its like' $'anonymous: ok\nwrite: Permission denied' \
		"$(./code anonymous "write=$work/strict" </dev/null)"
	let_go
	count 'acts by trusted programs'
	nap 1
}

# account COMMAND: by the distribution's program, and then not by a stranger.
account() {
	held || return 0
	succeed "$1"
	attack /etc/shadow 'echo x >>/etc/shadow'
	let_go
	count 'account commands'
	nap 1
}

do_accounts() {
	account 'useradd -m -s /bin/sh soak'
	account "echo 'soak:Secret-$RANDOM' | chpasswd"
	account 'passwd -l soak'
	account "usermod -c 'Soak $RANDOM' soak"
	account 'groupadd soakers && groupdel soakers'
	account 'userdel -r soak 2>&1'
	nap 5
}

# A logger that was started under the policy.
do_logger() {
	local text="soak $RANDOM.$RANDOM"
	held || return 0
	rsyslogd
	await 30000 test -S /dev/log || wrong 'rsyslogd does not start'
	await 30000 eval "logger -p auth.info '$text'; sleep 0.2; grep -q '$text' /var/log/auth.log" ||
		wrong "the log has no '$text'"
	[ ! -e /run/rsyslogd.pid ] || kill "$(cat /run/rsyslogd.pid)"
	await 30000 test ! -e /run/rsyslogd.pid || wrong 'rsyslogd does not end'
	attack /var/log/auth.log ': >/var/log/auth.log'
	let_go
	count 'lines logged'
	nap 10
}

# One that is good, and said by status; one that is not, and changes nothing; or one
# whose loader is killed, and then either is in force.
do_policies() {
	local before good pid
	held || return 0
	before=$(status policy)
	one_of good.*
	good=$one
	case $((RANDOM % 6)) in
	0)
		one_of bad.*
		! cat "$one" 2>/dev/null >"$securityfs/policy" || wrong "$one must be refused"
		equal "policy after $one" "$before" "$(status policy)"
		count 'wrong policies refused'
		;;
	1)
		cat "$good" >"$securityfs/policy" &
		pid=$!
		sleep 0.0$((RANDOM % 10))
		kill -KILL $pid 2>/dev/null
		wait $pid 2>/dev/null
		[[ " $before ${good/good./soak} " == *" $(status policy) "* ]] ||
			wrong "policy after the loader of $good was killed: $(status policy)"
		count 'loaders killed'
		;;
	*)
		cat "$good" >"$securityfs/policy" || wrong "$good was refused"
		equal 'policy in force' "${good/good./soak}" "$(status policy)"
		count 'policies loaded'
		;;
	esac
	let_go
	nap 2
}

remove_module() {
	# Who reads the status holds it for a moment.
	await 60000 rmmod shield || wrong 'rmmod fails for a minute'
}

# put_in_force: whatever came before.
put_in_force() {
	one_of good.*
	cat "$one" >"$securityfs/policy" || wrong "$one was refused"
	equal 'policy in force' "${one/good./soak}" "$(status policy)"
	turn touch in-force
}

# outlive NUMBER: until strangers were denied so much more, however slow the machine is.
outlive() {
	local began=$SECONDS before
	strangers_denied
	before=$denied
	while [ "$denied" -lt $((before + $1)) ] && [ $((SECONDS - began)) -lt 90 ] && [ ! -e stop ]; do
		pause
		strangers_denied
	done
}

strangers_denied() {
	local line
	denied=0
	[ -e count.strangers ] || return 0
	while read -r line; do
		denied=$((denied + ${line##* }))
	done <count.strangers
}

# Most lives end by removing the module, some policies by an empty one.
do_module() {
	local options denied
	if [ ! -e /sys/module/shield ]; then
		one_of ftrace ftrace ftrace kprobe
		options="backend=$one"
		one_of none default
		options+=" policy=$one debug=$((RANDOM % 2)) audit=$((RANDOM % 2))"
		options+=" ratelimit_burst=1 health_interval_s=$((1 + RANDOM % 9))"
		# shellcheck disable=SC2086 # words
		modprobe shield $options || wrong "modprobe failed with $options"
		count 'modules loaded'
	fi
	put_in_force
	nap $((10 + RANDOM % 20))
	outlive 4
	turn rm -f in-force
	if [ $((RANDOM % 3)) = 0 ]; then
		cat empty >"$securityfs/policy" || wrong 'the empty policy was refused'
		count 'policies emptied'
	else
		remove_module
		count 'modules removed'
	fi
	nap $((RANDOM % 3))
}

do_reader() {
	local file fd
	one_of status policy stats
	file=$one
	held || return 0
	# Opened while the module cannot go, read while it may want to.
	exec {fd}<"$securityfs/$file" || wrong "$file cannot be opened"
	let_go
	[ "$(wc -l <&"$fd")" -gt 2 ] || wrong "$file is empty"
	exec {fd}<&-
	count 'files read'
	held || return 0
	shieldctl status >"said.$worker" 2>&1 || [ $? = 1 ] || wrong "shieldctl status: $(cat "said.$worker")"
	let_go
	nap 2
}

# Numbers never go back or come again, whatever was lost and whoever goes meanwhile.
do_events() {
	local fd
	held || return 0
	exec {fd}<"$securityfs/events" || wrong 'events cannot be opened'
	let_go
	timeout 10 cat <&"$fd" >"said.$worker"
	exec {fd}<&-
	equal 'lines that are no events' '' "$(grep -vE -m 3 '^v=1 seq=[0-9]+ kind=[a-z-]+ ' "said.$worker")"
	equal 'numbers out of order' '' \
		"$(sed 's/^v=1 seq=\([0-9]*\) .*/\1/' "said.$worker" | awk '$1 <= last { print last, $1; exit } { last = $1 }')"
	count 'streams of events'
}

do_mounts() {
	held || return 0
	case $((RANDOM % 7)) in
	0)
		succeed "umount $work/loop && mount $(cat loop.device) $work/loop"
		# What comes into place is guarded a moment later.
		await 30000 bash -c "! : >>$work/loop/file" || wrong 'a file system mounted anew stays unguarded'
		;;
	1)
		succeed "mount --bind $work/ext4/site $work/bound"
		attack bound/victim 'echo x >>bound/victim'
		succeed "umount $work/bound"
		;;
	2) attack ext4/site/victim "unshare --mount bash -c 'mount -t tmpfs none bound; echo x >>ext4/site/victim'" ;;
	3) succeed "mount -o remount,ro $work/loop && mount -o remount,rw $work/loop" ;;
	# umount2(…, MNT_DETACH)
	4) attack loop/file "call 166 $work/loop 2" ;;
	5) succeed "mount -t tmpfs none $work/bound && echo x >$work/bound/file && umount -l $work/bound" ;;
	6) succeed 'mount --rbind / /mnt && mount --make-rslave /mnt && umount -R -l /mnt' ;;
	esac
	let_go
	[ -e stop ] || attack_loop
	count 'mounts'
	nap 2
}

attack_loop() {
	held || return 0
	await 30000 bash -c "! : >>$work/loop/file" || wrong 'the file system stays unguarded'
	attack loop/file 'echo x >>loop/file'
	let_go
}

# Beside guarded files; not denied anything.
do_stress() {
	local rc=0
	one_of ext4 ext4 tmpfs xfs
	local place=$work/$one/place
	one_of "${stressors[@]}"
	# It takes more than the tmpfs has.
	[[ $place != */tmpfs/* || $one != copy-file:* ]] || return 0
	stressor_run "$one" "$place" 5 >"said.$worker" || rc=$?
	case $rc in
	0 | 3 | 4) count 'stressors' ;;
	*)
		wrong "${one%:*} on $place ended with $rc: $(grep -m 3 -E 'fail|error' "said.$worker" | tr '\n' ' ')" \
			"$(dmesg | grep -E 'stress-ng.*(segfault|general protection|trap)' | tail -n 3)"
		;;
	esac
	nap 1
}

# What is left to others is more than they need: nobody is to be killed, and that
# nobody was is looked at in the end.
readonly reserve=${SOAK_RESERVE:-220000}
do_memory() {
	local free
	case $((RANDOM % 3)) in
	0) echo 3 >/proc/sys/vm/drop_caches ;;
	1)
		free=$(awk '/^MemAvailable:/ { print $2 }' /proc/meminfo)
		if [ "$free" -gt $((reserve + 20000)) ]; then
			stress-ng --vm 1 --vm-bytes $((free - reserve))K --vm-keep --vm-method zero-one \
				--timeout 6 >"said.$worker" 2>&1 ||
				wrong "stress-ng --vm: $(tail -n 2 "said.$worker" | tr '\n' ' ')"
		fi
		;;
	2)
		dd if=/dev/zero of=big bs=1M count=200 status=none && cat big >/dev/null
		rm -f big
		;;
	esac
	count 'times of memory pressure'
	nap 4
}

readonly cpu1=/sys/devices/system/cpu/cpu1/online
do_hotplug() {
	nap $((5 + RANDOM % 10))
	echo 0 >$cpu1 || wrong 'CPU 1 does not go'
	nap $((1 + RANDOM % 3))
	echo 1 >$cpu1 || wrong 'CPU 1 does not come'
	count 'CPU 1 gone and come'
}

do_signals() {
	local pid signal
	held || return 0
	one_of KILL TERM HUP USR1
	signal=$one
	case $((RANDOM % 3)) in
	0)
		# One CPU that stays.
		taskset -c 0 ./storm 300 "$work/ext4/site/victim" || wrong 'a storm was not denied'
		;;
	1)
		taskset -c 0 ./storm ever "$work/ext4/site/victim" &
		pid=$!
		sleep 0.2
		kill -STOP $pid
		sleep 0.1
		kill -CONT $pid
		kill "-$signal" $pid
		wait $pid 2>/dev/null
		;;
	2)
		./trusted --act replace_for_ever "$work/ext4/swap" &
		pid=$!
		sleep 0.5
		kill -0 $pid || wrong 'the trusted program must be able to replace its file'
		kill -KILL $pid 2>/dev/null
		wait $pid 2>/dev/null
		act ./race open_write "$work/ext4/swap"
		[ $rc = 13 ] || wrong "what a trusted program replaced must be denied, and ended with $rc"
		;;
	esac
	let_go
	count 'programs killed'
	nap 2
}

# Any error of what nobody guards ends it.
do_plain() {
	local rounds
	rounds=$("./work" "plain.$BASHPID") || wrong "what is not guarded failed: $rounds"
	count 'programs at work that ended well'
}
