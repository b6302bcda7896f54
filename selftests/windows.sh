#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Maintenance windows: what programs may do only while a signed token has opened
# one, and which tokens open none.
# shellcheck source=selftests/lib.sh
. "$(dirname "$0")/lib.sh"

readonly window=$securityfs/window application=/usr/share/shieldtest

# anew: a policy under which accounts and packages change only in a window
anew() {
	make_keys
	[ -s /etc/machine-id ] || printf '%032x\n' 4711 >/etc/machine-id
	load policy=none
	echo 0 >serial
	expect 'the certificate is pinned' cp $keys/policy.der $securityfs/certificate
	mkdir -p $application
	[ -e editor ] || cp -p "$(command -v ed)" editor
	[ -e writer ] || cp -p "$(command -v tee)" writer
	echo text >victim
	policy 'program accounts /usr/sbin/chpasswd /usr/sbin/useradd /usr/sbin/userdel window' \
		'program packages /usr/bin/dpkg window' \
		"program editors $work/editor $work/writer window" \
		'program loggers /usr/sbin/logrotate' \
		'protect /etc/shadow deny modify except accounts' \
		"protect $application recursive deny modify except packages" \
		"protect $work/victim deny modify except editors"
}

# windowed: the same, and no window is open. Loading the module takes long here.
windowed() {
	if [ -e $window ]; then
		echo close >$window 2>/dev/null
	else
		anew
	fi
}

# field KEY: of the state of the window
field() {
	sed -n "s/^$1: //p" $window
}

# body SECONDS PROGRAM…: what is signed for this machine, with the next serial
body() {
	echo $(($(cat serial) + 1)) >serial
	printf 'purpose shield-window\nserial %s\nmachine %s\nboot %s\nseconds %s\n' \
		"$(cat serial)" "$(field machine)" "$(field boot)" "$1"
	printf 'program %s\n' "${@:2}"
}

# seal_token [KEY]: signs what it reads
seal_token() {
	cat >unsigned
	openssl cms -sign -binary -noattr -nocerts -md sha256 -signer "$keys/${1-policy}.pem" \
		-inkey "$keys/${1-policy}.key" -in unsigned -outform PEM >armor || wrong 'openssl fails'
	cat unsigned armor
}

# opened SECONDS PROGRAM…: a window is open
opened() {
	body "$@" | seal_token >token
	expect 'the window opens' shieldctl window open token
	equal 'state' open "$(field state)"
}

is_closed() {
	[ "$(field state)" = closed ]
}

# no_window REASON [TOKEN]: the token opens none, and the reason is said.
no_window() {
	local said
	said=$(shieldctl window open "${2-token}" 2>&1) && wrong "this must be refused: $1"
	[[ $said == *"$1"* ]] || wrong "the reason must be: $1" "$said"
}

told() {
	log | grep -Eq "$1"
}

# without FILE COMMAND: fails, is denied as an event, and FILE is what it was.
without() {
	local before denied
	before=$(look "$1")
	denied=$(denials)
	! bash -c "$2" without >/dev/null 2>&1 || wrong "this must fail: $2"
	equal "$1 is unchanged after: $2" "$before" "$(look "$1")"
	[ "$(denials)" -gt "$denied" ] || wrong "this must be told as denied: $2"
}

# build VERSION: a package of one file, and a script that makes an account
build() {
	mkdir -p package/DEBIAN package$application
	echo "$1" >package$application/file
	cat >package/DEBIAN/control <<-CONTROL
		Package: shieldtest
		Version: $1
		Architecture: all
		Maintainer: nobody <nobody@localhost>
		Description: made by a test of shield
	CONTROL
	dpkg-deb --root-owner-group -b package "shieldtest-$1.deb" >/dev/null || wrong 'dpkg-deb'
}

readonly set_password="echo 'root:Secret-7' | chpasswd"
readonly edit="editor -s victim <<<\$'a\\nx\\n.\\nw'"

test_programs_of_a_window_group_are_trusted_only_inside() {
	windowed
	without /etc/shadow "$set_password"
	opened 600 accounts
	succeed "$set_password"
	attack /etc/shadow 'echo x >>/etc/shadow'
	expect 'the window closes' shieldctl window close
	equal 'state' closed "$(field state)"
	without /etc/shadow "$set_password"
}

test_opening_closing_and_what_is_done_meanwhile_are_events() {
	local serial
	windowed
	mark_log
	opened 600 accounts
	serial=$(cat serial)
	succeed "$set_password"
	no_window "its serial $serial was used"
	expect 'it is closed' shieldctl window close
	expect 'closing is told' await 3000 told "^shield: window: closed, serial $serial, by hand by shieldctl"
	expect 'opening is told' told \
		"^shield: window: opened, serial $serial, for 600 s: accounts by shieldctl\[[0-9]+\] uid=0; shieldctl explain"
	expect 'the act is told' told \
		'^shield: window: .*remove.* /etc/shadow by chpasswd\[[0-9]+\] uid=0 \(policy line [0-9]+, hook security_inode_rename\)'
	expect 'the refusal is told' told '^shield: window: refused: its serial .* by shieldctl'
	shieldctl report >page
	grep -q "remove /etc/shadow by /usr/sbin/chpasswd, serial $serial" page || wrong 'report' "$(cat page)"
	shieldctl monitor --no-follow --json --verdict window >events
	equal 'events of another kind' 0 "$(grep -vc '"kind": "window"' events)"
	grep -q "\"note\": \"serial $serial\"" events || wrong 'the serial' "$(cat events)"
}

# As configuration management does it: a script that runs the tools.
test_packages_and_scripts_work_inside_and_not_outside() {
	windowed
	build 1
	cat >playbook <<-PLAYBOOK
		#!/bin/sh
		set -e
		dpkg -i $work/shieldtest-1.deb
		useradd -M inwindow
		echo 'inwindow:Secret-7' | chpasswd
	PLAYBOOK
	chmod 755 playbook
	without $application ./playbook
	! id inwindow 2>/dev/null || wrong 'there is an account'
	opened 600 accounts packages
	succeed ./playbook
	equal 'file' 1 "$(cat $application/file)"
	grep -q '^inwindow:[$]' /etc/shadow || wrong 'there is no account with a password'
	attack $application/file "echo x >>$application/file"
	succeed 'userdel inwindow && dpkg -P shieldtest'
}

test_programs_that_the_token_does_not_name_are_not_trusted() {
	windowed
	opened 600 packages
	without /etc/shadow "$set_password"
	attack victim "$work/$edit"
	echo close >$window
	opened 600 /usr/sbin/chpasswd
	succeed "$set_password"
	without /etc/shadow 'useradd -M inwindow'
}

# What a program was executed in counts, and not when it acts.
test_trust_belongs_to_the_window_in_which_a_program_was_executed() {
	windowed
	mkfifo early late
	./editor -s victim <early &>early.log &
	exec 5>early
	opened 600 editors
	printf 'a\nfrom early\n.\nw\n' >&5
	./editor -s victim <late &>late.log &
	exec 6>late
	printf 'a\nfrom late\n.\nw\n' >&6
	expect 'who was executed inside may write' await 5000 grep -q 'from late' victim
	echo close >$window
	opened 600 editors
	printf 'a\nonce more\n.\nw\nq\n' >&6
	exec 5>&- 6>&-
	wait
	grep -q 'ermission denied' early.log || wrong 'who was executed before' "$(cat early.log)"
	! grep -q 'from early' victim || wrong 'who was executed before has written'
	grep -q 'ermission denied' late.log || wrong 'who was executed in the last' "$(cat late.log)"
	! grep -q 'once more' victim || wrong 'who was executed in the last window has written'
}

test_what_was_opened_inside_is_not_written_outside() {
	windowed
	mkfifo source
	opened 600 editors
	./writer -a victim <source &>writer.log &
	exec 5>source
	echo inside >&5
	expect 'inside it writes' await 5000 grep -q inside victim
	echo close >$window
	equal 'holders' 1 "$(status holders)"
	echo outside >&5
	exec 5>&-
	wait
	grep -q 'victim: Permission denied' writer.log || wrong 'what the program said' "$(cat writer.log)"
	! grep -q outside victim || wrong 'outside it writes'
}

test_window_closes_by_itself_and_setting_the_clock_changes_nothing() {
	local left
	windowed
	opened 3600 editors
	date -s '+5 hours' >/dev/null
	left=$(field left)
	[[ $left -gt 3000 && $left -le 3600 ]] || wrong 'time that is left' "$left"
	succeed "$work/$edit"
	date -s '-5 hours' >/dev/null
	echo close >$window
	mark_log
	opened 2 editors
	expect 'it closes' await 30000 is_closed
	date -s '-5 hours' >/dev/null
	attack victim "$work/$edit"
	no_window "its serial $(cat serial) was used"
	date -s '+5 hours' >/dev/null
	expect 'that is told' await 20000 told "window: closed, serial $(cat serial), its time is over"
}

test_token_opens_one_window() {
	windowed
	opened 600 editors
	cp token used
	body 600 accounts | seal_token >token
	no_window 'another window is open'
	attack /etc/shadow 'echo x >>/etc/shadow'
	echo close >$window
	no_window 'was used: a token opens one window' used
	expect 'another one' shieldctl window open token
	echo close >$window
	no_window "is not above that of the last window" used
}

test_token_of_another_machine_or_boot_opens_none() {
	windowed
	body 600 editors | sed 's/^machine .*/machine 0123456789abcdef0123456789abcdef/' |
		seal_token >token
	no_window 'it is for another machine'
	body 600 editors | seal_token >token
	anew
	no_window 'it is for an earlier boot'
	attack victim "$work/$edit"
}

test_token_is_refused_and_policies_are_loaded_where_the_machine_id_is_a_pipe() {
	windowed
	body 600 editors | seal_token >token
	mv /etc/machine-id machine-id
	mkfifo /etc/machine-id
	timeout 40 shieldctl window open token &>said &
	expect 'it is refused' await 10000 grep -q 'it is for another machine' said
	expect 'a policy is loaded meanwhile' timeout 10 shieldctl load "$work/policy"
	wait $!
	mv machine-id /etc/machine-id
	attack victim "$work/$edit"
	expect 'the window opens' shieldctl window open token
}

test_token_that_is_changed_or_signed_otherwise_opens_none() {
	windowed
	body 600 editors | seal_token >good
	sed 's/^seconds 600/seconds 900/' good >token
	no_window 'does not fit the text'
	sed 's/^program editors/program accounts/' good >token
	no_window 'does not fit the text'
	sed 's/^purpose shield-window/purpose shield-policy/; s/^serial/version/' good >token
	no_window 'does not fit the text'
	sed '/^-----BEGIN/,$d' good >token
	no_window 'without its signature'
	body 600 editors | seal_token other >token
	no_window 'another key than the policy key'
	body 600 editors | sed 's/-window/-policy/; s/^serial/version/' | seal_token >token
	no_window "for the purpose 'shield-policy'"
	echo 'shield 1' >token
	no_window 'it is not signed'
	expect 'as it was signed' shieldctl window open good
}

test_token_that_asks_for_what_cannot_be_opens_none() {
	windowed
	body 14401 editors | seal_token >token
	no_window '1 to 14400 seconds'
	body 600 loggers | seal_token >token
	no_window "no program or program group 'loggers' with 'window'"
	body 600 /bin/sh | seal_token >token
	no_window "no program or program group '/bin/sh' with 'window'"
	equal 'state' closed "$(field state)"
}

test_shieldctl_signs_what_the_machine_takes() {
	windowed
	shieldctl window status >place
	expect 'it is signed' shieldctl sign --key $keys/policy.key --cert $keys/policy.pem --window \
		--for place --minutes 240 --serial 900 --program editors -o token
	expect 'the window opens' shieldctl window open - <token
	equal 'serial' 900 "$(field serial)"
	equal 'programs' editors "$(field programs)"
	echo 900 >serial
	shieldctl status | grep -q 'a maintenance window is open for' || wrong 'status'
	! shieldctl sign --key $keys/policy.key --cert $keys/policy.pem --window --for place \
		--minutes 241 --program editors &>said || wrong 'more than four hours are signed'
	! shieldctl load token &>said || wrong 'a token is taken for a policy'
	grep -q "for the purpose 'shield-window'" said || wrong 'the reason' "$(cat said)"
}

test_only_administrators_outside_of_containers_open_and_close() {
	windowed
	opened 600 editors
	! unshare --mount sh -c "echo close >$window" 2>/dev/null || wrong 'in another mount namespace'
	! setpriv --bounding-set -mac_admin --inh-caps -mac_admin sh -c "echo close >$window" 2>/dev/null ||
		wrong 'without the capability'
	equal 'state' open "$(field state)"
	rmmod shield || wrong 'an open window keeps shield from being unloaded'
}

cleanup() {
	unload
	userdel inwindow &>/dev/null
	dpkg --force-all -P shieldtest &>/dev/null
	rm -rf $application
}

run_tests "$0"
