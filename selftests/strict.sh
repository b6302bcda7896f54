#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Strict programs: they execute only code of files under deny modify. Each false
# library is also tried without shield, and under a policy that is not strict,
# and is loaded there.
# shellcheck source=selftests/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=selftests/ask.sh
. "$(dirname "$0")/ask.sh"

readonly here=$PWD
readonly libraries='protect /usr/lib recursive deny modify'
readonly etc='/etc/nsswitch.conf /etc/pam.d/chpasswd /etc/ld.so.conf.d/0selftest.conf /etc/ld.so.cache'

# under [OPTION]: chpasswd and its kin may change the accounts.
under() {
	[ -e /sys/module/shield ] || load policy=none
	policy "program accounts /usr/sbin/chpasswd /usr/bin/passwd /usr/sbin/useradd /usr/sbin/userdel $*" \
		'protect /etc/shadow deny modify except accounts' "$libraries"
}

keep_etc() {
	local file
	for file in $etc; do
		[ ! -e "$file" ] || cp -p "$file" "kept.${file##*/}"
	done
}

restore_etc() {
	local file
	for file in $etc; do
		if [ -e "kept.${file##*/}" ]; then
			cp -p "kept.${file##*/}" "$file"
		else
			rm -f "$file"
		fi
	done
}

# makes_marker COMMAND: is the false library loaded?
makes_marker() {
	rm -f marker
	SHIELD_MARKER=$work/marker bash -c "$1" >said 2>&1
	[ -e marker ]
}

# The modules of PAM are loaded before it is known that there is no such account.
readonly use_pam='echo nobody-of-here:secret | chpasswd'

by_nss() {
	mkdir -p modules
	cp "$here/preload.so" modules/libnss_selftest.so.2
	echo "$work/modules" >/etc/ld.so.conf.d/0selftest.conf
	sed -i 's/^passwd:.*/passwd: selftest files/' /etc/nsswitch.conf
	ldconfig
	makes_marker 'passwd -S root'
}

by_pam() {
	cp "$here/preload.so" pam_selftest.so
	sed -i "1i password optional $work/pam_selftest.so" /etc/pam.d/chpasswd
	makes_marker "$use_pam"
}

# The name that it had is of the guarded tree, and nothing is there any more.
by_deleted_file() {
	sed -i "1i password optional /proc/$BASHPID/fd/$deleted" /etc/pam.d/chpasswd
	makes_marker "$use_pam"
}

# by_each_way FUNCTION: called with each way to load the false library
by_each_way() {
	local way
	keep_etc
	for way in by_nss by_pam by_deleted_file; do
		"$1" "$way"
		restore_etc
	done
}

is_loaded() {
	"$1" || wrong "$1 must load the false library" "$(cat said)"
}

is_kept_away() {
	local before
	before=$(denials)
	"$1" && wrong "$1 must not load the false library"
	[ "$(denials)" -gt "$before" ] || wrong "$1 must be told as denied" "$(cat said)"
}

delete_library() {
	cp "$here/preload.so" /usr/lib/pam_selftest.so
	exec {deleted}</usr/lib/pam_selftest.so
	rm /usr/lib/pam_selftest.so
}

test_strict_program_with_guarded_libraries_works() {
	under strict
	mark_log
	local before
	before=$(look /etc/shadow)
	succeed 'echo root:some-secret | chpasswd'
	[ "$before" != "$(look /etc/shadow)" ] || wrong 'it sets the password'
	succeed 'passwd -S root'
	succeed 'useradd -m selftest && userdel -r selftest'
	equal 'nothing is denied' '' "$(log_all | grep denied)"
	attack /etc/shadow 'echo x >>/etc/shadow'
}

test_false_modules_are_not_loaded_by_a_strict_program() {
	unload
	delete_library
	by_each_way is_loaded
	under
	by_each_way is_loaded
	under strict
	mark_log
	by_each_way is_kept_away
	log | grep -q "denied exec $work/modules/libnss_selftest.so.2 by passwd\[.*policy line 3, .* not under deny modify" ||
		wrong 'it is told which library, by whom, by which line and why' "$(log)"
}

# A library of the same name that the linker finds first.
test_false_library_by_the_linkers_configuration() {
	keep_etc
	mkdir -p modules
	cp -L "$libraries_dir/libcrypt.so.1" modules/
	echo "$work/modules" >/etc/ld.so.conf.d/0selftest.conf
	ldconfig
	local set_hash="echo 'root:*' | chpasswd -e"
	unload
	succeed "$set_hash"
	under
	succeed "$set_hash"
	under strict
	attack /etc/shadow "{ $set_hash; } 2>&1 | sed 's/failed to map/Permission denied: &/'; exit 1"
	restore_etc
	succeed "$set_hash"
}

# linked_by LINKER: program is like tee, with this as its dynamic linker
linked_by() {
	cp -L "$loader" "$1"
	sed "s#$loader#$1#" /usr/bin/tee >program
	chmod 755 program
	echo text >victim
}

test_false_linker() {
	local linker=/selftest/linker-of-its-own before
	# It takes the place of the other one's name in the program.
	linker=${linker:0:${#loader}}
	mkdir -p /selftest
	linked_by "$linker"
	load policy=none
	policy "program tees $work/program" "protect $work/victim deny modify except tees" "$libraries"
	succeed 'echo changed | ./program victim'
	policy "program tees $work/program strict" "protect $work/victim deny modify except tees" "$libraries"
	before=$(denials)
	bash -c 'echo again | ./program victim' >/dev/null 2>&1 && wrong 'it must not run'
	equal 'the victim' changed "$(cat victim)"
	[ "$(denials)" -gt "$before" ] || wrong 'it must be told'
	policy "program tees $work/program strict" "protect $work/victim deny modify except tees" \
		"$libraries" "protect $linker deny modify"
	succeed 'echo guarded | ./program victim'
	equal 'the victim' guarded "$(cat victim)"
	unload
	rm -r /selftest
}

# code_policy [OPTION]: a program that maps what it is told to
code_policy() {
	[ -e code ] || cp "$here/code" code
	[ -e victim ] || echo text >victim
	mkdir -p tree
	[ -e tree/library ] || head -c 8192 /dev/zero >tree/library
	[ -e library ] || head -c 8192 /dev/zero >library
	[ -e /sys/module/shield ] || load policy=none
	policy "program coders $work/code $1" "protect $work/victim deny modify except coders" \
		"protect $work/tree recursive deny modify" "${@:2}"
}

# answers TEXT WAY…: what the program says of each
answers() {
	local text=$1
	shift
	equal "$*" "$(printf "%s: $text\n" "${@%%=*}")" "$(./code "$@" </dev/null 2>&1)"
}

# denied WAY…
denied() {
	local before
	before=$(denials)
	answers 'Permission denied' "$@"
	[ "$(denials)" -ge $((before + $#)) ] || wrong "each must be told as denied: $*"
}

permitted() {
	answers ok "$@"
}

# memory: ways to such memory; pkey_mprotect() is not on every architecture.
memory() {
	local key=key
	[ "$(./code key </dev/null 2>&1)" != 'key: Function not implemented' ] || key=
	echo anonymous heap stack $key memfd segment personality-heap
}

test_memory_of_no_guarded_file_is_not_executed() {
	code_policy ''
	# shellcheck disable=SC2046
	permitted $(memory)
	code_policy strict
	# shellcheck disable=SC2046
	denied $(memory)
}

test_guarded_file_is_executed_as_it_is() {
	local ways='shared=FILE shared-later=FILE writable=FILE writable-later=FILE written=FILE'
	ways=${ways//FILE/tree\/library}
	code_policy strict
	permitted file=tree/library later=tree/library personality=tree/library \
		child=tree/library thread=tree/library
	# shellcheck disable=SC2086
	denied $ways
	code_policy ''
	# shellcheck disable=SC2086
	permitted $ways
}

test_unguarded_file_is_not_executed() {
	local ways='file=library later=library personality=library child=library thread=library'
	code_policy ''
	# shellcheck disable=SC2086
	permitted $ways
	code_policy strict
	# shellcheck disable=SC2086
	denied $ways
}

# Who may do any of what modify means could put something else in its place.
test_file_that_is_half_guarded_is_not_executed() {
	local rights
	touch log half
	for rights in write,append write,append,remove,create,link,mount; do
		code_policy strict "protect $work/half deny $rights"
		denied file=half
	done
	code_policy strict "protect $work/log deny modify allow append"
	denied file=log
	code_policy strict "protect $work/half deny write,append,remove" \
		"protect $work/half deny create,link,mount,attr"
	permitted file=half
}

test_file_with_a_link_out_of_the_tree_is_not_executed() {
	load policy=none
	mkdir -p tree
	head -c 8192 /dev/zero >tree/linked
	ln tree/linked linked
	code_policy strict
	denied file=tree/linked
	code_policy strict "protect $work/tree/linked deny modify"
	permitted file=tree/linked file=linked
	attack linked 'echo x >>linked'
}

# Whoever removed it could keep it open, and nothing that is named guards it.
test_file_without_a_link_is_not_executed() {
	cp /bin/rm remover
	head -c 8192 /dev/zero >alone
	code_policy strict "program removers $work/remover" \
		"protect $work/alone deny modify except removers"
	exec {gone}<alone
	permitted "file=/proc/$BASHPID/fd/$gone"
	succeed './remover alone'
	denied "file=/proc/$BASHPID/fd/$gone"
	exec {gone}<&-
}

# By a handle nobody can say whether the file is in the tree.
test_file_opened_by_handle_is_not_taken_for_one_of_the_tree() {
	head -c 8192 /dev/zero >elsewhere
	code_policy ''
	permitted handle=elsewhere
	code_policy strict
	denied handle=elsewhere
}

test_strict_child_is_judged_and_its_exec_is_not() {
	code_policy strict
	succeed "bash -c 'exec $here/code anonymous </dev/null' | grep -q ok"
	denied anonymous
}

test_program_from_before_it_was_strict_is_not_trusted_as_such() {
	code_policy ''
	start one ./code
	equal 'it is trusted' 'write: ok' "$(asked one write=victim)"
	code_policy strict
	equal 'it is not trusted any more' 'write: Permission denied' "$(asked one write=victim)"
	equal 'and not kept from anything' 'anonymous: ok' "$(asked one anonymous)"
	stop one
	start one ./code
	equal 'restarted it is trusted' 'write: ok' "$(asked one write=victim)"
	code_policy strict
	equal 'also when the policy is loaded again' 'write: ok' "$(asked one write=victim)"
	equal 'and judged' 'anonymous: Permission denied' "$(asked one anonymous)"
	code_policy ''
	equal 'where it is not strict it is not judged' 'anonymous: ok' "$(asked one anonymous)"
	code_policy strict
	equal 'after that it is not trusted as strict' 'write: Permission denied' "$(asked one write=victim)"
	stop one
}

test_refused_policy_does_not_change_who_is_strict() {
	code_policy strict
	start one ./code
	printf 'shield 1\nname a\nprogram coders %s/code\nprotect /boot/efi/x/. deny modify\n' "$work" >bad
	cat bad >$securityfs/policy 2>/dev/null && wrong 'the policy must be refused'
	equal 'it is judged' 'anonymous: Permission denied' "$(asked one anonymous)"
	equal 'it is trusted' 'write: ok' "$(asked one write=victim)"
	stop one
}

# It is in force for a moment, before it is known who could go on writing. Many
# rules make that a long one.
strict_policy_that_is_refused() {
	printf 'shield 1\nname refused\nprogram coders %s/code strict\n' "$work"
	printf "protect $work/%s deny modify\n" held name-{1..3000}
}

test_policy_that_is_taken_back_makes_nobody_strict() {
	local gate loader nr=0
	code_policy ''
	echo text >held
	start holder "$here/code"
	equal 'it maps the file' 'writing: ok' "$(asked holder writing=held)"
	strict_policy_that_is_refused >refused
	exec {gate}>gate
	flock -x "$gate"
	dd if=refused of=$securityfs/policy bs=1M 2>said &
	loader=$!
	while kill -0 $loader 2>/dev/null && [ $nr -lt 200 ]; do
		./code wait=gate write=victim </dev/null >>answers &
		nr=$((nr + 1))
		sleep 0.05
	done
	wait $loader && wrong 'the policy must be refused'
	[[ $(cat said) == *busy* ]] || wrong 'because the file is mapped' "$(cat said)"
	# Not stop(), for all of these have its end of the pipe.
	kill "${running[holder]}"
	code_policy strict
	flock -u "$gate"
	wait
	equal 'each has tried' $nr "$(grep -c '^write: ' answers)"
	equal 'none is trusted as strict' $nr "$(grep -c '^write: Permission denied' answers)"
	permitted write=victim
}

test_hooks_on_memory_are_armed_for_strict_programs_alone() {
	local hooks
	code_policy ''
	hooks=$(status hooks)
	code_policy strict
	equal 'two more' $((${hooks%/*} + 2))/$((${hooks#*/} + 2)) "$(status hooks)"
	code_policy ''
	equal 'and away again' "$hooks" "$(status hooks)"
}

test_not_enforced_it_is_told() {
	local before
	code_policy strict
	echo 0 >$parameters/enforce
	before=$(status would-deny)
	permitted anonymous file=library
	[ "$(status would-deny)" -ge $((before + 2)) ] || wrong 'both must be told'
	echo 1 >$parameters/enforce
}

# told_as TEXT: number of the event that is told so
told_as() {
	await 5000 eval "log | grep -q '$1'" || wrong "this must be told: $1" "$(log)"
	log | sed -n "s/.*$1.*explain --event //p" | tail -n 1
}

test_explain_says_what_would_allow_it() {
	code_policy strict
	mark_log
	denied file=library anonymous
	shieldctl explain --event "$(told_as 'library by code')" >said || wrong 'explain fails' "$(cat said)"
	grep -q 'strict by line 3' said || wrong 'it must name the line' "$(cat said)"
	grep -q "protect $work/library deny modify" said || wrong 'it must say what to write' "$(cat said)"
	shieldctl explain --event "$(told_as 'memory of no file')" >said || wrong 'explain fails' "$(cat said)"
	grep -q "take 'strict' off" said || wrong 'it must say that nothing else would' "$(cat said)"
}

run_tests "$0"
